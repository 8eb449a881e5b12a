import type { Money } from '../money.ts';
import { money, sum, ZERO } from '../money.ts';
import type { BillToMatch } from './matchable.ts';
import { periodsIn } from './periods.ts';
import type { ReadLine } from './read-lines.ts';
import { readLine } from './read-lines.ts';
import type { Words } from './words.ts';
import { readWords } from './words.ts';

/** A bill, read for comparing. A credit is read as the charge that it takes back: all its signs are turned. */
export interface ReadBill {
  lines: ReadLine[];
  /** What was bought: no freight and the like, nothing negative, unless there is nothing else. */
  goods: ReadLine[];
  /** Of each of those, how much it counts: half by lines, half by money, so that neither drowns the rest. */
  shares: number[];
  /** What of it may equal an order: everything; without what comes besides; without what is taken off; neither. */
  amounts: { amount: Money; says: string }[];
  net: Money;
  /** The least of its amounts that may be for an order: all that is charged for goods. */
  least: Money;
  credit: boolean;
  /** Of the lines and the reference. */
  words: Words;
  /** Percentages that it speaks of, and what they leave of the whole: "less 10 %". */
  percents: string[];
  /** Months and days that it names. */
  periods: ReadonlySet<string>;
  claim: boolean;
  currency: string;
  /** Days since 1970. */
  day?: number | undefined;
}

export function readBill(bill: BillToMatch): ReadBill {
  const worth = bill.lines.filter(({ net }) => !net.eq(0));
  const credit = sum(worth.map(({ net }) => net)).lt(0);
  const lines = worth.map(readLine).map((line) => (credit ? { ...line, net: line.net.neg() } : line));
  const texts = [bill.number, ...bill.lines.map(({ description }) => description)];
  const bought = lines.filter(({ net, besides }) => net.gt(0) && !besides);
  const charged = lines.filter(({ net }) => net.gt(0));
  const goods = [bought, charged].find((some) => some.length > 0) ?? lines;
  const all = sum(goods.map(({ net }) => net.abs()));
  const amounts = amountsOf(lines);
  const net = sum(lines.map((line) => line.net));
  return {
    lines,
    goods,
    shares: goods.map(({ net }) => 0.5 / goods.length + 0.5 * Number(net.abs().div(all))),
    amounts,
    net,
    least: amounts.at(-1)?.amount ?? net,
    credit,
    words: readWords(...texts),
    percents: texts.flatMap((text) =>
      Array.from(
        text.matchAll(/(\d{1,3}(?:\.\d+)?)\s?(?:%|per ?cent\b|pct\b)/gi),
        ([, percent]) => percent!,
      ).flatMap((percent) => [percent, money('100').minus(percent).toFixed()]),
    ),
    periods: periodsIn(texts),
    claim: lines.some(({ claim }) => claim),
    currency: bill.currency,
    day: dayOf(bill.date),
  };
}

function amountsOf(lines: ReadLine[]): ReadBill['amounts'] {
  const charges = lines.filter(({ net }) => net.gt(0));
  const readings: [ReadLine[], string][] = [
    [lines, 'the amount'],
    [lines.filter(({ besides }) => !besides), 'the amount without freight and the like'],
    [charges, 'the amount before deductions'],
    [charges.filter(({ besides }) => !besides), 'the amount without freight and before deductions'],
  ];
  const amounts = readings.map(([counted, says]) => ({ amount: sum(counted.map(({ net }) => net)), says }));
  const different = amounts.filter(
    ({ amount }, at) => at === amounts.findIndex((other) => other.amount.eq(amount)),
  );
  return different.filter(({ amount }) => amount.gt(ZERO));
}

/** Days since 1970 of a calendar date `YYYY-MM-DD`. */
export function dayOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : Date.parse(date) / 86_400_000;
}
