import { sum } from '../money.ts';
import type { Astray, Claims } from './claims.ts';
import {
  isCodedAlike,
  isCodedOtherwise,
  isSameLine,
  isTrackedOtherwise,
  likeLines,
  likeOrder,
} from './like-lines.ts';
import { namesAnotherJob } from './named-jobs.ts';
import type { BookOrder } from './order-book.ts';
import type { ReadBill } from './read-bill.ts';
import { dayOf } from './read-bill.ts';
import type { ReadLine } from './read-lines.ts';
import type { Judgement } from './weigh.ts';
import { canBe, isLater } from './weigh.ts';

/**
 * From so many points an answer is given without a person: a number and nothing against it; lines that are alike, of
 * the same account and project; or an amount to the cent that little else speaks against. That account and project fit
 * one order alone is not enough: of what is bought by the way the same is true.
 */
const SURE = 4.5;
/** Like this, to the cent as well, a bill is an order's even though its number is wrong. */
const BEYOND_DOUBT = 8;
/** Like this it may well be an order's, so that a number one slip away is that slip. */
export const LIKE = 2;
/** A line that is so unlike its order, and so much like another, was perhaps merged into the bill from there. */
const [STRANGE, AT_HOME, FAR] = [0.5, 4, 3.5];
/** Like this, and the same amount, a line is one of an order. */
const BELONGS = 2;
/** Beyond this much of its order a bill may be for other orders as well, even where a number names that one. */
const TOO_MUCH = { named: 1.3, unnamed: 1.1 };

/** An answer that is likelier than all others, and what it was found among. */
export interface Best extends Judgement {
  bill: ReadBill;
  answers: Judgement[];
  /** What the bill cannot be for, and is like: orders of others, or deleted ones. */
  elsewhere: Judgement[];
  /** All orders of the supplier that are not deleted. */
  live: BookOrder[];
  claims: Claims;
}

/** In words, why a person has to look at an answer although no other is likelier. */
export function doubtsAbout(best: Best): string[] {
  return [
    tooLittle,
    leavesOut,
    isAstray,
    isExactlyAnother,
    isOfOtherProject,
    saysOtherProject,
    hasStrangers,
    isTooMuch,
    isUndivided,
  ].flatMap((doubt) => doubt(best));
}

function tooLittle({ score }: Best): string[] {
  return score < SURE ? ['too little speaks for any order'] : [];
}

function leavesOut({ orders, claims }: Best): string[] {
  return [...claims.named, ...claims.hinted]
    .filter((it) => !orders.includes(it))
    .map(({ order }) => `it also names ${order.number}`);
}

/** An order that is deleted and raised again is so within weeks; later it may be the next of its kind. */
const RAISED_AGAIN = 30;

/**
 * A number of an order that it cannot be: a slip of the pen, or a sign that lines and supplier mislead. That of a
 * deleted order stands for the one that was raised in its place.
 */
function isAstray(best: Best): string[] {
  // The number of another supplier's order was hardly mistyped, unless the amounts say so as well.
  const isSlip = ({ meant, orders }: Astray) =>
    best.likeness >= LIKE &&
    (orders.length === 0 || best.fits) &&
    best.orders.some((it) => meant.includes(it));
  const isSuccessor = (order: BookOrder) =>
    best.orders.every((it) => {
      const days = dayOf(it.order.date)! - dayOf(order.order.date)!;
      return days >= 0 && days <= RAISED_AGAIN;
    });
  return best.claims.astray
    .filter((astray) =>
      isBeyondDoubt(best)
        ? astray.deleted && !astray.orders.some(isSuccessor)
        : astray.deleted || !isSlip(astray),
    )
    .map(({ says }) => says);
}

/** The number says one, lines and amounts to the cent say another. */
function isExactlyAnother({ exact, orders, answers, elsewhere }: Best): string[] {
  const other = [...answers, ...elsewhere].find(
    (it) => isBeyondDoubt(it) && !it.orders.every((order) => orders.includes(order)),
  );
  return other && !exact ? [isThoseOf(other)] : [];
}

