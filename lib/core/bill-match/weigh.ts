import type { Money } from '../money.ts';
import { sum, ZERO } from '../money.ts';
import type { Evidence } from './evidence.ts';
import { likeOrder } from './like-lines.ts';
import type { BookOrder } from './order-book.ts';
import type { ReadBill } from './read-bill.ts';
import { dayOf } from './read-bill.ts';
import { exactAmounts, sizeOfAmounts } from './weigh-amounts.ts';

/** What speaks for a bill being for all of these orders together. */
export interface Judgement {
  orders: BookOrder[];
  /** What was bought and for how much, whatever the number, dates and status say. */
  likeness: number;
  score: number;
  /** What the numbers say of it. */
  claimed: number;
  /** Whether the amounts are to the cent what the orders let expect. */
  exact: boolean;
  reasons: string[];
}

/** What was billed on an order before, net, by its id. */
export type Billed = ReadonlyMap<string, Money>;

export function weigh(bill: ReadBill, orders: BookOrder[], mention: Evidence[], billed: Billed): Judgement {
  const lines = orders.flatMap((order) => order.lines);
  const before = bill.credit ? ZERO : sum(orders.map(({ order }) => billed.get(order.id) ?? ZERO));
  const left = sum(orders.map(({ net }) => net)).minus(before);
  const exact = exactAmounts(bill, lines, left);
  const like = [likeGoods(bill, orders), ...(exact ? [exact] : [])];
  const rest = orders.flatMap(({ order }) => [
    weighStatus(order.status),
    weighDate(bill.day, dayOf(order.date)),
  ]);
  if (bill.credit) rest.push(CREDIT);
  if (before.gt(0) && left.lte(0)) rest.push(BILLED_BEFORE);
  if (orders.some(({ order }) => order.currency !== bill.currency)) rest.push(OTHER_CURRENCY);
  const size = exact ? [] : [sizeOfAmounts(bill, left)];
  const evidence = [...mention, ...like, ...size, ...rest];
  return {
    orders,
    likeness:
      total(like) + Math.min(0, ...size.filter(({ points }) => points === -1).map(({ points }) => points)),
    score: total(evidence),
    claimed: total(mention),
    exact: exact !== undefined,
    reasons: evidence.filter(({ points, says }) => points !== 0 && says).map(({ says }) => says),
  };
}

/** Whether a bill can be for an order at all, by currency, status and date. */
export function isEligible({ order }: BookOrder, { currency, day }: ReadBill): boolean {
  return (
    order.currency === currency &&
    weighStatus(order.status).points > STATUS.DRAFT!.points &&
    weighDate(day, dayOf(order.date)).points > DAYS[0]![1].points
  );
}

/** For each line of what was bought, how much it is like the order that it is most like. */
export function likeEach(bill: ReadBill, orders: BookOrder[]): number[] {
  return bill.goods.map((line) =>
    Math.max(...orders.map(({ lines, words }) => likeOrder(line, lines, words))),
  );
}

function likeGoods(bill: ReadBill, orders: BookOrder[]): Evidence {
  const [first] = bill.goods;
  if (!first || orders.every(({ lines }) => lines.length === 0))
    return { points: 0, says: 'nothing to compare' };
  const all = sum(bill.goods.map(({ net }) => net.abs()));
  // Half by lines, half by money: neither many small lines nor a large one shall drown the rest.
  const shares = bill.goods.map(({ net }) => 0.5 / bill.goods.length + 0.5 * Number(net.abs().div(all)));
  const points = likeEach(bill, orders).reduce((sum, like, at) => sum + like * shares[at]!, 0);
  return {
    points,
    says:
      points >= 3.5
        ? 'the lines are alike'
        : points >= 1
          ? 'the lines may belong to it'
          : 'the lines are rather other ones',
  };
}

/** A draft was not released to anyone: it needs its number and its amounts. BILLED is set and undone by hand. */
const STATUS: Record<string, Evidence> = {
  AUTHORISED: { points: 0, says: '' },
  SUBMITTED: { points: -0.5, says: 'is not approved yet' },
  BILLED: { points: -1, says: 'is marked as billed' },
  DRAFT: { points: -16, says: 'is a draft' },
};

function weighStatus(status: string): Evidence {
  return STATUS[status] ?? { points: -8, says: `is ${status}` };
}

/** The first whose days are not exceeded: days from the order to the bill. Orders are also written after the fact. */
const DAYS: [days: number, Evidence][] = [
  [-15, { points: -8, says: 'is dated long after the bill' }],
  [-8, { points: -4, says: 'is dated more than a week after the bill' }],
  [-1, { points: -0.5, says: 'is dated after the bill' }],
  [180, { points: 0, says: '' }],
  [400, { points: -1, says: 'is more than half a year older than the bill' }],
  [Number.POSITIVE_INFINITY, { points: -2, says: 'is more than a year older than the bill' }],
];

function weighDate(bill: number | undefined, order: number | undefined): Evidence {
  if (bill === undefined || order === undefined) return { points: 0, says: '' };
  return DAYS.find(([days]) => bill - order <= days)![1];
}

/** A bill in another currency is entered wrong, or is another's; its amounts cannot be compared. */
const OTHER_CURRENCY: Evidence = { points: -20, says: 'is in another currency' };

/** What is taken back was billed once, or was never ordered. */
const CREDIT: Evidence = { points: -1.5, says: 'it is a credit' };

/** As it was: a copy of a bill, or another order's. */
const BILLED_BEFORE: Evidence = { points: -6, says: 'is billed in full already' };

function total(evidence: Evidence[]): number {
  return evidence.reduce((sum, { points }) => sum + points, 0);
}
