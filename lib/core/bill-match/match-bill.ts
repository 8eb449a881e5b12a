import { cannotBe } from './cannot-be.ts';
import { readClaims } from './claims.ts';
import { clearlyBest } from './compete.ts';
import { doubtsAbout, isThoseOf } from './doubts.ts';
import { foundElsewhere } from './elsewhere.ts';
import type { BillToMatch } from './matchable.ts';
import { readMentions } from './mentions.ts';
import { mergedOrders } from './merged.ts';
import { withNamedJobs } from './named-jobs.ts';
import type { BookOrder, OrderBook } from './order-book.ts';
import { readBill } from './read-bill.ts';
import { saysNone } from './says-none.ts';
import { soleOrder } from './sole-order.ts';
import type { Billed, Judgement } from './weigh.ts';
import { canBe, weigh } from './weigh.ts';

/** An answer that a person may choose. */
export interface Candidate {
  /** Ids of the orders that the bill would be for, together. */
  orders: string[];
  /** Points: what speaks for it less what speaks against it. */
  score: number;
  /** What that is, in words. */
  reasons: string[];
}

/**
 * The orders that a bill is for, by id, and whether it names them all, so that no order that comes up later can be
 * meant; or that it is for none; or that a person must say, the likeliest answer first.
 */
export type BillMatch =
  | { orders: string[]; why: string[]; named: boolean }
  | { none: string[] }
  | { ask: Candidate[]; why: string[] };

/** More than a person wants to look through. */
const LISTED = 5;

/**
 * Finds the orders that a bill is for, by number, supplier, currency, dates, status, lines and amounts: Xero has no
 * link between the two (reference/xero.md §8). `billed` is what was billed on each order before, net, by its id.
 */
export function matchBill(bill: BillToMatch, book: OrderBook, billed: Billed = new Map()): BillMatch {
  const ofSupplier = bill.contact ? book.of(bill.contact.id) : [];
  const [live, deleted] = parted(ofSupplier, ({ order }) => order.status !== 'DELETED');
  const read = withNamedJobs(readBill(bill), live);
  const mentions = readMentions(bill, book.numbers);
  const claims = readClaims(mentions, live, deleted, book.numbers);
  const sole = soleOrder(read, live);
  const besides = (orders: BookOrder[]) => (sole && orders.includes(sole.order) ? [sole.evidence] : []);
  const answers = distinct([
    ...live.map((order) => [order]),
    claims.named,
    ...mergedOrders(
      read,
      live.filter((order) => canBe(read, order)),
    ),
  ])
    .map((orders) => weigh(read, orders, claims.weigh(orders), billed, besides(orders)))
    .sort((a, b) => b.score - a.score);
  const mentioned = mentions.flatMap(({ orders }) => orders);
  const elsewhere = foundElsewhere(read, mentioned, live, book, billed);
  const isWithout = saysNone(bill);
  const noneFits =
    !claims.any && answers.every((answer) => cannotBe(read, answer) || (isWithout && !answer.exact));
  if (noneFits && elsewhere.length === 0) return { none: [isWithout ? 'it says so itself' : whyNone(live)] };
  const best = noneFits ? undefined : clearlyBest(read, answers);
  const why = best
    ? doubtsAbout({ ...best, answers, elsewhere, bill: read, live, claims })
    : [
        'no order is clearly likelier than any other',
        ...claims.astray.map(({ says }) => says),
        ...elsewhere.map(isThoseOf),
      ];
  if (best && why.length === 0) {
    const named = best.orders.every((order) => claims.named.includes(order));
    return { orders: idsOf(best.orders), why: best.reasons, named };
  }
  const impossible = new Set([...elsewhere, ...claims.astray].flatMap(({ orders }) => orders));
  const others = [...impossible].map((order) => weigh(read, [order], [], billed));
  return { ask: [...answers.slice(0, LISTED), ...others].map(asCandidate), why };
}

function whyNone(live: BookOrder[]): string {
  return live.length === 0
    ? 'its supplier has no orders'
    : 'it is unlike every order that its supplier had by then, and no number says otherwise';
}

function asCandidate({ orders, score, reasons }: Judgement): Candidate {
  return { orders: idsOf(orders), score, reasons };
}

function idsOf(orders: BookOrder[]): string[] {
  return orders.map(({ order }) => order.id);
}

/** Each set once, whatever the order of its members. */
function distinct(sets: BookOrder[][]): BookOrder[][] {
  const some = sets.filter((orders) => orders.length > 0);
  return [...new Map(some.map((orders) => [idsOf(orders).sort().join(), orders])).values()];
}

function parted<T>(all: T[], is: (it: T) => boolean): [T[], T[]] {
  return [all.filter(is), all.filter((it) => !is(it))];
}
