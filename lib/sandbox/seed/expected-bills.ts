import type { Money } from '../../core/money.ts';
import { formatMoney, sum } from '../../core/money.ts';
import { lineAmounts } from './amounts.ts';
import { BILLS } from './bills.ts';
import { CREDIT_NOTES } from './credit-notes.ts';
import type { ExpectedOrder } from './expected-outcome.ts';
import { daysBefore, guid } from './identity.ts';
import type { AmountsKind, SeedLine } from './order.ts';
import type { SeedProject } from './projects.ts';
import { hasBillingPeriod, PROJECTS } from './projects.ts';
import { billId } from './xero-invoices.ts';

export interface ExpectedBill {
  /** Its Xero id. */
  id: string;
  reference: string;
  /** Absent where it is for people to say what becomes of it. */
  state?: 'posted' | 'parked' | 'left-out';
  /** Net cost, negative of a credit note, by project and budget code: `1042 03-300.M`. */
  costs: [code: string, net: Money][];
}

/**
 * What the contractor's accountant expects of each bill and credit note: approved bills of orders that stand are
 * posted, where the project has a billing period for them; and wherever one is posted it costs what is noted beside
 * its lines.
 */
export function expectedBills(orders: ExpectedOrder[], today: string): ExpectedBill[] {
  const expected = new Map(orders.map((order) => [order.number, order]));
  const bills = BILLS.map((bill): ExpectedBill => {
    const of = bill.orders.map((number) => expected.get(number)!);
    const state =
      bill.status === 'AUTHORISED' ? stateBy(of, daysBefore(today, bill.daysAgo), today) : 'left-out';
    const costs = costsOf(bill.lines, bill.amounts);
    return { id: billId(bill.key), reference: bill.reference, ...(state && { state }), costs };
  });
  const notes = CREDIT_NOTES.map(({ number, status, lines, amounts }): ExpectedBill => {
    const costs = costsOf(lines, amounts).map(([code, net]): [string, Money] => [code, net.neg()]);
    const draft = status === 'DRAFT' && { state: 'left-out' as const };
    return { id: guid('credit-note', number), reference: number, ...draft, costs };
  });
  return [...bills, ...notes];
}

function stateBy(orders: ExpectedOrder[], date: string, today: string): ExpectedBill['state'] {
  if (orders.length === 0) return undefined;
  const stays = orders.find(({ state }) => state !== 'posted');
  if (stays) return stays.state;
  const commitments = orders.flatMap((order) => order.commitments);
  if (commitments.some(({ status }) => status !== 'Approved')) return 'parked';
  const projects = commitments.map(({ project }) => projectNumbered(project));
  return projects.every((project) => hasBillingPeriod(project, date, today)) ? 'posted' : 'parked';
}

function projectNumbered(number: string): SeedProject {
  return Object.values(PROJECTS).find((project) => project.number === number)!;
}

function costsOf(lines: SeedLine[], amounts: AmountsKind): [string, Money][] {
  return lines.flatMap((line): [string, Money][] => {
    const { project, budgetCode } = line;
    if (budgetCode === undefined || project === undefined || project === 'harbor') return [];
    return [[`${PROJECTS[project].number} ${budgetCode}`, lineAmounts(line, amounts)!.net]];
  });
}

/** Sums by code, as decimal text, without those that come to nothing. */
export function costsByCode(costs: [code: string, net: Money][]): Map<string, string> {
  const byCode = Map.groupBy(costs, ([code]) => code);
  return new Map(
    [...byCode]
      .map(([code, of]) => [code, sum(of.map(([, net]) => net))] as const)
      .filter(([, net]) => !net.eq(0))
      .map(([code, net]) => [code, formatMoney(net)]),
  );
}
