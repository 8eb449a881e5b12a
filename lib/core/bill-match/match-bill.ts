import type { Money } from '../money.ts';
import type { Claims } from './claims.ts';
import { readClaims } from './claims.ts';
import type { Evidence } from './evidence.ts';
import type { BillToMatch } from './matchable.ts';
import { readMentions } from './mentions.ts';
import { mergedOrders } from './merged.ts';
import type { BookOrder, OrderBook } from './order-book.ts';
import type { ReadBill } from './read-bill.ts';
import { readBill } from './read-bill.ts';
import { tellApart } from './tell-apart.ts';
import type { Judgement } from './weigh.ts';
import { isEligible, likeEach, weigh } from './weigh.ts';

/** An answer that a person may choose. */
export interface Candidate {
  /** Ids of the orders that the bill would be for, together. */
  orders: string[];
  score: number;
  /** In words, what speaks for and against it. */
  reasons: string[];
}

/** The orders that a bill is for, by id; or that it is for none; or that a person must say, with the likeliest first. */
export type BillMatch =
  | { orders: string[]; why: string[] }
  | { none: string[] }
  | { ask: Candidate[]; why: string[] };

/** From so many points an answer is given without a person: a number and nothing against it, or lines that are alike. */
const SURE = 4.5;
/** By so much an answer must be better than any other. */
const CLEAR = 2.5;
/** A bill is for no order where its lines are so unlike all of them: another kind of cost and other words. */
const UNLIKE = -3.25;
/** Like this, to the cent as well, a bill is an order's even though its number is wrong. */
const BEYOND_DOUBT = 8;
/** More than a person wants to look through. */
const LISTED = 5;

/**
 * Finds the orders that a bill is for, as far as number, supplier, currency, dates, lines and amounts tell
 * (reference/xero.md §8: Xero has no link between the two). `billed` is what was billed on each order before, net.
 */
export function matchBill(
  bill: BillToMatch,
  book: OrderBook,
  billed: ReadonlyMap<string, Money> = new Map(),
): BillMatch {
  const read = readBill(bill);
  const own = bill.contact ? book.of(bill.contact.id) : [];
  const live = own.filter(({ order }) => order.status !== 'DELETED');
  const claims = readClaims(readMentions(bill, book.numbers), own, live, book.numbers);
  const eligible = live.filter((order) => isEligible(order, read));
  const sets = [...live.map((order) => [order]), ...mergedOrders(read, live)];
  if (claims.named.length > 1) sets.push(claims.named);
  const judgements = distinct(sets)
    .map((orders) =>
      weigh(read, orders, [...claims.weigh(orders), ...weighSole(orders, eligible, read)], billed),
    )
    .sort((a, b) => b.score - a.score);
  if (judgements.length === 0 && !claims.any) return { none: ['its supplier has no orders'] };
  if (!claims.any && judgements.every(({ likeness }) => likeness < UNLIKE))
    return { none: ['it is unlike every order of its supplier, and says no number of one'] };
  const inQuestion = judgements.filter(({ score }) => score > judgements[0]!.score - IN_QUESTION);
  const winner = inQuestion.find((one) =>
    inQuestion.every((other) => other === one || beats(read, one, other, inQuestion)),
  );
  const doubts = winner
    ? doubtsAbout(winner, read, live, claims)
    : ['no order is clearly likelier than all others', ...claims.astray];
  if (winner && doubts.length === 0) return { orders: idsOf(winner.orders), why: winner.reasons };
  const elsewhere = claims.elsewhere.map((order) => weigh(read, [order], [], billed));
  const ask = [...judgements.slice(0, LISTED), ...elsewhere].map(({ orders, score, reasons }) => ({
    orders: idsOf(orders),
    score,
    reasons,
  }));
  return { ask, why: doubts };
}

/** Where a supplier has one order only, it is that or none. A claim speaks of an order, so it is that. */
const SOLE = { claim: 3.5, any: 1 };

function weighSole([order]: BookOrder[], eligible: BookOrder[], { goods }: ReadBill): Evidence[] {
  if (eligible.length !== 1 || order !== eligible[0]) return [];
  const points = goods.length > 0 && goods.every(({ claim }) => claim) ? SOLE.claim : SOLE.any;
  return [{ points, says: 'the supplier has no other order' }];
}

/** Beyond this nothing that tells two orders apart makes up for the difference. */
const IN_QUESTION = CLEAR + 3;

function beats(bill: ReadBill, one: Judgement, other: Judgement, all: Judgement[]): boolean {
  const singles = all.flatMap(({ orders }) => (orders.length === 1 ? orders : []));
  const alike = one.orders.length === 1 && other.orders.length === 1 && one.claimed === other.claimed;
  const apart = alike ? tellApart(bill, one.orders[0]!, other.orders[0]!, singles) : 0;
  return one.score - other.score + apart >= CLEAR;
}

/** Why a person has to look at it, although no other answer is likelier. */
function doubtsAbout(winner: Judgement, bill: ReadBill, live: BookOrder[], claims: Claims): string[] {
  const doubts: string[] = [];
  if (winner.score < SURE) doubts.push('too little speaks for any order');
  for (const { order } of claims.named.filter((order) => !winner.orders.includes(order)))
    doubts.push(`it also names ${order.number}`);
  if (!(winner.exact && winner.likeness >= BEYOND_DOUBT)) doubts.push(...claims.astray);
  for (const [line, like] of likeEach(bill, winner.orders).entries()) {
    const other = like <= STRANGE && live.find((order) => likeEach(bill, [order])[line]! >= AT_HOME);
    if (other) doubts.push(`a line is rather one of ${other.order.number}`);
  }
  return doubts;
}

/** A line that is so unlike its order, and so much like another, was perhaps merged into the bill from there. */
const [STRANGE, AT_HOME] = [0.5, 4];

function idsOf(orders: BookOrder[]): string[] {
  return orders.map(({ order }) => order.id);
}

/** Each set once, whatever the order of its members. */
function distinct(sets: BookOrder[][]): BookOrder[][] {
  return [...new Map(sets.map((orders) => [idsOf(orders).sort().join(), orders])).values()];
}
