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
  /** What was bought and for how much, whatever number, dates and status say. */
  likeness: number;
  /** What the numbers say. */
  claimed: number;
  /** All together. */
  score: number;
  /** Whether the amounts of the whole bill are to the cent what the orders let expect. */
  exact: boolean;
  /** Whether some amount is to the cent one that they let expect: of the whole, of lines, or of a share that is claimed. */
  fits: boolean;
  reasons: string[];
}

/** What was billed on an order before, net, by its id. */
export type Billed = ReadonlyMap<string, Money>;

/** `claims` is what the numbers on the bill say of these orders; `besides` is what else is known of them. */
export function weigh(
  bill: ReadBill,
  orders: BookOrder[],
  claims: Evidence[],
  billed: Billed,
  besides: Evidence[] = [],
): Judgement {
  const lines = orders.flatMap((order) => order.lines);
  const before = bill.credit ? ZERO : sum(orders.map(({ order }) => billed.get(order.id) ?? ZERO));
  const left = sum(orders.map(({ net }) => net)).minus(before);
  const exact = exactAmounts(bill, lines, left);
  const like = likeGoods(bill, orders);
  // Freight alone is like no order, which says nothing against the one that it names.
  const isNamedFreight = total(claims) > 0 && bill.goods.every(({ besides }) => besides);
  const goods = isNamedFreight && like.points < 0 ? NEUTRAL : like;
  const amounts = exact ?? sizeOfAmounts(bill, lines, left);
  const rest = [
    worst(orders.map(({ order }) => weighStatus(order.status))),
    worst(orders.map(({ order }) => weighDate(bill.day, dayOf(order.date)))),
  ];
  if (bill.credit) rest.push(CREDIT);
  if (before.gt(0) && left.lte(0)) rest.push(BILLED_BEFORE);
  if (orders.some(({ order }) => order.currency !== bill.currency)) rest.push(OTHER_CURRENCY);
  const evidence = [...claims, goods, amounts, ...besides, ...rest];
  return {
    orders,
    // A bill may be larger than its order for many reasons.
    likeness: goods.points + Math.max(-1, amounts.points),
    claimed: total(claims),
    score: total(evidence),
    exact: exact?.whole === true,
    fits: exact !== undefined,
    reasons: evidence.map(({ says }) => says).filter((says) => says !== ''),
  };
}

/** For each line of what was bought, how much it is like the order that it is most like. */
function likeEach(bill: ReadBill, orders: BookOrder[]): number[] {
  return bill.goods.map((line) =>
    Math.max(...orders.map(({ lines, words }) => likeOrder(line, lines, words))),
  );
}

/** The same of all lines together. */
export function likeAll(bill: ReadBill, orders: BookOrder[]): number {
  return likeEach(bill, orders).reduce((sum, like, at) => sum + like * bill.shares[at]!, 0);
}

function likeGoods(bill: ReadBill, orders: BookOrder[]): Evidence {
  if (bill.goods.length === 0 || orders.every(({ lines }) => lines.length === 0))
    return { points: 0, says: 'there are no lines to compare' };
  const points = likeAll(bill, orders);
  if (points >= 3.5) return { points, says: 'the lines are alike' };
  return { points, says: points >= 1 ? 'the lines may belong to it' : 'the lines are rather other ones' };
}

/** No other evidence makes up for it. */
const UNRELEASED = -16;
const NEUTRAL: Evidence = { points: 0, says: '' };

/** A draft was released to nobody, so even its number may be another's. BILLED is set and taken back by hand. */
const STATUS: Record<string, Evidence> = {
  AUTHORISED: NEUTRAL,
  SUBMITTED: { points: -0.5, says: 'is not approved yet' },
  BILLED: { points: -1, says: 'is marked as billed' },
  DRAFT: { points: UNRELEASED, says: 'is a draft' },
};

function weighStatus(status: string): Evidence {
  return STATUS[status] ?? { points: UNRELEASED, says: `is ${status}` };
}

/** Days from the order to the bill, up to which it holds. Orders are also written after the fact, by some days. */
const DAYS: [days: number, Evidence][] = [
  [-15, { points: -9, says: 'is dated long after the bill' }],
  [-8, { points: -8, says: 'is dated more than a week after the bill' }],
  [-3, { points: -2.5, says: 'is dated some days after the bill' }],
  [-1, { points: -1, says: 'is dated after the bill' }],
  [180, NEUTRAL],
  [400, { points: -1, says: 'is more than half a year older than the bill' }],
  [Number.POSITIVE_INFINITY, { points: -2, says: 'is more than a year older than the bill' }],
];

function weighDate(bill: number | undefined, order: number | undefined): Evidence {
  if (bill === undefined || order === undefined) return NEUTRAL;
  return DAYS.find(([days]) => bill - order <= days)![1];
}

/** A copy of a bill, or another order's. */
const BILLED_BEFORE: Evidence = { points: -6, says: 'is billed in full already' };
/** What is taken back was billed before, or never ordered. */
const CREDIT: Evidence = { points: -1.5, says: 'the bill is a credit' };
/** It is entered wrong or for something else, and its amounts cannot be compared. */
const OTHER_CURRENCY: Evidence = { points: -20, says: 'is in another currency' };

/** Whether an order was written so long after a bill that it cannot be what was billed. */
export function isLater({ day }: Pick<ReadBill, 'day'>, { order }: BookOrder): boolean {
  return weighDate(day, dayOf(order.date)) === DAYS[0]![1];
}

/** Whether an order can be a bill's at all, by currency, status and date. */
export function canBe(bill: Pick<ReadBill, 'currency' | 'day'>, ordered: BookOrder): boolean {
  const { currency, status } = ordered.order;
  return currency === bill.currency && weighStatus(status).points > UNRELEASED && !isLater(bill, ordered);
}

function worst(evidence: Evidence[]): Evidence {
  return evidence.reduce((a, b) => (b.points < a.points ? b : a));
}

function total(evidence: Evidence[]): number {
  return evidence.reduce((sum, { points }) => sum + points, 0);
}
