import type { Money } from '../../core/money.ts';
import { money, sum, ZERO } from '../../core/money.ts';
import type { ContractStatus } from './contract-fields.ts';
import { standing } from './contract-rules.ts';
import type { Project } from './records.ts';

const COMMITTED: ContractStatus[] = ['Approved', 'Partially Received'];
const PENDING: ContractStatus[] = ['Processing', 'Received', 'Submitted'];

/** Titles of the columns of Procore's standard budget view, with how each comes about on a set of WBS codes. */
export const STANDARD_COLUMNS = [
  'Original Budget Amount',
  'Budget Modifications',
  'Approved COs',
  'Revised Budget',
  'Pending Budget Changes',
  'Projected Budget',
  'Committed Costs',
  'Direct Costs',
  'Job to Date Costs',
  'Pending Cost Changes',
  'Projected Costs',
  'Forecast To Complete',
  'Estimated Cost at Completion',
  'Projected Over/Under',
] as const;

export type Figures = Record<(typeof STANDARD_COLUMNS)[number], Money>;

/** The standard view's figures of some WBS codes together (Procore Support: Procore Standard Budget view). */
export function budgetFigures(project: Project, wbsCodeIds: Set<number>): Figures {
  const lines = project.budgetLines.filter((line) => wbsCodeIds.has(line.wbsCodeId));
  const original = sum(lines.map((line) => money(line.original)));
  const modifications = sum(lines.map((line) => money(line.modifications)));
  const revised = original.plus(modifications);
  const committed = contractCosts(project, wbsCodeIds, COMMITTED);
  const pending = contractCosts(project, wbsCodeIds, PENDING);
  const direct = directCosts(project, wbsCodeIds);
  const projected = committed.plus(direct).plus(pending);
  const left = revised.minus(projected);
  const forecast = left.gt(0) ? left : ZERO;
  return {
    'Original Budget Amount': original,
    'Budget Modifications': modifications,
    'Approved COs': ZERO,
    'Revised Budget': revised,
    'Pending Budget Changes': ZERO,
    'Projected Budget': revised,
    'Committed Costs': committed,
    'Direct Costs': direct,
    'Job to Date Costs': invoiced(project, wbsCodeIds).plus(direct),
    'Pending Cost Changes': pending,
    'Projected Costs': projected,
    'Forecast To Complete': forecast,
    'Estimated Cost at Completion': projected.plus(forecast),
    'Projected Over/Under': revised.minus(projected.plus(forecast)),
  };
}

/** WBS codes that money is planned for or booked on. */
export function usedWbsCodes(project: Project): Set<number> {
  const contractLines = standing(project).flatMap((contract) => contract.lines);
  const directLines = [...project.directCosts.values()].flatMap((cost) => cost.lines);
  const booked = [...contractLines, ...directLines].map((line) => line.wbs_code_id);
  return new Set([...project.budgetLines.map((line) => line.wbsCodeId), ...booked]);
}

function contractCosts(project: Project, wbsCodeIds: Set<number>, statuses: ContractStatus[]): Money {
  const lines = standing(project)
    .filter((contract) => statuses.includes(contract.status))
    .flatMap((contract) => contract.lines);
  return sum(lines.filter((line) => wbsCodeIds.has(line.wbs_code_id)).map((line) => money(line.amount)));
}

function directCosts(project: Project, wbsCodeIds: Set<number>): Money {
  const lines = [...project.directCosts.values()]
    .filter((cost) => cost.status === 'approved')
    .flatMap((cost) => cost.lines);
  return sum(lines.filter((line) => wbsCodeIds.has(line.wbs_code_id)).map((line) => money(line.amount)));
}

/** Work of approved invoices: other statuses do not reach the job's costs. */
function invoiced(project: Project, wbsCodeIds: Set<number>): Money {
  const codeOfLine = new Map(
    standing(project).flatMap((contract) => contract.lines.map((line) => [line.id, line.wbs_code_id])),
  );
  const items = [...project.requisitions.values()]
    .filter((requisition) => requisition.status === 'approved')
    .flatMap((requisition) => requisition.items)
    .filter((item) => wbsCodeIds.has(codeOfLine.get(item.line_item_id) ?? 0));
  return sum(items.map((item) => money(item.work_completed_this_period)));
}
