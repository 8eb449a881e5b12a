import type { Evidence } from './evidence.ts';
import { isCodedAlike } from './like-lines.ts';
import type { BookOrder } from './order-book.ts';
import type { ReadBill } from './read-bill.ts';
import { canBe, likeAll } from './weigh.ts';

/**
 * Where a supplier has one order only, it is that or none. A claim speaks of an order, so it is that; and so does a
 * purchase that is coded like the order to account and project, since what is bought besides is coded otherwise. Where
 * several are coded so, the one that is by far most like it is meant.
 */
const SOLE = { meant: 3.75, likest: 2, any: 1 };
/** About as much as one word in common, or the same amount, makes of a difference. */
const FAR = 1.5;

/** The order of the supplier that alone can be meant, with what speaks for it; `live` are all that are not deleted. */
export function soleOrder(
  bill: ReadBill,
  live: BookOrder[],
): { order: BookOrder; evidence: Evidence } | undefined {
  const { goods } = bill;
  if (goods.length === 0) return undefined;
  const possible = live.filter((order) => canBe(bill, order));
  const coded = possible
    .filter(({ lines }) => goods.every((line) => lines.some((ordered) => isCodedAlike(line, ordered))))
    .map((order) => ({ order, like: likeAll(bill, [order]) }))
    .sort((a, b) => b.like - a.like);
  const [first, second] = coded;
  if (first && second) {
    const evidence = { points: SOLE.likest, says: 'none that is coded so is as much like it' };
    return first.like - second.like >= FAR ? { order: first.order, evidence } : undefined;
  }
  if (first) {
    const evidence = { points: SOLE.meant, says: 'the supplier has no other order that is coded so' };
    return { order: first.order, evidence };
  }
  const [order, ...others] = possible;
  if (!order || others.length > 0) return undefined;
  const points = goods.every(({ claim }) => claim) ? SOLE.meant : SOLE.any;
  return { order, evidence: { points, says: 'the supplier has no other order' } };
}
