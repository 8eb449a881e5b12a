import type { ReadBill } from './read-bill.ts';
import { tellApartByDates, tellApartByWords, WORDS } from './tell-apart.ts';
import type { Judgement } from './weigh.ts';

/** By so much an answer must be better than any other: about as much as another project makes of a difference. */
const CLEAR = 2.5;

/** Of the answers, best first, the one that is clearly better than all others; undefined where several could be right. */
export function clearlyBest(bill: ReadBill, answers: Judgement[]): Judgement | undefined {
  const [first] = answers;
  if (!first) return undefined;
  // Further behind, nothing that tells two orders apart makes up for the difference.
  const near = answers.filter(({ score }) => score > first.score - CLEAR - WORDS);
  const beats = (one: Judgement, other: Judgement) =>
    one.score - other.score + apart(bill, one, other, near) >= CLEAR;
  return near.find((one) => near.every((other) => other === one || beats(one, other)));
}

/** What tells two answers apart that differ by one order and of which the numbers say the same. */
function apart(bill: ReadBill, one: Judgement, other: Judgement, all: Judgement[]): number {
  const [mine, ...more] = one.orders.filter((order) => !other.orders.includes(order));
  const [theirs, ...others] = other.orders.filter((order) => !one.orders.includes(order));
  if (!mine || !theirs || more.length + others.length > 0 || one.claimed !== other.claimed) return 0;
  const words = tellApartByWords(bill, mine, theirs);
  // What is merged or taken back comes later than any of its orders.
  if (words !== 0 || bill.credit || one.orders.length + other.orders.length > 2) return words;
  const singles = all.flatMap(({ orders }) => (orders.length === 1 ? orders : []));
  return tellApartByDates(bill, mine, theirs, singles);
}
