import { isOfNoJob } from './like-lines.ts';
import type { ReadBill } from './read-bill.ts';
import type { Judgement } from './weigh.ts';
import { isLater, likeAll } from './weigh.ts';

/** Lines are so unlike: another kind of cost, and other words. */
const UNLIKE = -3.25;

/** Whether a bill is not for these orders, unless a number says otherwise: other goods, no job's, or from before them. */
export function cannotBe(bill: ReadBill, { likeness, exact, orders }: Judgement): boolean {
  // What is retained, or released, is so of some order.
  if (bill.goods.some(({ retention }) => retention)) return orders.every((order) => isLater(bill, order));
  if (likeness < UNLIKE) return true;
  if (exact) return false;
  const isOverhead = bill.goods.every((line) =>
    orders.every(({ lines }) => lines.every((ordered) => isOfNoJob(line, ordered))),
  );
  return (isOverhead && likeAll(bill, orders) < 0) || orders.every((order) => isLater(bill, order));
}
