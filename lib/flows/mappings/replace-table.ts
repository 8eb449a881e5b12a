import type { DocumentChange } from '../../aws/queue.ts';
import { BadInput } from '../../core/errors.ts';
import type { DocumentRecord } from '../../core/links.ts';
import type { RuleTable } from '../../store/tables.ts';
import { WriteConflict } from '../../store/write-conflict.ts';
import type { Deployment } from '../deployment.ts';

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
  return { rows: rows.length, version, requeued: await requeue(connectionId, deployment) };
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
async function requeue(connectionId: string, { clock, documents, queue }: Deployment): Promise<number> {
  const parked = await documents.list(connectionId, { state: 'parked' });
  const leftOut = await documents.list(connectionId, { state: 'left-out' });
  const receivedAt = clock.now().toISOString();
  const changes = [...parked, ...leftOut.filter(({ code }) => code === 'left-out-by-rule')].flatMap(
    (record) => changeOf(record, receivedAt),
  );
  if (changes.length > 0) await queue.send(changes);
  return changes.length;
}

function changeOf({ connectionId, kind, id, version }: DocumentRecord, receivedAt: string): DocumentChange[] {
  if (kind === 'message') return [];
  return [{ connectionId, kind, id, ...(version !== '' && { version }), reason: 'retry', receivedAt }];
}
