import type { Evidence } from './evidence.ts';
import { isCodedAlike } from './like-lines.ts';
import type { BookOrder } from './order-book.ts';
import type { ReadBill } from './read-bill.ts';
import { canBe } from './weigh.ts';

/**
 * Where a supplier has one order only, it is that or none. A claim speaks of an order, so it is that; and so does a
 * purchase that is coded like the order to account and project, since what is bought besides is coded otherwise.
 */
const SOLE = { meant: 3.75, any: 1 };

/** The only order of the supplier that a bill can be for, or that is coded like it; `live` are all that are not deleted. */
export function soleOrder(
  { goods, ...bill }: ReadBill,
  live: BookOrder[],
): { order: BookOrder; evidence: Evidence } | undefined {
  const possible = live.filter((order) => canBe(bill, order));
  const isCodedSo = ({ lines }: BookOrder) =>
    goods.length > 0 && goods.every((line) => lines.some((ordered) => isCodedAlike(line, ordered)));
  const coded = possible.filter(isCodedSo);
  const [order, ...others] = coded.length === 1 ? coded : possible;
  if (!order || others.length > 0) return undefined;
  const isMeant = coded.length === 1 || (goods.length > 0 && goods.every(({ claim }) => claim));
  const says =
    coded.length === 1
      ? 'the supplier has no other order that is coded so'
      : 'the supplier has no other order';
  return { order, evidence: { points: isMeant ? SOLE.meant : SOLE.any, says } };
}
