import { BadInput } from '../../core/errors.ts';
import type { TableRow } from '../../core/rules/identify.ts';
import type { RowChange } from '../../core/rules/table-diff.ts';
import { compareTables } from '../../core/rules/table-diff.ts';
import type { RuleTable, TableVersion } from '../../store/tables.ts';
import type { Deployment } from '../deployment.ts';
import type { Author, Imported } from './replace-table.ts';
import { replaceTable } from './replace-table.ts';

/** The versions of a table whose rows are still there, the latest first. */
export function historyOfTable(
  connectionId: string,
  table: RuleTable,
  { tables }: Deployment,
): Promise<TableVersion[]> {
  return tables.versions(connectionId, table);
}

/** How a version differs from the one before. Throws BadInput('table-version-unknown'). */
export async function changesOfVersion(
  connectionId: string,
  table: RuleTable,
  version: number,
  deployment: Deployment,
): Promise<RowChange[]> {
  const rows = await rowsOf(connectionId, table, version, deployment);
  return compareTables(await rowsOf(connectionId, table, version - 1, deployment), rows);
}

/**
 * Puts the rows of an earlier version in force again, as a new version; without one, those before the last change, so
 * that a second undo takes back the first. Throws BadInput('table-version-unknown'), BadInput('import-overtaken').
 */
export async function undo(
  connectionId: string,
  table: RuleTable,
  wanted: number | undefined,
  { by }: Author,
  deployment: Deployment,
): Promise<Imported> {
  const before = await deployment.tables.read(connectionId, table);
  const version = wanted ?? before.version - 1;
  const rows = await rowsOf(connectionId, table, version, deployment);
  const author = { ...(by !== undefined && { by }), how: `undo to ${version}` };
  const current = { version: before.version, rows: before.rows as TableRow[] };
  const replaced = await replaceTable(connectionId, table, current, rows, author, deployment);
  return { ...replaced, warnings: [] };
}

/** Before the first version there were no rows. */
async function rowsOf(
  connectionId: string,
  table: RuleTable,
  version: number,
  { tables }: Deployment,
): Promise<TableRow[]> {
  const rows = version === 0 ? [] : await tables.rowsOf(connectionId, table, version);
  if (!rows) throw new BadInput('table-version-unknown', { facts: { table, version } });
  return rows as TableRow[];
}
