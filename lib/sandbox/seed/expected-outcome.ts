import type { Code } from '../../core/codes.ts';
import type { Money } from '../../core/money.ts';
import { formatMoney, sum } from '../../core/money.ts';
import type { CommitmentStatus } from '../../core/procore-records.ts';
import { lineAmounts } from './amounts.ts';
import type { ProjectKey } from './chart.ts';
import { daysBefore } from './identity.ts';
import type { SeedLine, SeedOrder } from './order.ts';
import { ORDERS } from './orders.ts';
import type { SeedProject } from './projects.ts';
import { hasBillingPeriod, PROJECTS } from './projects.ts';
import { supplierOf } from './suppliers.ts';

/** Amounts are net of tax, decimal text with two places. */
interface ExpectedCommitment {
  /** Procore project number. */
  project: string;
  number: string;
  /** The vendor's name in Procore. */
  vendor: string;
  status: CommitmentStatus;
  /** In the order of the purchase order's lines. */
  lines: { costCode: string; costType: string; amount: string }[];
  total: string;
  hasRequisition: boolean;
}

export interface ExpectedOrder {
  number: string;
  state: 'posted' | 'parked' | 'left-out';
  /** Why it did not go to Procore. */
  code?: Code;
  commitments: ExpectedCommitment[];
}

/** What the contractor's accountant expects of each order, from the budget codes noted beside its lines. */
export function expectedOutcome(today: string): ExpectedOrder[] {
  return ORDERS.map((order) =>
    order.stays
      ? { number: order.number, ...order.stays, commitments: [] }
      : { number: order.number, state: 'posted', commitments: commitmentsOf(order, today) },
  );
}

function commitmentsOf(order: SeedOrder, today: string): ExpectedCommitment[] {
  const byProject = Map.groupBy(order.lines.filter(isJobCost), (line) => projectOf(line.project));
  return [...byProject].map(([project, lines]) => {
    const { name, inProcore } = supplierOf(order.supplier);
    return {
      project: project.number,
      number: byProject.size > 1 ? `${order.number}-${project.number}` : order.number,
      vendor: inProcore?.[0] ?? name,
      status: order.status === 'SUBMITTED' ? 'Submitted' : 'Approved',
      lines: lines.map((line) => bookedLine(line, order)),
      total: formatMoney(sum(lines.map((line) => netOf(line, order)))),
      hasRequisition:
        order.status !== 'SUBMITTED' && hasBillingPeriod(project, daysBefore(today, order.daysAgo), today),
    };
  });
}

function isJobCost(line: SeedLine): line is SeedLine & { budgetCode: string } {
  return line.budgetCode !== undefined;
}

function bookedLine(line: SeedLine & { budgetCode: string }, order: SeedOrder) {
  const [costCode = '', costType = ''] = line.budgetCode.split('.');
  return { costCode, costType, amount: formatMoney(netOf(line, order)) };
}

function netOf(line: SeedLine, order: SeedOrder): Money {
  const amounts = lineAmounts(line, order.amounts);
  if (amounts === undefined) throw new Error(`A remark on ${order.number} has a budget code`);
  return amounts.net;
}

function projectOf(key: ProjectKey | undefined): SeedProject {
  if (key === undefined || key === 'harbor') throw new Error('A booked line has no project in Procore');
  return PROJECTS[key];
}
