import { isBeyondDoubt, LIKE } from './doubts.ts';
import type { BookOrder, OrderBook } from './order-book.ts';
import type { ReadBill } from './read-bill.ts';
import type { Billed, Judgement } from './weigh.ts';
import { weigh } from './weigh.ts';

/**
 * Orders that a bill cannot be for, another supplier's or deleted ones, and is nevertheless: to the cent, or like one
 * whose digits it has. A sister company may have sent it. `mentioned` are all that its numbers may be.
 */
export function foundElsewhere(
  bill: ReadBill,
  mentioned: BookOrder[],
  live: BookOrder[],
  book: OrderBook,
  billed: Billed,
): Judgement[] {
  const equal = bill.amounts.flatMap(({ amount }) => book.worth(amount));
  return [...new Set([...mentioned, ...equal])]
    .filter((order) => !live.includes(order))
    .map((order) => weigh(bill, [order], [], billed))
    .filter((it) => isBeyondDoubt(it) || (it.likeness >= LIKE && mentioned.includes(it.orders[0]!)));
}
