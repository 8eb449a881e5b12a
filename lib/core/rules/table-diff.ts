import { canonical } from '../canonical.ts';
import type { TableRow } from './identify.ts';
import { textsOf } from './identify.ts';
import type { RuleTarget } from './rule.ts';
import { describeRule, optionText } from './rule.ts';

/** How a row differs between two versions of a table, in words. */
export type RowChange =
  | { what: 'added'; after: string }
  | { what: 'removed'; before: string }
  | { what: 'changed'; before: string; after: string };

export type ChangeCounts = Record<RowChange['what'], number>;

/** What became of every row that is not as it was: in the order of the new table, removed ones at the end. */
export function compareTables(before: TableRow[], after: TableRow[]): RowChange[] {
  const left = new Set(before);
  const byText = new Map(before.map((row) => [rowKey(row), row]));
  const byId = new Map(before.flatMap((row) => pairsById(row)));
  const partner = (row: TableRow): TableRow | undefined => {
    const found = [byText.get(rowKey(row)), ...pairsById(row).map(([key]) => byId.get(key))];
    return found.find((it) => it !== undefined && left.has(it));
  };
  const changes: RowChange[] = [];
  for (const row of after) {
    const old = partner(row);
    if (!old) {
      changes.push({ what: 'added', after: describeRow(row) });
      continue;
    }
    left.delete(old);
    if (isAlike(old, row)) continue;
    const [was, is] = [describeRow(old), describeRow(row)];
    const other = was === is ? `${is}, another record of the same name` : is;
    changes.push({ what: 'changed', before: was, after: other });
  }
  return [...changes, ...[...left].map((row) => ({ what: 'removed' as const, before: describeRow(row) }))];
}

export function countChanges(changes: RowChange[]): ChangeCounts {
  const counts = { added: 0, removed: 0, changed: 0 };
  for (const { what } of changes) counts[what] += 1;
  return counts;
}

/** `3 added, 1 changed` */
export function changesInWords({ added, removed, changed }: ChangeCounts): string {
  const counts = Object.entries({ added, removed, changed }).filter(([, count]) => count > 0);
  return counts.map(([what, count]) => `${count} ${what}`).join(', ') || 'nothing changed';
}

/**
 * What no two rows of a table may have in common. Tracking and projects are compared without case when lines are
 * matched, accounts and items with it.
 */
export function rowKey(row: TableRow): string {
  const texts = new Map(textsOf(row));
  // A row of the projects table is about its option alone.
  if (!('target' in row)) texts.delete('project');
  const plain = [...texts].map(([kind, text]) => [
    kind,
    kind === 'account' || kind === 'item' ? text : text.toLowerCase(),
  ]);
  return JSON.stringify(plain);
}

/** `5000 / TIM-* / * / 1047 → 06-110 M (Lumber)`, `Project=Oak Street → 1047` */
export function describeRow(row: TableRow): string {
  if (!('target' in row)) return `${optionText(row)} → ${row.project}`;
  const note = row.note === undefined ? '' : ` (${row.note})`;
  return `${describeRule(row)} → ${describeTarget(row.target)}${note}`;
}

export function describeTarget(target: RuleTarget): string {
  if ('leaveOut' in target) return `left out: ${target.leaveOut}`;
  return 'wbsCode' in target ? target.wbsCode : `${target.costCode} ${target.costType}`;
}

/** The row's keys by id, where it knows that of each. */
function pairsById(row: TableRow): [string, TableRow][] {
  const { ids } = row;
  if (!ids) return [];
  const keys = textsOf(row)
    .filter(([kind]) => 'target' in row || kind !== 'project')
    .map(([kind, text]) => [kind, ids[kind as 'option'] ?? text]);
  return [[JSON.stringify(keys), row]];
}

/** Ids that were found or lost since make no difference; one that is another does. */
function isAlike({ ids: idsA = {}, ...a }: TableRow, { ids: idsB = {}, ...b }: TableRow): boolean {
  if (canonical(a) !== canonical(b)) return false;
  const kinds = Object.keys(idsA) as 'option'[];
  return kinds.every((kind) => idsB[kind] === undefined || idsA[kind] === idsB[kind]);
}
