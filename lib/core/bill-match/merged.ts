import type { Money } from '../money.ts';
import { sum, ZERO } from '../money.ts';
import { isSameLine } from './like-lines.ts';
import type { BookOrder } from './order-book.ts';
import type { ReadBill } from './read-bill.ts';
import { isSameAmount } from './same-amount.ts';

/** Of more orders all ways to merge them are not tried. */
const MOST = 12;

/**
 * Sets of two orders or more that make up the bill's amount: those whose lines are all on it to the cent; or all that
 * there are, which may be billed in one sum.
 */
export function mergedOrders(bill: ReadBill, all: BookOrder[]): BookOrder[][] {
  const orders = all.filter(({ net }) => net.gt(0));
  const isAmount = (total: Money) =>
    bill.amounts.some(({ amount }) => isSameAmount(amount, total, bill.lines.length));
  if (orders.length > 1 && isAmount(sum(orders.map(({ net }) => net)))) return [orders];
  const contained = orders.filter((order) => isContained(bill, order));
  if (contained.length < 2) return [];
  if (isAmount(sum(contained.map(({ net }) => net)))) return [contained];
  if (contained.length > MOST) return [];
  const sets: BookOrder[][] = [];
  const extend = (chosen: BookOrder[], from: number, total: Money) => {
    if (chosen.length > 1 && isAmount(total)) sets.push(chosen);
    for (let at = from; at < contained.length; at++)
      extend([...chosen, contained[at]!], at + 1, total.plus(contained[at]!.net));
  };
  extend([], 0, ZERO);
  return sets;
}

function isContained(bill: ReadBill, { lines }: BookOrder): boolean {
  const open = new Set(bill.lines);
  return (
    lines.length > 0 &&
    lines.every((line) => {
      const same = [...open].find((other) => isSameLine(other, line));
      if (same) open.delete(same);
      return same;
    })
  );
}
