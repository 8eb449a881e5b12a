import { likeLines } from '../bill-match/like-lines.ts';
import type { Money } from '../money.ts';
import { sum } from '../money.ts';
import type { BillEntry, OrderEntry } from './entries.ts';
import { leftOf } from './entries.ts';
import { split } from './split.ts';

/** From here a charge may be for several lines: the same account and project will do where its words are hollow. */
const OF_SEVERAL = 0.5;
/** In other words it is for the only line of its account and project. */
const OF_ONE = 0;
/** Between lines that are alike the amount tells. */
const SAME_AMOUNT = 3;

/**
 * Bills what is charged on the order's lines, the clearest first: each charge on the line that it is most like, or on
 * several that it is as much like, such as a claim on all lines of its account. What is like none is left out and
 * returned, unless it is the whole of the bill, or to the cent what is left of the order: then it is the order in
 * other words.
 */
export function placeCharges(charges: BillEntry[], ordered: OrderEntry[]): BillEntry[] {
  const placed = charges
    .map((charge) => ({ charge, places: placesOf(charge, ordered) }))
    .sort((a, b) => a.places.length - b.places.length);
  for (const { charge, places } of placed) if (places.length > 0) spread(charge.amount, places);
  const left = placed.filter(({ places }) => places.length === 0).map(({ charge }) => charge);
  const goods = left.filter(({ line }) => !line.besides);
  const amount = sum(goods.map((charge) => charge.amount));
  const isTheRest = amount.eq(sum(ordered.map(leftOf))) || left.length === charges.length;
  if (goods.length === 0 || ordered.length === 0 || !isTheRest) return left;
  spread(amount, ordered);
  return left.filter(({ line }) => line.besides);
}

function placesOf({ line, amount }: BillEntry, ordered: OrderEntry[]): OrderEntry[] {
  const likes = ordered
    .filter((entry) => !line.besides || entry.line.besides || (line.item && line.item === entry.line.item))
    .map((entry) => ({ entry, like: likeLines(line, entry.line) }))
    .filter(({ like }) => like >= OF_ONE)
    .map(({ entry, like }) => {
      const same = amount.eq(leftOf(entry)) || amount.eq(entry.line.net);
      return { entry, points: Math.round(1000 * (like + (same ? SAME_AMOUNT : 0))) };
    });
  const most = Math.max(...likes.map(({ points }) => points));
  const best = likes.filter(({ points }) => points === most).map(({ entry }) => entry);
  return best.length > 1 && most < 1000 * OF_SEVERAL ? [] : best;
}

/** In proportion to what is left of each; where nothing is, to what was ordered. */
function spread(amount: Money, entries: OrderEntry[]): void {
  const left = entries.map(leftOf);
  const weights = sum(left).gt(0) ? left : entries.map(({ line }) => line.net);
  split(amount, weights).forEach((part, at) => {
    entries[at]!.billed = entries[at]!.billed.plus(part);
  });
}
