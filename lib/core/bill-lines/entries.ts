import type { ReadLine } from '../bill-match/read-lines.ts';
import { readLine } from '../bill-match/read-lines.ts';
import type { Money } from '../money.ts';
import { sum, toCents, ZERO } from '../money.ts';
import type { BillToShare, LineToShare, OrderToShare } from './shareable.ts';

/** A line of the bill that carries an amount. */
export interface BillEntry {
  id: string;
  description: string;
  line: ReadLine;
  /** Whole cents; of a credit with its sign turned. */
  amount: Money;
}

/** A line of an order, and what is billed on it so far. */
export interface OrderEntry {
  order: string;
  id: string;
  line: ReadLine;
  /** What was billed before; more than `line.net` where it was overbilled. */
  before: Money;
  /** What this bill bills. */
  billed: Money;
}

/** Sorted by content, so that it does not matter how the document sorts them. */
export function billEntries({ lines }: BillToShare, sign: 1 | -1): BillEntry[] {
  const sorted = lines.filter(({ net }) => !net.eq(0)).toSorted(byContent);
  const amounts = inCents(sorted.map(({ net }) => net));
  return sorted.map((line, at) => ({
    id: line.id,
    description: line.description,
    line: readLine({ ...line, net: line.net.times(sign) }),
    amount: amounts[at]!.times(sign),
  }));
}

/** Sorted by content. Lines without an amount are remarks. */
export function orderEntries(
  orders: readonly OrderToShare[],
  before: ReadonlyMap<string, Money>,
): OrderEntry[] {
  const lines = orders.flatMap(({ id, lines }) => lines.map((line) => ({ order: id, line })));
  return lines
    .filter(({ line }) => !line.net.eq(0))
    .sort((a, b) => byContent(a.line, b.line) || compare(a.order, b.order))
    .map(({ order, line }) => ({
      order,
      id: line.id,
      line: readLine(line),
      before: before.get(line.id) ?? ZERO,
      billed: ZERO,
    }));
}

/** What of the line may still be billed; nothing where it is billed in full or over. */
export function leftOf({ line, before, billed }: OrderEntry): Money {
  const left = line.net.minus(before).minus(billed);
  return left.gt(0) ? left : ZERO;
}

/** Each rounded to the cent, and together what they add up to: the difference goes to the largest. */
function inCents(amounts: Money[]): Money[] {
  const cents = amounts.map(toCents);
  const off = toCents(sum(amounts)).minus(sum(cents));
  const sizes = amounts.map((amount) => amount.abs());
  const largest = sizes.findIndex((size) => sizes.every((other) => size.gte(other)));
  return cents.map((amount, at) => (at === largest ? amount.plus(off) : amount));
}

function byContent(a: LineToShare, b: LineToShare): number {
  return b.net.cmp(a.net) || compare(contentOf(a), contentOf(b));
}

function contentOf({ description, item = '', account = '', tracking, id }: LineToShare): string {
  const choices = tracking.map(({ category, option }) => `${category}=${option}`).sort();
  return JSON.stringify([description, item, account, choices, id]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
