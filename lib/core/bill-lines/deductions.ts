import { isCodedOtherwise, likeLines } from '../bill-match/like-lines.ts';
import { sum } from '../money.ts';
import type { BillEntry, OrderEntry } from './entries.ts';
import { split } from './split.ts';

/**
 * Takes what a bill takes off from what it bills on the order's lines. A discount that the order has as well is that
 * line's. One that names an item or its words is that line's alone. Any other, and what is retained or was claimed
 * before, is taken from all lines of its account and project, else from all, in proportion. No line is billed less
 * than nothing by that: what would do so, and what comes with freight, is left out and returned.
 */
export function takeDeductions(deductions: BillEntry[], entries: OrderEntry[]): BillEntry[] {
  return deductions.filter((deduction) => !take(deduction, entries));
}

/** Whether it was taken. */
function take({ line, amount }: BillEntry, entries: OrderEntry[]): boolean {
  if (line.besides) return false;
  const taken = amount.neg();
  const own = mostLike(
    line,
    entries.filter((entry) => entry.line.net.lt(0)),
    1,
  );
  if (own) {
    own.billed = own.billed.minus(taken);
    return true;
  }
  const ordered = entries.filter((entry) => entry.line.net.gt(0));
  const meant = line.claim ? undefined : mostLike(line, ordered, MEANT);
  const coded = ordered.filter((entry) => !isCodedOtherwise(line, entry.line));
  for (const concerned of meant ? [[meant]] : [coded, ordered]) {
    const billed = concerned.map((entry) => entry.billed);
    if (sum(billed).lt(taken)) continue;
    split(taken, billed).forEach((part, at) => {
      concerned[at]!.billed = billed[at]!.minus(part);
    });
    return true;
  }
  return false;
}

/** From here a line is named, beyond having the same account and project. */
const MEANT = 2.75;

function mostLike(line: BillEntry['line'], entries: OrderEntry[], least: number): OrderEntry | undefined {
  const likes = entries.map((entry) => likeLines(line, entry.line));
  const most = Math.max(...likes);
  return most >= least ? entries[likes.indexOf(most)] : undefined;
}