/**
 * Whose commitment is billed must not depend on a slip of coding where no number confirms it; nor on a slip of the
 * number, where the supplier has such goods on order for the project that it is coded to.
 */
function isOfOtherProject({ bill, orders, live, claimed }: Best): string[] {
  const lines = orders.flatMap((order) => order.lines);
  if (lines.length === 0) return [];
  const others = live.filter((order) => !orders.includes(order) && canBe(bill, order));
  const isElsewhere = (line: ReadLine) =>
    lines.every((ordered) => isTrackedOtherwise(line, ordered)) &&
    (claimed < SURE ||
      others.some((other) =>
        other.lines.some((ordered) => isCodedAlike(line, ordered) && likeLines(line, ordered) >= BELONGS),
      ));
  return bill.goods.some(isElsewhere) ? ['it is coded to another project'] : [];
}

/** The words name one job, the coding another. */
function saysOtherProject({ bill, live, exact, claimed }: Best): string[] {
  return !(exact && claimed >= SURE) && namesAnotherJob(bill, live)
    ? ['it is coded to another project than its words say']
    : [];
}

/** A line that is to the cent one of another order, even a draft, and none of these, was rather merged from there. */
function hasStrangers({ bill, orders, live }: Best): string[] {
  // Of a single line the amount says whose it is, and is weighed.
  const several = bill.lines.length > 1;
  const others = live.filter((order) => !orders.includes(order) && !isLater(bill, order));
  return bill.lines.flatMap((line) => {
    // Goods of another order are those also where somebody has coded the bill to the order that it names.
    const goods = { ...line, tracking: new Map() };
    const like = ({ lines, words }: BookOrder) => likeOrder(goods, lines, words);
    const isOwn = ({ lines }: BookOrder) =>
      lines.some(
        (ordered) =>
          !isCodedOtherwise(line, ordered) &&
          isSameLine(line, ordered) &&
          likeLines(line, ordered) >= BELONGS,
      );
    const here = Math.max(...orders.map(like));
    const isAtHome = (other: BookOrder) =>
      likeOrder(line, other.lines, other.words) >= AT_HOME ||
      (like(other) >= BELONGS && like(other) - here >= FAR);
    const isGoods = bill.goods.includes(line);
    const home = others.find(
      (other) =>
        (isGoods && here <= STRANGE && canBe(bill, other) && isAtHome(other)) ||
        (several && isOwn(other) && !orders.some(isOwn)),
    );
    return home ? [`a line is rather one of ${home.order.number}`] : [];
  });
}

function isTooMuch({ bill, orders, exact, claimed, live }: Best): string[] {
  const others = live.some((order) => !orders.includes(order) && canBe(bill, order));
  const ordered = sum(orders.map(({ net }) => net));
  const most = ordered.times(claimed >= SURE ? TOO_MUCH.named : TOO_MUCH.unnamed);
  return others && !exact && bill.least.gt(most)
    ? ['it bills far more than is ordered, and there are other orders']
    : [];
}

/** Several orders are named, and nothing says what of the bill each is to bear. */
function isUndivided({ bill, orders, fits }: Best): string[] {
  if (orders.length < 2 || fits || bill.goods.every(({ besides }) => besides)) return [];
  const isHome = (line: ReadLine) =>
    orders.some((order) => order.lines.some((ordered) => likeLines(line, ordered) >= BELONGS));
  return bill.goods.every(isHome) ? [] : ['nothing says what of it each of the orders is to bear'];
}

export function isThoseOf({ orders }: Judgement): string {
  return `lines and amounts are those of ${numbersOf(orders)}`;
}

export function isBeyondDoubt({ exact, likeness }: Judgement): boolean {
  return exact && likeness >= BEYOND_DOUBT;
}

function numbersOf(orders: BookOrder[]): string {
  return orders.map(({ order }) => order.number).join(', ');
}
