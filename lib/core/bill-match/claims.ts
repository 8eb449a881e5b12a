import type { Evidence } from './evidence.ts';
import type { Mention } from './mentions.ts';
import type { BookOrder, OrderBook } from './order-book.ts';
import { isSlip } from './order-numbers.ts';

/** What the numbers on a bill say. */
export interface Claims {
  /** The supplier's own live orders that it names, so that a right answer has them all. */
  named: BookOrder[];
  /** What the numbers say of an answer of these orders. */
  weigh(orders: BookOrder[]): Evidence[];
  /** Numbers of orders that cannot be the answer, in words. */
  astray: string[];
  /** Those orders, where there are such. */
  elsewhere: BookOrder[];
  /** Whether there is any number that may be one of an order. */
  any: boolean;
}

/**
 * A number in full is written by somebody who had the order before him. Bare digits may be the supplier's own number,
 * which runs through the same range; a number that is one slip away is likely that slip where nothing else is meant.
 */
const POINTS = { named: 7.5, listed: 6, slip: 3 };
/** Three digits are met by chance more often than four or five. */
const BARE = { least: 2, most: 5, alone: 2 };
/** An answer that leaves out an order that the bill names has to be explained better. */
const LEFT_OUT = { named: -4, listed: -2 };

export function readClaims(
  mentions: Mention<BookOrder>[],
  ofSupplier: BookOrder[],
  live: BookOrder[],
  numbers: OrderBook['numbers'],
): Claims {
  const weights = new Map<BookOrder, Evidence>();
  const leftOut = new Map<BookOrder, Evidence>();
  const note = (order: BookOrder, evidence: Evidence) => {
    if (evidence.points > (weights.get(order)?.points ?? 0)) weights.set(order, evidence);
  };
  const astray: string[] = [];
  const elsewhere: BookOrder[] = [];
  for (const { how, orders, text, digits, alone, inReference } of mentions) {
    const own = orders.filter((order) => live.includes(order));
    const where = `${inReference ? 'the reference' : 'a line'} says ${text}`;
    for (const order of own) {
      if (how === 'bare') {
        const points = Math.max(BARE.least, Math.min(BARE.most, digits.length)) + (alone ? BARE.alone : 0);
        note(order, { points, says: `${where}, which may be its number` });
      } else if (how !== 'unknown') {
        note(order, { points: POINTS[how], says: where });
        leftOut.set(order, { points: LEFT_OUT[how], says: `${where}, which is ${order.order.number}` });
      }
    }
    const dead = own.length === 0 && orders.some((order) => ofSupplier.includes(order));
    if (own.length > 0 || (!dead && (how === 'bare' || how === 'listed'))) continue;
    const slips = live.filter(({ order }) => isSlip(digits, order));
    for (const order of slips)
      note(order, { points: POINTS.slip, says: `${where}, one slip from ${order.order.number}` });
    if (how === 'unknown' && slips.length === 0 && !(inReference && numbers.hasLength(digits.length)))
      continue;
    elsewhere.push(...orders);
    astray.push(`${where}, ${whoseIs(orders[0])}`);
  }
  return {
    named: [...leftOut.keys()],
    astray,
    elsewhere,
    any: weights.size > 0 || astray.length > 0,
    weigh(orders) {
      const [best] = orders.flatMap((order) => weights.get(order) ?? []).sort((a, b) => b.points - a.points);
      return [
        ...(best ? [best] : []),
        ...[...leftOut].filter(([order]) => !orders.includes(order)).map(([, it]) => it),
      ];
    },
  };
}

function whoseIs(order: BookOrder | undefined): string {
  if (!order) return 'which is no order';
  return order.order.status === 'DELETED' ? 'which was deleted' : "which is another supplier's";
}
