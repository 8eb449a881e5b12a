import type { Money } from '../money.ts';
import { formatMoney, money, sum, toCents } from '../money.ts';
import type { Evidence } from './evidence.ts';
import { likeLines } from './like-lines.ts';
import type { ReadBill } from './read-bill.ts';
import type { ReadLine } from './read-lines.ts';

/** What amounts say that are to the cent what the orders let expect. Undefined where they are not. */
export function exactAmounts(bill: ReadBill, lines: ReadLine[], left: Money): Evidence | undefined {
  const ordered = sum(lines.map(({ net }) => net));
  const goods = sum(lines.filter(({ besides }) => !besides).map(({ net }) => net));
  const [full, each] = [inFull(bill, [ordered, left, goods]), byLines(bill.goods, lines)];
  if (full && each) return { points: full.points + LINE_BY_LINE, says: `${full.says}, line by line` };
  const found = [full, each, byPercent(bill, ordered), byRatio(bill.goods, lines)];
  return found.filter((evidence) => evidence !== undefined).toSorted((a, b) => b.points - a.points)[0];
}

/** What the size alone says: a bill may be for a part of what is left, hardly for much more. */
export function sizeOfAmounts(bill: ReadBill, left: Money): Evidence {
  const least = bill.amounts.at(-1)?.amount ?? bill.net;
  const over = OVER.find(({ parts }) => least.gt(left.times(parts)));
  const says = `${formatMoney(least)} of ${formatMoney(left)}`;
  if (over) return { points: over.points, says: `bills more than is left: ${says}` };
  if (bill.net.lt(left.times(SMALL))) return { points: -1, says: `is small beside it: ${says}` };
  return { points: least.gte(left.times(ABOUT)) ? 1 : 0, says: `bills ${says}` };
}

/** From here to a little more it is about the whole order, at other prices. */
const ABOUT = 0.9;
/** Below this share it is rather a purchase over the counter than a delivery. */
const SMALL = 0.03;
/** Prices rise and quantities grow by some tenths; beyond that it is rather something else. */
const OVER = [
  { parts: 3, points: -4 },
  { parts: 1.5, points: -2.5 },
  { parts: 1.15, points: -1 },
];

/** Tax worked out line by line leaves cents. */
const CENTS = money('0.05');
/** That an uneven amount is the same by chance happens once in some thousands of bills; with round ones more often. */
const IN_FULL = { uneven: 5, round: 4 };

function inFull({ amounts }: ReadBill, ordered: Money[]): Evidence | undefined {
  for (const { amount, says } of amounts) {
    if (!ordered.some((total) => total.gt(0) && total.minus(amount).abs().lte(CENTS))) continue;
    const points = amount.mod(100).eq(0) ? IN_FULL.round : IN_FULL.uneven;
    return { points, says: `${says} is what is ordered to the cent, ${formatMoney(amount)}` };
  }
  return undefined;
}

/** The total and all that it is made of. */
const LINE_BY_LINE = 1.5;

/** Whole lines of the order, as it was delivered: less than the whole of it, which other orders may share. */
const WHOLE_LINES = { some: 2.5, all: 3 };

function byLines(goods: ReadLine[], ordered: ReadLine[]): Evidence | undefined {
  const open = new Set(ordered.filter(({ besides }) => !besides));
  const count = open.size;
  let found = 0;
  for (const line of goods) {
    const same = [...open].find((other) => other.net.eq(line.net) && likeLines(line, other) >= 1);
    if (!same) continue;
    open.delete(same);
    found++;
  }
  if (count > 0 && open.size === 0)
    return { points: WHOLE_LINES.all, says: 'each line of the order is on the bill to the cent' };
  if (found > 0 && found === goods.length)
    return { points: WHOLE_LINES.some, says: 'each line of the bill is one of the order to the cent' };
  return undefined;
}

/** A share that the bill itself speaks of, to the cent; else a round one of a claim, which is soon met by chance. */
const PERCENT = { stated: 4, round: 2.5 };

function byPercent(bill: ReadBill, ordered: Money): Evidence | undefined {
  const share = (percent: Money | number | string) => toCents(ordered.times(percent).div(100));
  const is = (amount: Money) => bill.amounts.find((it) => it.amount.minus(amount).abs().lte(CENTS));
  for (const percent of bill.percents) {
    const rest = money('100').minus(percent);
    if (is(share(percent)))
      return { points: PERCENT.stated, says: `is ${percent} % of the order, as it says` };
    if (rest.gt(0) && is(share(rest)))
      return { points: PERCENT.stated, says: `is the order less ${percent} %, as it says` };
  }
  if (!bill.claim) return undefined;
  const [round] = ROUND.filter((percent) => is(share(percent)));
  return round === undefined ? undefined : { points: PERCENT.round, says: `claims ${round} % of the order` };
}

const ROUND = [5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 75, 80, 85, 90, 95];

/** The same part of several lines is no chance. */
const SAME_PART = 3;

function byRatio(goods: ReadLine[], ordered: ReadLine[]): Evidence | undefined {
  if (goods.length < 2) return undefined;
  const pairs = goods.map((line) => {
    const best = ordered.toSorted((a, b) => likeLines(line, b) - likeLines(line, a))[0];
    return best && likeLines(line, best) >= 2 ? ([line.net, best.net] as const) : undefined;
  });
  const [first] = pairs;
  if (!first) return undefined;
  const same = pairs.every(
    (pair) => pair && pair[1].times(first[0]).div(first[1]).minus(pair[0]).abs().lte('0.02'),
  );
  return same ? { points: SAME_PART, says: 'bills the same part of each of its lines' } : undefined;
}
