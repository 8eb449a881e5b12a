import type { Bill, DocumentLine, PurchaseOrder } from '../documents.ts';
import type { Money } from '../money.ts';
import { ZERO } from '../money.ts';

/** A document whose lines are to be booked. */
export type SeenDocument = Pick<
  PurchaseOrder | Bill,
  'kind' | 'id' | 'number' | 'currency' | 'contact' | 'lines'
>;

/** A line with its document. */
export interface SeenLine {
  document: SeenDocument;
  line: DocumentLine;
}

/** So many lines of so many documents, and the money on them by currency. */
export interface Sum {
  lines: number;
  documents: number;
  /** Without tax, and without its sign: a discount hangs on a rule as much as a charge. */
  money: Record<string, Money>;
}

export function sumOf(lines: SeenLine[]): Sum {
  const money: Record<string, Money> = {};
  for (const { document, line } of lines) {
    money[document.currency] = (money[document.currency] ?? ZERO).plus(line.net.abs());
  }
  return {
    lines: lines.length,
    documents: new Set(lines.map(({ document }) => document.id)).size,
    money,
  };
}

/** The one with more money in the currency first, then the one with more lines. */
export function byWeight(currency: string): (a: Sum, b: Sum) => number {
  return (a, b) => (b.money[currency] ?? ZERO).cmp(a.money[currency] ?? ZERO) || b.lines - a.lines;
}

/** Whole percents, rounded down so that 100 is all of it; of no money at all, by lines. */
export function shareOf(part: Sum, all: Sum, currency: string): number {
  const whole = all.money[currency] ?? ZERO;
  if (whole.gt(0)) return Number((part.money[currency] ?? ZERO).times(100).div(whole).round(0, 0));
  return all.lines === 0 ? 100 : Math.floor((part.lines * 100) / all.lines);
}
