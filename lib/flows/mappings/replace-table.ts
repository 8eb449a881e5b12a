import { BadInput } from '../../core/errors.ts';
import type { DocumentRecord } from '../../core/links.ts';
import type { TableRow } from '../../core/rules/identify.ts';
import type { ChangeCounts } from '../../core/rules/table-diff.ts';
import { changesInWords, compareTables, countChanges } from '../../core/rules/table-diff.ts';
import type { RuleTable, VersionNote } from '../../store/tables.ts';
import { WriteConflict } from '../../store/write-conflict.ts';
import { tellOfConnection } from '../connections/connection-trail.ts';
import type { Deployment } from '../deployment.ts';
import { requeue } from '../requeue.ts';
import type { Warning } from './warnings.ts';

/** Who changes a table, for its history and the trail. */
export interface Author {
  /** `maria at the command line` */
  by?: string;
  /** `import`, `undo to 3`, `resolve PO-1204`. */
  how?: string;
}

export interface Imported {
  rows: number;
  /** Counts the versions of this table. */
  version: number;
  /** Against the version before. */
  changes: ChangeCounts;
  warnings: Warning[];
  /** How many documents were queued again because the new rows may let them through. */
  requeued: number;
}

/** A version of a table with its rows. */
export interface InForce<Row extends TableRow = TableRow> {
  version: number;
  rows: Row[];
}

/**
 * Puts new rows in the place of those that were read, tells it in the connection's trail and queues again what waits
 * for them. Throws BadInput('import-overtaken') where somebody else changed the table since.
 */
export async function replaceTable(
  connectionId: string,
  table: RuleTable,
  before: InForce,
  rows: TableRow[],
  { by = 'command line', how = 'import' }: Author,
  deployment: Deployment,
): Promise<Omit<Imported, 'warnings'>> {
  const changes = countChanges(compareTables(before.rows, rows));
  const note = { by, how, rows: rows.length, ...changes };
  const version = await turn(connectionId, table, rows, { over: before.version, note }, deployment);
  await tellOfConnection(deployment, connectionId, 'mappings-changed', {
    table,
    version,
    by,
    how,
    rows: rows.length,
    changes: changesInWords(changes),
  });
  return { rows: rows.length, version, changes, requeued: await requeue(connectionId, deployment, mayGoOn) };
}

async function turn(
  connectionId: string,
  table: RuleTable,
  rows: TableRow[],
  options: { over: number; note: VersionNote },
  { tables }: Deployment,
): Promise<number> {
  try {
    return await tables.replace(connectionId, table, rows, options);
  } catch (error) {
    if (!(error instanceof WriteConflict)) throw error;
    throw new BadInput('import-overtaken', { facts: { table }, cause: error });
  }
}

/** Everything parked, whatever for: one look more costs little, and causes hide behind each other. */
function mayGoOn({ state, code }: DocumentRecord): boolean {
  return state === 'parked' || code === 'left-out-by-rule';
}
