import type { Money } from '../money.ts';
import { formatMoney, sum } from '../money.ts';
import type { Evidence } from './evidence.ts';
import { isSameLine, likeLines } from './like-lines.ts';
import type { ReadBill } from './read-bill.ts';
import type { ReadLine } from './read-lines.ts';
import { isRound, isSameAmount } from './same-amount.ts';

export interface ExactAmounts extends Evidence {
  /** Whether it is said of the whole bill, to the cent. */
  whole: boolean;
}

/** What amounts say that are to the cent what the orders let expect. Undefined where they are not. */
export function exactAmounts(bill: ReadBill, ordered: ReadLine[], left: Money): ExactAmounts | undefined {
  const lines = goodsOf(ordered);
  const total = totalOf(ordered);
  const [full, each] = [inFull(bill, [total, left, totalOf(lines)]), byLines(bill.goods, lines)];
  if (full && each && bill.goods.length > 1)
    return { ...full, points: full.points + LINE_BY_LINE, says: `${full.says}, line by line` };
  const all = [full, each, byPercent(bill, total), byRatio(bill.goods, lines)];
  const found = all.filter((evidence) => evidence !== undefined).toSorted((a, b) => b.points - a.points);
  return found[0] && { ...found[0], whole: found.some(({ whole }) => whole) };
}

/** What the size alone says: a bill may be for a part of what is left, hardly for much more. */
export function sizeOfAmounts(bill: ReadBill, ordered: ReadLine[], left: Money): Evidence {
  const { least } = bill;
  const says = `${formatMoney(least)} of ${formatMoney(left)}`;
  if (bill.net.lt(totalOf(ordered).times(SMALL))) return { points: -1, says: `is small beside it: ${says}` };
  if (least.eq(0) || left.lte(0)) return { points: 0, says: '' };
  const over = OVER.find(({ parts }) => least.gt(left.times(parts)));
  if (over) return { points: over.points, says: `bills more than is left: ${says}` };
  if (least.lt(left.times(ABOUT))) return { points: 0, says: `bills ${says}` };
  const points = isAboutEach(bill.goods, goodsOf(ordered)) ? ABOUT_EACH : 1;
  return { points, says: `bills about the whole: ${says}` };
}

/** That an uneven amount is the same by chance happens once in some thousands of bills. */
const IN_FULL = { uneven: 5, round: 4 };
/** The total, and each of several amounts that it is made of. */
const LINE_BY_LINE = 1.5;

function inFull({ amounts, lines }: ReadBill, totals: Money[]): ExactAmounts | undefined {
  const found = amounts.find(({ amount }) =>
    totals.some((total) => total.gt(0) && isSameAmount(total, amount, lines.length)),
  );
  if (!found) return undefined;
  const points = isRound(found.amount) ? IN_FULL.round : IN_FULL.uneven;
  return {
    whole: true,
    points,
    says: `${found.says} is what is ordered to the cent, ${formatMoney(found.amount)}`,
  };
}

/** Whole lines of the order, as they were delivered: less than the whole of it, which other orders may share. */
const WHOLE_LINES = { some: 2.5, all: 3, oneRound: 1 };

function byLines(goods: ReadLine[], ordered: ReadLine[]): ExactAmounts | undefined {
  const open = new Set(ordered);
  const found = goods.filter((line) => {
    const same = [...open].find((other) => isSameLine(line, other));
    return same && open.delete(same);
  });
  const whole = found.length === goods.length;
  if (found.length > 0 && open.size === 0)
    return { whole, points: WHOLE_LINES.all, says: 'each line of the order is on the bill to the cent' };
  if (found.length === 0 || !whole) return undefined;
  const points = goods.length === 1 && isRound(goods[0]!.net) ? WHOLE_LINES.oneRound : WHOLE_LINES.some;
  return { whole, points, says: 'each line of the bill is one of the order to the cent' };
}

/** A share that the bill itself speaks of, to the cent; else a round one of a claim, which a round amount soon is. */
const PERCENT = { stated: 4, uneven: 3.5, round: 2 };
const ROUND_PERCENTS = '5,10,15,20,25,30,40,50,60,70,75,80,85,90,95'.split(',');

/** Of what is retained at first half is released on completion. */
const RETAINED_PERCENTS = ['10', '5', '3', '2.5', '1.5'];

function byPercent({ amounts, goods, percents, claim }: ReadBill, total: Money): ExactAmounts | undefined {
  const shareOf = (percent: string) => total.times(percent).times('0.01');
  const isShare = (percent: string) => {
    const share = shareOf(percent);
    return share.gt(0) && amounts.some(({ amount }) => isSameAmount(amount, share));
  };
  const stated = percents.find(isShare);
  if (stated !== undefined)
    return { whole: true, points: PERCENT.stated, says: `is ${stated} % of the order, as it says` };
  const usual = goods.every(({ retention }) => retention) ? RETAINED_PERCENTS : ROUND_PERCENTS;
  const round = claim ? usual.find(isShare) : undefined;
  if (round === undefined) return undefined;
  const points = isRound(shareOf(round)) ? PERCENT.round : PERCENT.uneven;
  return { whole: false, points, says: `claims ${round} % of the order` };
}

/** The same part of several lines is no chance. */
const SAME_PART = 3;

function byRatio(goods: ReadLine[], ordered: ReadLine[]): ExactAmounts | undefined {
  if (goods.length < 2) return undefined;
  const pairs = goods.map((line) => {
    const best = ordered.toSorted((a, b) => likeLines(line, b) - likeLines(line, a))[0];
    return best && likeLines(line, best) >= 2 ? { billed: line.net, whole: best.net } : undefined;
  });
  const [first] = pairs;
  const same = pairs.every((pair) => {
    if (!first || !pair) return false;
    const off = pair.billed.times(first.whole).minus(pair.whole.times(first.billed));
    return off.abs().lte(first.whole.abs().times('0.02'));
  });
  return same
    ? { whole: false, points: SAME_PART, says: 'bills the same part of each of its lines' }
    : undefined;
}

/** Prices rise and quantities grow by some tenths; beyond that it is rather something else. */
const OVER = [
  { parts: 3, points: -4 },
  { parts: 1.5, points: -2.5 },
  { parts: 1.15, points: -1 },
];
/** From here to as much more it is the whole order, at other prices. */
const ABOUT = 0.9;
/** And the same number of lines, each about the amount of one that is ordered. */
const ABOUT_EACH = 3;
/** Below this share it is rather a purchase over the counter than a delivery. */
const SMALL = 0.03;

function isAboutEach(goods: ReadLine[], ordered: ReadLine[]): boolean {
  if (goods.length < 2 || goods.length !== ordered.length) return false;
  const [billed, expected] = [goods, ordered].map((lines) =>
    lines.map(({ net }) => net).sort((a, b) => a.cmp(b)),
  ) as [Money[], Money[]];
  return billed.every((net, at) => {
    const whole = expected[at]!;
    return net
      .minus(whole)
      .abs()
      .lte(whole.abs().times(1 - ABOUT));
  });
}

function goodsOf(lines: ReadLine[]): ReadLine[] {
  return lines.filter(({ besides }) => !besides);
}

function totalOf(lines: ReadLine[]): Money {
  return sum(lines.map(({ net }) => net));
}
