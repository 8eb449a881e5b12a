import type { CostCodeRule, RuleTarget } from '../../core/rules/rule.ts';
import { describeRule } from '../../core/rules/rule.ts';
import { findTies } from '../../core/rules/rule-ties.ts';
import type { Cells, CsvRow, Problems } from './csv-table.ts';
import { collectProblems, readCsv, writeCsv } from './csv-table.ts';

/** A rule as it is stored: what the planner reads, and what its author noted. */
export interface NotedRule extends CostCodeRule {
  note?: string;
}

const COLUMNS = [
  'account',
  'item',
  'tracking',
  'project',
  'cost_code',
  'cost_type',
  'wbs_code',
  'leave_out',
  'note',
] as const;

type Column = (typeof COLUMNS)[number];

/** What people write who mean that nothing is left out. Anything else leaves the line out, for that reason. */
const NOT_LEFT_OUT = new Set(['', 'no', 'n', 'false', '0']);

/** Reads a whole table of rules. Throws BadInput('csv-invalid') naming row and column of what is wrong. */
export function parseRules(content: string | Uint8Array): NotedRule[] {
  const problems = collectProblems();
  const read = readCsv(content, COLUMNS, problems).flatMap((row) => {
    const rule = readRule(row, problems);
    return rule ? [{ row: row.row, rule }] : [];
  });
  refuseDuplicates(read, problems);
  // Only a table that is sound row by row can be judged as a whole.
  problems.throwIfAny();
  for (const { first, second } of findTies(read.map(({ rule }) => rule))) {
    const rival = `row ${read[first]!.row} (${describeRule(read[first]!.rule)})`;
    problems.add(
      read[second]!.row,
      'account',
      `could match the same line as ${rival} with another target; make one of them more specific`,
    );
  }
  problems.throwIfAny();
  return read.map(({ rule }) => rule);
}

export function formatRules(rules: NotedRule[]): string {
  return writeCsv(
    COLUMNS,
    rules.map(({ account = '', item = '', tracking, project = '', target, note = '' }) => ({
      account,
      item,
      tracking: tracking ? `${tracking.category}=${tracking.option}` : '',
      project,
      cost_code: 'costCode' in target ? target.costCode : '',
      cost_type: 'costCode' in target ? target.costType : '',
      wbs_code: 'wbsCode' in target ? target.wbsCode : '',
      leave_out: 'leaveOut' in target ? target.leaveOut : '',
      note,
    })),
  );
}

function readRule({ row, cells }: CsvRow<Column>, problems: Problems): NotedRule | undefined {
  const { account, item, project, note } = cells;
  if (!isAny(account) && account.includes('*')) {
    problems.add(row, 'account', 'an account is named in full; * alone means any');
  }
  if (!isAny(item) && item.slice(0, -1).includes('*')) {
    problems.add(row, 'item', '* may only stand at the end');
  }
  const tracking = readTracking({ row, cells }, problems);
  const target = readTarget({ row, cells }, problems);
  if (!target) return undefined;
  return {
    ...(!isAny(account) && { account }),
    ...(!isAny(item) && { item }),
    ...(tracking && { tracking }),
    ...(!isAny(project) && { project }),
    target,
    ...(note !== '' && { note }),
  };
}

function readTracking(
  { row, cells }: CsvRow<Column>,
  problems: Problems,
): CostCodeRule['tracking'] | undefined {
  if (isAny(cells.tracking)) return undefined;
  const [category = '', ...rest] = cells.tracking.split('=');
  const option = rest.join('=').trim();
  if (category.trim() === '' || option === '') problems.add(row, 'tracking', 'must be Category=Option');
  return { category: category.trim(), option };
}

function readTarget({ row, cells }: CsvRow<Column>, problems: Problems): RuleTarget | undefined {
  const { cost_code: costCode, cost_type: costType, wbs_code: wbsCode, leave_out: leaveOut } = cells;
  const leavesOut = !NOT_LEFT_OUT.has(leaveOut.toLowerCase());
  const given = [
    ...(costCode !== '' || costType !== '' ? ['cost_code' as const] : []),
    ...(wbsCode !== '' ? ['wbs_code' as const] : []),
    ...(leavesOut ? ['leave_out' as const] : []),
  ];
  if (given.length === 0) {
    problems.add(
      row,
      'cost_code',
      'name a cost_code with its cost_type, or a wbs_code, or a reason to leave_out',
    );
    return undefined;
  }
  if (given.length > 1) {
    problems.add(row, given[1]!, `a row has one target, and this one has ${given.join(' and ')}`);
    return undefined;
  }
  if (leavesOut) return { leaveOut };
  if (wbsCode !== '') return { wbsCode };
  if (costCode === '') problems.add(row, 'cost_code', 'is missing beside the cost_type');
  if (costType === '') problems.add(row, 'cost_type', 'is missing beside the cost_code');
  return { costCode, costType };
}

function refuseDuplicates(read: { row: number; rule: NotedRule }[], problems: Problems): void {
  const seen = new Map<string, number>();
  for (const { row, rule } of read) {
    const key = keyOf(rule);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, row);
    else problems.add(row, 'account', `row ${first} is about the same (${describeRule(rule)})`);
  }
}

/** Tracking and projects are compared without case when lines are matched, accounts and items with it. */
function keyOf({ account, item, tracking, project }: CostCodeRule): string {
  const choice = tracking && [tracking.category.toLowerCase(), tracking.option.toLowerCase()];
  return JSON.stringify([account, item, choice, project?.toLowerCase()].map((key) => key ?? null));
}

function isAny(cell: Cells<Column>[Column]): boolean {
  return cell === '' || cell === '*';
}
