import type { Evidence } from './evidence.ts';
import type { Mention } from './mention.ts';
import type { BookOrder, OrderBook } from './order-book.ts';
import { isSlip } from './order-numbers.ts';
import { plainNumber } from './tokens.ts';

/** What the numbers on a bill say, once it is known whose orders they are. */
export interface Claims {
  /** The supplier's own orders that the bill names, so that a right answer has them all. */
  named: BookOrder[];
  /** Those of them whose long number is in the reference, though nothing says that it is an order's. */
  hinted: BookOrder[];
  /** Numbers that are written as an order's and are none that can be the answer. */
  astray: Astray[];
  /** Whether any number may be that of an order, so that the bill cannot be for none. */
  any: boolean;
  /** What the numbers say of an answer of these orders. */
  weigh(orders: BookOrder[]): Evidence[];
}

export interface Astray {
  /** Whose the number is, in words. */
  says: string;
  orders: BookOrder[];
  /** Whether it is of the supplier and was deleted. */
  deleted: boolean;
  /** Orders that were meant, if a slip of the pen made it nobody's. */
  meant: BookOrder[];
}

/**
 * A number in full is written by somebody who had the order before him; one that is a slip away from an order and
 * nobody's is likely that slip. Against what an ordinary bill is like, both tell more than lines that are alike.
 */
const POINTS = { named: 7.5, listed: 6, shared: 4, slip: 3, bareSlip: 2 };
/** Bare digits are met by chance, in the supplier's own number: the more digits the less, and less where they stand alone. */
const BARE = { least: 2, most: 5, alone: 2 };
/** An answer that leaves out what the bill names has to be explained better. */
const LEFT_OUT = { named: -4, listed: -2 };

/** `live` are the orders of the bill's supplier that are not deleted, `deleted` the others. */
export function readClaims(
  mentions: Mention<BookOrder>[],
  live: BookOrder[],
  deleted: BookOrder[],
  numbers: OrderBook['numbers'],
): Claims {
  const inFavour = new Map<BookOrder, Evidence>();
  const leftOut = new Map<BookOrder, Evidence>();
  const astray: Astray[] = [];
  const hinted = new Set<BookOrder>();
  const favour = (order: BookOrder, evidence: Evidence) => {
    if (evidence.points > (inFavour.get(order)?.points ?? 0)) inFavour.set(order, evidence);
  };
  const isLive = new Set(live);
  for (const mention of confirmed(mentions, isLive)) {
    const { how, orders, digits } = mention;
    const says = `${mention.inReference ? 'the reference' : 'a line'} says ${mention.text}`;
    const own = orders.filter((order) => isLive.has(order));
    for (const order of own) {
      if (own.length > 1)
        favour(order, { points: POINTS.shared, says: `${says}, which several orders share` });
      else if (how === 'named' || how === 'listed') {
        favour(order, { points: POINTS[how], says });
        leftOut.set(order, { points: LEFT_OUT[how], says: `${says}, which is ${order.order.number}` });
      } else {
        favour(order, { points: weighBare(mention), says: `${says}, which may be its number` });
        // So many digits are hardly the supplier's own by chance.
        const isHint = mention.inReference && digits.length >= BARE.most && isWhole(digits, order);
        if (isHint) hinted.add(order);
      }
    }
    const wasDeleted = deleted.some((order) => orders.includes(order));
    // Bare digits that are another supplier's order are not meant as one; with the parts of our numbers they are.
    const isFormed = how === 'unfamiliar' && mention.alone && mention.text !== digits;
    const meantAsOrder = how === 'named' || how === 'unknown' || wasDeleted || isFormed;
    if (own.length > 0 || (!meantAsOrder && how !== 'unfamiliar')) continue;
    const slips = live.filter(({ order }) => isSlip(digits, order));
    const points = meantAsOrder ? POINTS.slip : POINTS.bareSlip;
    for (const order of slips)
      favour(order, { points, says: `${says}, one slip from ${order.order.number}` });
    const couldBeOne =
      orders.length > 0 || slips.length > 0 || (mention.inReference && numbers.couldBe(digits));
    if (!meantAsOrder || !couldBeOne) continue;
    const meant = wasDeleted ? [] : slips;
    astray.push({ says: `${says}, ${whose(orders, wasDeleted)}`, orders, deleted: wasDeleted, meant });
  }
  return {
    named: [...leftOut.keys()],
    hinted: [...hinted],
    astray,
    any: astray.length > 0 || [...inFavour.values()].some(({ points }) => points > POINTS.bareSlip),
    weigh(orders) {
      const [best] = orders.flatMap((order) => inFavour.get(order) ?? []).sort((a, b) => b.points - a.points);
      const missing = [...leftOut]
        .filter(([order]) => !orders.includes(order))
        .map(([, evidence]) => evidence);
      return best ? [best, ...missing] : missing;
    },
  };
}

function isWhole(digits: string, { order }: BookOrder): boolean {
  return plainNumber(digits) === plainNumber(order.number.replace(/\D/g, ''));
}

/** Bare digits of one order may be chance; of several orders of the supplier they are a list. */
function confirmed(mentions: Mention<BookOrder>[], live: Set<BookOrder>): Mention<BookOrder>[] {
  const bare = mentions.filter(
    ({ how, orders }) => how === 'bare' && orders.some((order) => live.has(order)),
  );
  if (new Set(bare.map(({ digits }) => digits)).size < 2) return mentions;
  return mentions.map((mention) => (bare.includes(mention) ? { ...mention, how: 'listed' } : mention));
}

function weighBare({ digits, alone }: Mention<BookOrder>): number {
  return Math.max(BARE.least, Math.min(BARE.most, digits.length)) + (alone ? BARE.alone : 0);
}

function whose(orders: BookOrder[], wasDeleted: boolean): string {
  if (orders.length === 0) return 'which is no order';
  return wasDeleted ? 'which was deleted' : "which is another supplier's";
}
