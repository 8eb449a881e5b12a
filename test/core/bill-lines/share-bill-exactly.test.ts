import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shareBill } from '../../../lib/core/bill-lines/share-bill.ts';
import type { LineToShare, OrderToShare } from '../../../lib/core/bill-lines/shareable.ts';
import { formatMoney, money, sum, toCents } from '../../../lib/core/money.ts';

const WORDS = [
  'concrete',
  'slab',
  'freight',
  'less',
  'discount',
  'retention',
  'claim',
  '25MPa',
  'labour',
  'invoice',
];
const content = fc.record({
  words: fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }),
  item: fc.constantFrom(undefined, 'A', 'B'),
  account: fc.constantFrom(undefined, '310', '320'),
  project: fc.constantFrom('', 'Riverside', 'Oak Street'),
  // Prices of Xero have four decimals; nothing, and amounts that occur twice, among them.
  net: fc.oneof(fc.integer({ min: -2e8, max: 9e8 }), fc.constantFrom(0, 1_000_000, 33_333, -33_333)),
});
const lines = (prefix: string) =>
  fc.array(content, { maxLength: 8 }).map((all) =>
    all.map(
      ({ words, item, account, project, net }, at): LineToShare => ({
        id: `${prefix}-${at}`,
        description: words.join(' '),
        net: money(`${net}e-4`),
        ...(item !== undefined && { item }),
        ...(account !== undefined && { account }),
        tracking: project === '' ? [] : [{ category: 'Project', option: project }],
      }),
    ),
  );
const orders = fc.tuple(lines('a'), lines('b')).map(([a, b]): OrderToShare[] => [
  { id: 'order-a', lines: a },
  { id: 'order-b', lines: b },
]);
const before = fc
  .dictionary(fc.constantFrom('a-0', 'a-1', 'b-0'), fc.integer({ min: -1e5, max: 9e6 }))
  .map((cents) => new Map(Object.entries(cents).map(([id, amount]) => [id, money(`${amount}e-2`)])));

describe('shares and extras', () => {
  it('together are the bill to the cent, whatever the bill and its orders, on lines that there are', () => {
    fc.assert(
      fc.property(lines('bill'), orders, before, (billed, ordered, earlier) => {
        const { shares, extras } = shareBill({ lines: billed }, ordered, earlier);
        const total = sum([...shares, ...extras].map(({ amount }) => amount));
        expect(formatMoney(total)).toBe(formatMoney(sum(billed.map(({ net }) => net))));
        for (const { order, line, amount } of shares) {
          expect(amount.eq(toCents(amount))).toBe(true);
          const found = ordered.find(({ id }) => id === order)!.lines.find(({ id }) => id === line)!;
          expect(found.net.eq(0)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are the same however the lines of both are sorted, and the orders', () => {
    const shuffled = fc.tuple(lines('bill'), orders, before).chain(([billed, ordered, earlier]) =>
      fc.record({
        billed: fc.constant(billed),
        otherwise: fc.shuffledSubarray(billed, { minLength: billed.length }),
        ordered: fc.constant(ordered),
        orderedOtherwise: fc
          .tuple(
            ...ordered.map(({ id, lines: all }) =>
              fc
                .shuffledSubarray([...all], { minLength: all.length })
                .map((sorted) => ({ id, lines: sorted })),
            ),
          )
          .map((all) => all.toReversed()),
        earlier: fc.constant(earlier),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ billed, otherwise, ordered, orderedOtherwise, earlier }) => {
        expect(shareBill({ lines: otherwise }, orderedOtherwise, earlier)).toEqual(
          shareBill({ lines: billed }, ordered, earlier),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('take no line below nothing that the order does not have below nothing', () => {
    fc.assert(
      fc.property(lines('bill'), orders, (billed, ordered) => {
        const credit = sum(billed.map(({ net }) => net)).lt(0);
        const { shares } = shareBill({ lines: billed }, ordered);
        for (const { order, line, amount } of shares) {
          const { net } = ordered.find(({ id }) => id === order)!.lines.find(({ id }) => id === line)!;
          expect(net.lt(0) || (credit ? amount.lte(0) : amount.gte(0))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keep what the bill says it adds up to', () => {
    fc.assert(
      fc.property(lines('bill'), orders, fc.integer({ min: -1e6, max: 1e6 }), (billed, ordered, cents) => {
        const subTotal = money(`${cents}e-2`);
        const { shares, extras } = shareBill({ lines: billed, subTotal }, ordered);
        expect(formatMoney(sum([...shares, ...extras].map(({ amount }) => amount)))).toBe(
          formatMoney(subTotal),
        );
      }),
    );
  });
});
