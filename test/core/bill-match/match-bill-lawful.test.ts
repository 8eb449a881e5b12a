import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchBill } from '../../../lib/core/bill-match/match-bill.ts';
import type { BillToMatch, LineToMatch, OrderToMatch } from '../../../lib/core/bill-match/matchable.ts';
import { indexOrders } from '../../../lib/core/bill-match/order-book.ts';
import { money } from '../../../lib/core/money.ts';
import { bill, line, order } from './builders.ts';

const WORDS = [
  'concrete',
  'slab',
  'level 1',
  'level 2',
  'freight',
  'rebar',
  'claim',
  '30 %',
  'hire',
  'rent',
  'invoice',
];
const lines = fc.array(
  fc.record({
    words: fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }),
    net: fc.constantFrom('100', '250.50', '333.33', '1200', '1550.50', '9999.99', '-50', '0'),
    account: fc.constantFrom('310', '320', ''),
    project: fc.constantFrom('Riverside', 'Oak Street', ''),
    item: fc.constantFrom(undefined, 'A', 'B'),
  }),
  { maxLength: 4 },
);
const asLines = (
  all: { words: string[]; net: string; account: string; project: string; item: string | undefined }[],
) =>
  all.map(
    ({ words, net, item, ...codes }): LineToMatch =>
      line(words.join(' '), net, { ...codes, ...(item !== undefined && { item }) }),
  );
const date = fc.constantFrom('2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16', '2026-12-20');
const orders = fc
  .array(
    fc.record({
      lines,
      contact: fc.constantFrom('hudson', 'hudson', 'avon'),
      status: fc.constantFrom(
        'AUTHORISED',
        'AUTHORISED',
        'BILLED',
        'SUBMITTED',
        'DRAFT',
        'DELETED',
        'PAUSED',
      ),
      currency: fc.constantFrom('USD', 'USD', 'USD', 'CAD'),
      date,
    }),
    { maxLength: 7 },
  )
  .map((all) =>
    all.map(
      ({ lines: some, contact, ...fields }, at): OrderToMatch =>
        order(`PO-010${at}`, asLines(some), { ...fields, contact: { id: contact } }),
    ),
  );
const references = fc.constantFrom(
  '',
  'INV-77',
  'PO-0101',
  '0102',
  'INV 8831 / PO 103',
  'PO-0100, 0102',
  'PO-0113',
);
const bills = fc
  .record({ number: references, lines, date })
  .map(({ number, lines: some, date: on }): BillToMatch => bill(number, asLines(some), { date: on }));
const shuffled = <T>(all: readonly T[]) => fc.shuffledSubarray([...all], { minLength: all.length });

describe('whatever the bill and the orders', () => {
  it('the answer is live orders of its supplier in its currency, released to somebody', () => {
    fc.assert(
      fc.property(bills, orders, (one, all) => {
        const match = matchBill(one, indexOrders(all));
        if (!('orders' in match)) return;
        const chosen = match.orders.map((id) => all.find((it) => it.id === id)!);
        expect(chosen.length).toBeGreaterThan(0);
        for (const { contact, currency, status } of chosen) {
          expect([contact!.id, currency]).toEqual(['hudson', 'USD']);
          expect(['AUTHORISED', 'BILLED', 'SUBMITTED']).toContain(status);
        }
        expect(match.why.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('it does not matter how lines and orders are sorted', () => {
    const both = fc.tuple(bills, orders).chain(([one, all]) =>
      fc.record({
        one: fc.constant(one),
        all: fc.constant(all),
        lines: shuffled(one.lines),
        sorted: shuffled(all).chain((some) =>
          fc.tuple(...some.map((it) => shuffled(it.lines).map((own) => ({ ...it, lines: own })))),
        ),
      }),
    );
    fc.assert(
      fc.property(both, ({ one, all, lines: otherwise, sorted }) => {
        const [match, other] = [
          matchBill(one, indexOrders(all)),
          matchBill({ ...one, lines: otherwise }, indexOrders(sorted)),
        ].map((it) => ('orders' in it ? it.orders.toSorted() : 'none' in it ? 'none' : 'ask'));
        expect(other).toEqual(match);
      }),
      { numRuns: 300 },
    );
  });

  it('what is asked has a reason, and so has each candidate', () => {
    fc.assert(
      fc.property(bills, orders, (one, all) => {
        const match = matchBill(one, indexOrders(all));
        if (!('ask' in match)) return;
        expect(match.why.length).toBeGreaterThan(0);
        for (const { reasons } of match.ask) expect(reasons.length).toBeGreaterThan(0);
        // Orders that cannot be the answer come last.
        const scores = match.ask.filter(({ orders: [id] }) => {
          const found = all.find((it) => it.id === id)!;
          return found.contact!.id === 'hudson' && found.status !== 'DELETED';
        });
        expect(scores).toEqual(scores.toSorted((a, b) => b.score - a.score));
      }),
      { numRuns: 300 },
    );
  });

  it('an open order is never passed over that is all of the bill: it is answered or asked about', () => {
    fc.assert(
      fc.property(bills, orders, fc.nat(), (one, all, pick) => {
        const copy = all[pick % Math.max(1, all.length)];
        if (!copy || copy.status === 'DELETED' || copy.contact!.id !== 'hudson') return;
        if (!copy.lines.some(({ net }) => net.gt(0))) return;
        const match = matchBill({ ...one, lines: copy.lines }, indexOrders(all));
        expect('none' in match).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('a number in full and a copy of the lines are answered, whoever else has such an order', () => {
    fc.assert(
      fc.property(orders, lines, (others, some) => {
        const copied = [line('Slab concrete', '4321.09'), ...asLines(some).filter(({ net }) => net.gt(0))];
        const meant = order('PO-0107', copied, { date: '2026-11-10' });
        const match = matchBill(bill('INV 5512 / PO-0107', copied), indexOrders([...others, meant]));
        expect(match).toMatchObject({ orders: ['PO-0107'] });
      }),
      { numRuns: 200 },
    );
  });

  it('what was billed before is no argument for a NONE, and amounts of any size are borne', () => {
    fc.assert(
      fc.property(bills, orders, fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (one, all, amount) => {
        const huge = { ...one, lines: [...one.lines, line('slab', `${amount}e-4`)] };
        const billed = new Map(all.map(({ id }) => [id, money(`${amount}e-2`)]));
        const [fresh, later] = [matchBill(huge, indexOrders(all)), matchBill(huge, indexOrders(all), billed)];
        if ('none' in later) expect('none' in fresh).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
