import type { ReadBill } from './read-bill.ts';
import { tellApartByDates, tellApartByWords, WORDS } from './tell-apart.ts';
import type { Judgement } from './weigh.ts';

/** By so much an answer must be better than any other: about as much as another project makes of a difference. */
const CLEAR = 2.5;

/** Among more answers that are as likely no word and no date finds the right one. */
const MOST = 200;

/** Of the answers, best first, the one that is clearly better than all others; undefined where several could be right. */
export function clearlyBest(bill: ReadBill, answers: Judgement[]): Judgement | undefined {
  const [first] = answers;
  if (!first) return undefined;
  // Further behind, nothing that tells two orders apart makes up for the difference.
  const near = answers.filter(({ score }) => score > first.score - CLEAR - WORDS);
  if (near.length > MOST) return undefined;
  const beats = (one: Judgement, other: Judgement) =>
    one.score - other.score + apart(bill, one, other, near) >= CLEAR;
  // One that beats all others beats whoever leads when its turn comes, and is not beaten after that.
  const leader = near.reduce((leading, next) => (beats(next, leading) ? next : leading));
  return near.every((other) => other === leader || beats(leader, other)) ? leader : undefined;
}

/** What tells two answers apart of which the numbers say the same, by the orders in which they differ. */
function apart(bill: ReadBill, one: Judgement, other: Judgement, all: Judgement[]): number {
  const mine = one.orders.filter((order) => !other.orders.includes(order));
  const theirs = other.orders.filter((order) => !one.orders.includes(order));
  if (mine.length !== theirs.length || one.claimed !== other.claimed) return 0;
  const words = tellApartByWords(bill, mine, theirs);
  // What is merged or taken back comes later than any of its orders.
  if (words !== 0 || bill.credit || one.orders.length + other.orders.length > 2) return words;
  const singles = all.flatMap(({ orders }) => (orders.length === 1 ? orders : []));
  return tellApartByDates(bill, mine[0]!, theirs[0]!, singles);
}
