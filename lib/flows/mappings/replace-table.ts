import { BadInput } from '../../core/errors.ts';
import type { DocumentRecord } from '../../core/links.ts';
import type { RuleTable } from '../../store/tables.ts';
import { WriteConflict } from '../../store/write-conflict.ts';
import type { Deployment } from '../deployment.ts';
import { requeue } from '../requeue.ts';

export interface Imported {
  rows: number;
  /** Counts the imports of this table. */
  version: number;
  /** How many documents were queued again because the new rows may let them through. */
  requeued: number;
}

/**
 * Puts new rows in the place of a connection's table and queues again what waits for them. Throws
 * BadInput('import-overtaken') where somebody else imported at the same moment.
 */
export async function replaceTable(
  connectionId: string,
  table: RuleTable,
  rows: unknown[],
  deployment: Deployment,
): Promise<Imported> {
  const version = await replace(connectionId, table, rows, deployment);
  return { rows: rows.length, version, requeued: await requeue(connectionId, deployment, mayGoOn) };
}

async function replace(
  connectionId: string,
  table: RuleTable,
  rows: unknown[],
  { tables }: Deployment,
): Promise<number> {
  try {
    return await tables.replace(connectionId, table, rows);
  } catch (error) {
    if (!(error instanceof WriteConflict)) throw error;
    throw new BadInput('import-overtaken', { facts: { table }, cause: error });
  }
}

/** Everything parked, whatever for: one look more costs little, and causes hide behind each other. */
function mayGoOn({ state, code }: DocumentRecord): boolean {
  return state === 'parked' || code === 'left-out-by-rule';
}
