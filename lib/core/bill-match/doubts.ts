import type { Claims } from './claims.ts';
import { isTrackedOtherwise } from './like-lines.ts';
import type { BookOrder } from './order-book.ts';
import type { ReadBill } from './read-bill.ts';
import type { Judgement } from './weigh.ts';
import { likeEach } from './weigh.ts';

/**
 * From so many points an answer is given without a person: a number and nothing against it; lines that are alike, of
 * the same account and project; or an amount to the cent that little else speaks against.
 */
const SURE = 3.75;
/** Like this, to the cent as well, a bill is an order's even though its number is wrong. */
const BEYOND_DOUBT = 8;
/** Like this it may well be an order's, so that a number one slip away is that slip. */
const LIKE = 2;
/** A line that is so unlike its order, and so much like another, was perhaps merged into the bill from there. */
const [STRANGE, AT_HOME] = [0.5, 4];

/** Why a person has to look at an answer although no other is likelier; `live` are all orders of the supplier. */
export function doubtsAbout(
  answer: Judgement,
  answers: Judgement[],
  bill: ReadBill,
  live: BookOrder[],
  claims: Claims,
): string[] {
  const { orders, score, claimed, likeness } = answer;
  const doubts = score < SURE ? ['too little speaks for any order'] : [];
  const leftOut = claims.named.filter((order) => !orders.includes(order));
  doubts.push(...leftOut.map(({ order }) => `it also names ${order.number}`));
  if (!isBeyondDoubt(answer)) {
    const explained = (meant: BookOrder[]) =>
      likeness >= LIKE && orders.some((order) => meant.includes(order));
    doubts.push(...claims.astray.filter(({ meant }) => !explained(meant)).map(({ says }) => says));
  }
  const exact = answers.find(
    (other) => isBeyondDoubt(other) && !other.orders.every((it) => orders.includes(it)),
  );
  if (exact && !answer.exact)
    doubts.push(`lines and amounts are those of ${exact.orders.map(({ order }) => order.number).join(', ')}`);
  // Whose commitment is billed must not depend on a slip of coding where no number confirms it.
  const lines = orders.flatMap((order) => order.lines);
  const elsewhere = bill.goods.some(
    (line) => lines.length > 0 && lines.every((it) => isTrackedOtherwise(line, it)),
  );
  if (elsewhere && claimed < SURE) doubts.push('it is coded to another project');
  for (const [at, like] of likeEach(bill, orders).entries()) {
    const home = like <= STRANGE && live.find((order) => likeEach(bill, [order])[at]! >= AT_HOME);
    if (home) doubts.push(`a line is rather one of ${home.order.number}`);
  }
  return doubts;
}

function isBeyondDoubt({ exact, likeness }: Judgement): boolean {
  return exact && likeness >= BEYOND_DOUBT;
}
