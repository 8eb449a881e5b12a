import type { Connection } from '../../core/connection.ts';
import { Stop } from '../../core/errors.ts';
import type { TableRow } from '../../core/rules/identify.ts';
import { identify, rememberIds, withCurrentTexts } from '../../core/rules/identify.ts';
import type { Deployment } from '../deployment.ts';
import { collectProblems } from './csv-table.ts';
import type { Known } from './known.ts';
import { askForNames } from './known.ts';
import type { Author, Imported, InForce } from './replace-table.ts';
import { replaceTable } from './replace-table.ts';
import type { Numbered, Sheet } from './sheet.ts';
import type { Warning } from './warnings.ts';
import { warningOf, withoutVendor } from './warnings.ts';

/**
 * Replaces a table of a connection by that of a CSV, whole or not at all. What the rows name is looked up at the
 * vendors; what nobody knows is a warning, since a job may be set up in the table before it exists. Throws
 * BadInput('csv-invalid') naming rows and columns, BadInput('import-overtaken'), Stop('connection-unknown').
 */
export async function importTable<Row extends TableRow>(
  sheet: Sheet<Row>,
  connectionId: string,
  csv: string | Uint8Array,
  author: Author,
  deployment: Deployment,
): Promise<Imported> {
  const read = readRows(sheet, csv);
  const connection = await connectionOf(connectionId, deployment);
  const before = await inForce(sheet, connectionId, deployment);
  const known = await askForNames(values(read), connection, deployment);
  const { rows, warnings } = recognise(sheet, read, before.rows, known);
  refuseUnlessSound(sheet, rows, known);
  const replaced = await replaceTable(connectionId, sheet.table, before, values(rows), author, deployment);
  return { ...replaced, warnings };
}

/** The rows of a CSV. Throws BadInput('csv-invalid') naming row and column of what is wrong with single ones. */
export function readRows<Row extends TableRow>(sheet: Sheet<Row>, csv: string | Uint8Array): Numbered<Row>[] {
  const problems = collectProblems();
  const rows = sheet.parse(csv, problems);
  // Only a table that is sound row by row can be judged as a whole.
  problems.throwIfAny();
  return rows;
}

/** The rows with the ids of what they name, and warnings about texts that nobody knows. */
export function recognise<Row extends TableRow>(
  sheet: Sheet<Row>,
  read: Numbered<Row>[],
  before: Row[],
  { directory, unasked }: Known,
): { rows: Numbered<Row>[]; warnings: Warning[] } {
  const remembered = rememberIds(before);
  const warnings = withoutVendor(unasked, 'What the rows name was taken at its word.');
  const rows = read.map(({ row, value }) => {
    const found = identify(value, directory, remembered);
    for (const doubt of found.doubts) {
      warnings.push(warningOf(doubt, row, sheet.column[doubt.kind], directory));
    }
    return { row, value: found.row };
  });
  return { rows, warnings };
}

/** Two texts may name one project: whatever goes by id is judged by id. Throws BadInput('csv-invalid'). */
export function refuseUnlessSound<Row extends TableRow>(
  sheet: Sheet<Row>,
  rows: Numbered<Row>[],
  known: Known,
): void {
  const problems = collectProblems();
  sheet.judge(
    rows.map(({ row, value }) => ({ row, value: inOneWord(value, known) })),
    problems,
  );
  problems.throwIfAny();
}

/** The row as every other would be written that names the same. */
export function inOneWord<Row extends TableRow>(row: Row, { directory }: Known): Row {
  const current = withCurrentTexts(row, directory);
  return row.ids?.project === undefined ? current : { ...current, project: row.ids.project };
}

/** Throws Stop('connection-unknown'). */
export async function connectionOf(id: string, { connections }: Deployment): Promise<Connection> {
  const connection = await connections.get(id);
  if (!connection) throw new Stop('connection-unknown', { facts: { connection: id } });
  return connection;
}

export async function inForce<Row extends TableRow>(
  { table }: Sheet<Row>,
  connectionId: string,
  { tables }: Deployment,
): Promise<InForce<Row>> {
  return (await tables.read(connectionId, table)) as InForce<Row>;
}

export function values<Row>(rows: Numbered<Row>[]): Row[] {
  return rows.map(({ value }) => value);
}
