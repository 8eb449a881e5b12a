import type { CostCodeRule, NotedRule, RuleTarget } from '../../core/rules/rule.ts';
import { describeRule, optionText } from '../../core/rules/rule.ts';
import { findTies } from '../../core/rules/rule-ties.ts';
import { rowKey } from '../../core/rules/table-diff.ts';
import type { Cells, CsvRow, Problems } from './csv-table.ts';
import { readCsv, writeCsv } from './csv-table.ts';
import type { Numbered, Sheet } from './sheet.ts';

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

/** More ties than these nobody reads, and a table may have millions. */
const TIES = 100;

/** Which cost code a line goes to. */
export const RULES: Sheet<NotedRule> = {
  table: 'cost-codes',
  parse: (csv, problems) =>
    readCsv(csv, COLUMNS, problems).flatMap((read) => {
      const value = readRule(read, problems);
      return value ? [{ row: read.row, value }] : [];
    }),
  judge(rows, problems) {
    if (refuseDuplicates(rows, problems)) return;
    const rules = rows.map(({ value }) => value);
    for (const { first, second } of findTies(rules, TIES)) {
      const rival = `row ${rows[first]!.row} (${describeRule(rules[first]!)})`;
      problems.add(
        rows[second]!.row,
        'account',
        `could match the same line as ${rival} with another target; make one of them more specific`,
      );
    }
  },
  format: (rules) =>
    writeCsv(
      COLUMNS,
      rules.map(({ account = '', item = '', tracking, project = '', target, note = '' }) => ({
        account,
        item,
        tracking: tracking ? optionText(tracking) : '',
        project,
        cost_code: 'costCode' in target ? target.costCode : '',
        cost_type: 'costCode' in target ? target.costType : '',
        wbs_code: 'wbsCode' in target ? target.wbsCode : '',
        leave_out: 'leaveOut' in target ? target.leaveOut : '',
        note,
      })),
    ),
  column: { account: 'account', item: 'item', option: 'tracking', project: 'project' },
};

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

function refuseDuplicates(rows: Numbered<NotedRule>[], problems: Problems): boolean {
  const seen = new Map<string, number>();
  let found = false;
  for (const { row, value } of rows) {
    const first = seen.get(rowKey(value));
    if (first === undefined) seen.set(rowKey(value), row);
    else problems.add(row, 'account', `row ${first} is about the same (${describeRule(value)})`);
    found ||= first !== undefined;
  }
  return found;
}

function isAny(cell: Cells<Column>[Column]): boolean {
  return cell === '' || cell === '*';
}
