import { BadInput } from '../../core/errors.ts';
import type { TableRow } from '../../core/rules/identify.ts';
import { identify, rememberIds, withCurrentTexts } from '../../core/rules/identify.ts';
import type { CostCodeRule, NotedRule, ProjectRule } from '../../core/rules/rule.ts';
import { describeRule } from '../../core/rules/rule.ts';
import { tiesWith } from '../../core/rules/rule-ties.ts';
import { rowKey } from '../../core/rules/table-diff.ts';
import type { Deployment } from '../deployment.ts';
import {
  connectionOf,
  inForce,
  inOneWord,
  readRows,
  recognise,
  refuseUnlessSound,
  values,
} from './import-table.ts';
import type { Known } from './known.ts';
import { askForNames } from './known.ts';
import { PROJECTS } from './project-csv.ts';
import type { Author, Imported } from './replace-table.ts';
import { replaceTable } from './replace-table.ts';
import { RULES } from './rule-csv.ts';
import type { Sheet } from './sheet.ts';

/** So many others may change the table while rows are being added to it. */
const ATTEMPTS = 10;

/**
 * Adds one rule to those in force, or replaces the one with the same keys. Throws BadInput('csv-invalid') where the
 * rule is not complete, and BadInput('rules-tie') where it would tie with another.
 */
export function addRule(
  connectionId: string,
  rule: NotedRule,
  author: Author,
  deployment: Deployment,
): Promise<Imported> {
  return addRows(RULES, connectionId, RULES.format([rule]), author, deployment);
}

/** Says which project a tracking option is, whatever it was before. Throws BadInput('csv-invalid'). */
export function addProject(
  connectionId: string,
  row: ProjectRule,
  author: Author,
  deployment: Deployment,
): Promise<Imported> {
  return addRows(PROJECTS, connectionId, PROJECTS.format([row]), author, deployment);
}

/** Adds the rows of a CSV to those in force; one with the same keys takes the place of the former. Throws as the above. */
export async function addRows<Row extends TableRow>(
  sheet: Sheet<Row>,
  connectionId: string,
  csv: string | Uint8Array,
  author: Author,
  deployment: Deployment,
): Promise<Imported> {
  const read = readRows(sheet, csv);
  const connection = await connectionOf(connectionId, deployment);
  const { rows: standing } = await inForce(sheet, connectionId, deployment);
  const known = await askForNames([...standing, ...values(read)], connection, deployment);
  for (let attempt = 1; ; attempt++) {
    const before = await inForce(sheet, connectionId, deployment);
    const { rows: found, warnings } = recognise(sheet, read, before.rows, known);
    refuseUnlessSound(sheet, found, known);
    const rows = merge(upToDate(before.rows, known), values(found), known);
    refuseTies(rows, values(found), known);
    try {
      const replaced = await replaceTable(connectionId, sheet.table, before, rows, author, deployment);
      return { ...replaced, warnings };
    } catch (error) {
      const overtaken = error instanceof BadInput && error.code === 'import-overtaken';
      if (!overtaken || attempt === ATTEMPTS) throw error;
    }
  }
}

/** What was renamed by its current name, and with the ids that could not be looked up when it was imported. */
function upToDate<Row extends TableRow>(rows: Row[], { directory }: Known): Row[] {
  const remembered = rememberIds(rows);
  return rows.map((row) =>
    row.ids ? withCurrentTexts(row, directory) : identify(row, directory, remembered).row,
  );
}

function merge<Row extends TableRow>(rows: Row[], added: Row[], known: Known): Row[] {
  const keyOf = (row: Row) => rowKey(inOneWord(row, known));
  const byKey = new Map(added.map((row) => [keyOf(row), row]));
  const merged = rows.map((row) => {
    const instead = byKey.get(keyOf(row));
    byKey.delete(keyOf(row));
    return instead ?? row;
  });
  return [...merged, ...byKey.values()];
}

function refuseTies(rows: TableRow[], added: TableRow[], known: Known): void {
  const rules = rows.filter((row) => 'target' in row).map((row): CostCodeRule => inOneWord(row, known));
  for (const rule of added.filter((row) => 'target' in row)) {
    const rival = tiesWith(inOneWord(rule, known), rules);
    if (rival)
      throw new BadInput('rules-tie', { facts: { rules: [describeRule(rule), describeRule(rival)] } });
  }
}
