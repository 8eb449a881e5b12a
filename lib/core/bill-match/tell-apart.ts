import { isTrackedOtherwise } from './like-lines.ts';
import type { BookOrder } from './order-book.ts';
import { naming, periodsIn } from './periods.ts';
import type { ReadBill } from './read-bill.ts';
import { dayOf } from './read-bill.ts';
import type { Words } from './words.ts';
import { numbersSharedOnlyWith, together, wordsSharedOnlyWith } from './words.ts';

/** "Level 2" or "w/e 18 Jan" in one of the two and on the bill. */
export const WORDS = 3;

/** Numbers with their words tell before words alone, which both may share with the bill. */
export function tellApartByWords(bill: ReadBill, mine: BookOrder[], theirs: BookOrder[]): number {
  const [one, other] = [mine, theirs].map((orders) => together(orders.map(({ words }) => words))) as [
    Words,
    Words,
  ];
  for (const shared of [numbersSharedOnlyWith, wordsSharedOnlyWith]) {
    const ofOne = shared(one, other, bill.words).length > 0;
    const ofOther = shared(other, one, bill.words).length > 0;
    if (ofOne !== ofOther) return ofOne ? WORDS : -WORDS;
  }
  return 0;
}

/** The same again for the same job, such as each week's hire: only then does the date tell which. */
function isRepeated(one: BookOrder, other: BookOrder): boolean {
  const isSame = one.net.eq(other.net) && one.lines.length === other.lines.length;
  return isSame && one.lines.every((line) => other.lines.some((again) => !isTrackedOtherwise(line, again)));
}

/** A little more than marking one of them as billed, by hand, speaks for the other. */
const DATES = 3.2;
/** Periods of hire are a month at most; orders further apart are no series. */
const SERIES = 35;

/** By the period that the bill names or falls into, where one is the same as the other again. `all` are the orders that are in question. */
export function tellApartByDates(bill: ReadBill, one: BookOrder, other: BookOrder, all: BookOrder[]): number {
  if (!isRepeated(one, other)) return 0;
  const [named, namedOther] = [one, other].map(({ order }) => naming(bill.periods, order.date)) as [
    number,
    number,
  ];
  if (named !== namedOther) return named > namedOther ? DATES : -DATES;
  // Each month's order says which month it is, and the bill does not: it may be billed in arrears.
  if (bill.periods.size === 0 && [one, other].every(namesPeriod)) return 0;
  const [since, sinceOther] = [daysSince(bill, one), daysSince(bill, other)];
  if (since === undefined || sinceOther === undefined || since === sinceOther) return 0;
  if (since < sinceOther || sinceOther < 0) return isInPeriod(bill, one, all) ? DATES : 0;
  return isInPeriod(bill, other, all) ? -DATES : 0;
}

function namesPeriod({ order }: BookOrder): boolean {
  return periodsIn(order.lines.map(({ description }) => description)).size > 0;
}

/**
 * Whether the bill falls into the period that this order opens and the next of its series ends. Right at its beginning
 * it may as well be the period before that is billed, in arrears; and past its end it may be either, billed late.
 */
function isInPeriod(bill: ReadBill, order: BookOrder, all: BookOrder[]): boolean {
  const since = daysSince(bill, order)!;
  const others = all.filter((other) => other !== order && isRepeated(order, other));
  const apart = Math.min(
    ...others
      .map((other) => Math.abs((daysSince(bill, other) ?? Number.NaN) - since))
      .filter((days) => days > 0),
  );
  return since >= 0 && since < apart && (since > apart / 3 || apart > SERIES);
}

function daysSince(bill: ReadBill, { order }: BookOrder): number | undefined {
  const day = dayOf(order.date);
  return bill.day === undefined || day === undefined ? undefined : bill.day - day;
}
