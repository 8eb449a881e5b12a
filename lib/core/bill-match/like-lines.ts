import type { ReadLine } from './read-lines.ts';
import { isRound, isSameAmount } from './same-amount.ts';
import type { Words } from './words.ts';
import { isTelling, likeness } from './words.ts';

/** How much speaks for a line of a bill being for one of an order, its amount aside: from 2 it belongs, below 0 rather not. */
export function likeLines(bill: ReadLine, order: ReadLine): number {
  return add([...likeCodes(bill, order), likeDescriptions(bill, order.words, isSameItem(bill, order))]);
}

/** Whether a line of a bill is one of an order, whole: the same amount, of which an uneven one tells more than words. */
export function isSameLine(bill: ReadLine, order: ReadLine): boolean {
  return isSameAmount(bill.net, order.net) && (!isRound(order.net) || likeLines(bill, order) >= 1);
}

/**
 * How much speaks for a line of a bill being for something of an order. One line may bill what many lines order, and
 * tell of them all, so it is held against the whole as well: the codes of any of its lines, and all its words.
 */
export function likeOrder(bill: ReadLine, ordered: ReadLine[], all: Words): number {
  // The delivery that an order includes is like any bill at all.
  const goods = ordered.filter(({ besides }) => !besides);
  const lines = bill.besides || goods.length === 0 ? ordered : goods;
  const ofAll = likeDescriptions(bill, all);
  const points = lines.map((line) => {
    const codes = likeCodes(bill, line);
    const same = isSameAmount(bill.net, line.net) ? SAME_AMOUNT[isRound(line.net) ? 'round' : 'uneven'] : 0;
    const words = likeDescriptions(bill, line.words, isSameItem(bill, line));
    return Math.max(add([...codes, words, same]), add([...codes, ofAll]));
  });
  return Math.max(...points);
}

/** An item is chosen from a list for what it is; the same one is hardly chance. Other ones may be the same goods. */
const ITEM = { same: 3.5, other: -1.5 };
/** Few accounts take all purchases, so the same one says little; another one means another kind of cost. */
const ACCOUNT = { same: 1, other: -2 };
/** Another project is another job, or a slip. */
const TRACKING = { same: 1, other: -3, missing: -0.5 };
/** To the cent. */
const SAME_AMOUNT = { uneven: 2, round: 1 };
/** The price of a unit, agreed in the order, comes back in each partial delivery. */
const SAME_PRICE = 1.5;
/** From nothing alike to the same text. Suppliers have words of their own, so other words do not rule a line out. */
const DESCRIPTION = { none: -2, same: 3 };
/** Rent, telephones and fuel cards are bought without orders, also from those who supply to orders. */
const OVERHEAD = -2.5;

/** What speaks for a line is soon the same thing said again, so it is capped; what speaks against it is not outweighed. */
function add(points: number[]): number {
  let [inFavour, against] = [0, 0];
  for (const it of points) {
    if (it > 0) inFavour += it;
    else against += it;
  }
  return Math.min(MOST, inFavour) + Math.max(LEAST, against);
}

const MOST = 5;
const LEAST = -5;

function likeCodes(bill: ReadLine, order: ReadLine): number[] {
  const { unitAmount: a } = bill;
  const { unitAmount: b } = order;
  return [
    agree(bill.item, order.item, ITEM),
    likeAccount(bill, order),
    likeTracking(bill, order),
    a && b && !a.eq(0) && a.eq(b) ? SAME_PRICE : 0,
  ];
}

function agree(
  a: string | undefined,
  b: string | undefined,
  points: { same: number; other: number },
): number {
  if (a === undefined || b === undefined) return 0;
  return a === b ? points.same : points.other;
}

/** What is retained has an account of its own. */
function likeAccount(bill: ReadLine, order: ReadLine): number {
  return bill.retention ? 0 : agree(bill.account, order.account, ACCOUNT);
}

function likeTracking({ tracking: a }: ReadLine, { tracking: b }: ReadLine): number {
  const shared = [...a.keys()].filter((category) => b.has(category));
  if (shared.length === 0) return a.size + b.size > 0 ? TRACKING.missing : 0;
  const same = shared.filter((category) => a.get(category) === b.get(category)).length;
  if (same === shared.length) return TRACKING.same;
  return same === 0 ? TRACKING.other : TRACKING.other / 2;
}

/** Whether both lines have a project and it is not the same. */
export function isTrackedOtherwise(bill: ReadLine, order: ReadLine): boolean {
  return likeTracking(bill, order) === TRACKING.other;
}

/** Whether account or project speak against two lines having to do with one another. */
export function isCodedOtherwise(bill: ReadLine, order: ReadLine): boolean {
  return likeAccount(bill, order) < 0 || likeTracking(bill, order) < TRACKING.missing;
}

/** Whether a line is of another account and of no project, where one is ordered for: a cost of the business, not of a job. */
export function isOfNoJob(bill: ReadLine, order: ReadLine): boolean {
  return (
    agree(bill.account, order.account, ACCOUNT) < 0 && bill.tracking.size === 0 && order.tracking.size > 0
  );
}

/** Whether two lines are of the same account and project, and both have a project. */
export function isCodedAlike(bill: ReadLine, order: ReadLine): boolean {
  const isAccount = bill.retention || likeAccount(bill, order) > 0;
  return isAccount && likeTracking(bill, order) === TRACKING.same;
}

function isSameItem(bill: ReadLine, order: ReadLine): boolean {
  return bill.item !== undefined && bill.item === order.item;
}

/** Other words say nothing against the same item, nor against a claim. */
function likeDescriptions(bill: ReadLine, order: Words, sameItem = false): number {
  const like = likeness(bill.words, order);
  if (like === undefined) return 0;
  // "Labour" and "Labour" name nothing, and still are the same.
  if (like === 1 && !isTelling(order)) return DESCRIPTION.same / 2;
  if (bill.overhead && like < 0.3) return DESCRIPTION.none + OVERHEAD;
  const points = DESCRIPTION.none + (DESCRIPTION.same - DESCRIPTION.none) * like;
  return bill.claim || sameItem ? Math.max(0, points) : points;
}
