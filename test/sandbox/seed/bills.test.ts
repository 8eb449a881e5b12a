import { describe, expect, it } from '@jest/globals';
import { Big } from 'big.js';
import { documentAmounts } from '../../../lib/sandbox/seed/amounts.ts';
import type { SeedBill } from '../../../lib/sandbox/seed/bill.ts';
import { BILLS } from '../../../lib/sandbox/seed/bills.ts';
import { CREDIT_NOTES } from '../../../lib/sandbox/seed/credit-notes.ts';
import { ORDERS } from '../../../lib/sandbox/seed/orders.ts';
import { seedXero } from '../../../lib/sandbox/seed/seed-xero.ts';
import { creditedTo, paymentsOf } from '../../../lib/sandbox/seed/settlement.ts';
import { openBooks } from '../../../lib/sandbox/xero/open-books.ts';

const totalOf = (bill: SeedBill) => documentAmounts(bill.lines, bill.amounts).total;
const billed = (key: string) => BILLS.find((bill) => bill.key === key)!;
const orderNumbers = (bill: SeedBill) => bill.reference.match(/PO-\d+/g) ?? [];

describe('the seeded bills', () => {
  it('come with and without an order number, merged from two orders, and with freight the order lacks', () => {
    expect(BILLS.filter((bill) => orderNumbers(bill).length === 1).length).toBeGreaterThan(30);
    expect(BILLS.filter((bill) => orderNumbers(bill).length === 2)).toHaveLength(1);
    expect(BILLS.filter((bill) => orderNumbers(bill).length === 0).length).toBeGreaterThan(15);
    const lines = billed('PO-1207 of 78 days ago').lines;
    expect(lines.map((line) => line.item)).toEqual(['TIM-LVL', 'TIM-2x6', 'INS-R19', 'FRT']);
  });

  it("are the order's supplier's, never dated before the order, and name no order that does not exist", () => {
    for (const bill of BILLS) {
      for (const number of orderNumbers(bill)) {
        const order = ORDERS.find((candidate) => candidate.number === number);
        expect(order?.supplier).toBe(bill.supplier);
        expect(order?.daysAgo).toBeGreaterThanOrEqual(bill.daysAgo);
      }
    }
  });

  it('bill three parts of PO-1203 that make up the whole', () => {
    const parts = BILLS.filter((bill) => bill.reference === 'PO-1203').map(totalOf);
    const order = ORDERS.find(({ number }) => number === 'PO-1203')!;
    const whole = documentAmounts(order.lines, order.amounts).total;
    expect(parts).toHaveLength(3);
    expect(
      parts
        .reduce((sum, part) => sum.plus(part))
        .minus(whole)
        .abs()
        .lt('0.03'),
    ).toBe(true);
  });

  it('carry no discounts, which Xero does not have on bills, and still cost what the discounted order did', () => {
    expect(BILLS.flatMap(({ lines }) => lines).filter((line) => line.discount)).toEqual([]);
    const [first] = billed('PO-1228 of 21 days ago').lines;
    expect(first).toMatchObject({ item: 'RNT-LIFT', quantity: '1', price: '2289.38' }); // half of 4578.75
  });

  it('are paid after they were entered and never beyond what is due', () => {
    for (const bill of BILLS) {
      const payments = paymentsOf(bill);
      for (const { daysAgo, amount } of payments) {
        expect(daysAgo).toBeLessThan(bill.daysAgo);
        expect(amount.gt(0)).toBe(true);
      }
      const paid = payments.reduce((sum, { amount }) => sum.plus(amount), new Big(0));
      expect(paid.plus(creditedTo(bill)).lte(totalOf(bill))).toBe(true);
      if (bill.status !== 'AUTHORISED') expect(payments).toEqual([]);
    }
    expect(BILLS.filter(({ payments }) => payments.some(({ share }) => share !== 'rest'))).toHaveLength(7);
  });

  it('are credited by supplier credit notes on bills that exist', () => {
    const allocated = CREDIT_NOTES.flatMap((note) => (note.allocated ? [note] : []));
    expect(allocated.map((note) => billed(note.allocated!.bill).supplier)).toEqual(
      allocated.map((note) => note.supplier),
    );
    expect(creditedTo(billed('PO-1203 of 80 days ago')).toFixed(2)).toBe('622.00'); // 574.60 and 47.40 of tax
  });

  it('stand as paid, part paid, open and dead once Xero has settled them', () => {
    const books = openBooks(seedXero('2026-11-22'), {
      now: () => new Date('2026-11-22T12:00:00Z'),
      newId: String,
    });
    const bills = [...books.invoices.values()].filter(({ Type }) => Type === 'ACCPAY');
    const states = Map.groupBy(bills, (bill) =>
      bill.Status === 'AUTHORISED' && bill.AmountPaid > 0 ? 'part paid' : bill.Status,
    );
    expect(Object.fromEntries([...states].map(([state, all]) => [state, all.length]))).toEqual({
      PAID: 32,
      'part paid': 6,
      AUTHORISED: 15,
      SUBMITTED: 3,
      DRAFT: 2,
      VOIDED: 1,
      DELETED: 1,
    });
  });
});
