import { describe, expect, it } from '@jest/globals';
import { procoreFloorOfBills, procoreFloorOfDrafts, procoreFloorOfOrders, xeroFloor } from '../floors.ts';
import { mixOf, workload } from './workload.ts';

const TODAY = '2026-11-22';
const work = workload(500, TODAY);

describe('the workload', () => {
  it('is the same at every run', () => {
    expect(workload(500, TODAY)).toEqual(work);
  });

  it('has a bill for each order, most in full, some in part, some of no order', () => {
    expect(work.bills).toHaveLength(500);
    expect(mixOf(work.bills)).toMatch(/^(\d+ (in-full|in-part|without-order)(, |$)){3}/);
    const share = (kind: string) => work.bills.filter((bill) => bill.kind === kind).length / 500;
    expect(share('in-full')).toBeGreaterThan(0.7);
    expect(share('in-part')).toBeGreaterThan(0.05);
    expect(share('without-order')).toBeGreaterThan(0.04);
  });

  it('gives every document an id of its own, and every order a number of its own', () => {
    const ids = [
      ...work.orders.map(({ PurchaseOrderID }) => PurchaseOrderID),
      ...work.bills.map(({ InvoiceID }) => InvoiceID),
    ];
    expect(new Set(ids).size).toBe(1000);
    expect(new Set(work.orders.map(({ PurchaseOrderNumber }) => PurchaseOrderNumber)).size).toBe(500);
  });

  it('bills the lines of the order, all or the first half', () => {
    const orders = new Map(work.orders.map((order) => [order.PurchaseOrderID, order]));
    for (const { kind, orderId, LineItems = [] } of work.bills) {
      if (kind === 'without-order') expect(orderId).toBeUndefined();
      else {
        const lines = orders.get(orderId!)!.LineItems!.length;
        expect(LineItems).toHaveLength(kind === 'in-full' ? lines : Math.ceil(lines / 2));
      }
    }
  });

  it('may have bills of one kind only', () => {
    const { bills } = workload(20, TODAY, { only: 'without-order' });
    expect(mixOf(bills)).toBe('20 without-order');
  });
});

describe('the floor', () => {
  it('of orders is a call for the lines of each, and two syncs for every thousand', () => {
    const { orders } = workload(1001, TODAY);
    expect(procoreFloorOfOrders(orders)).toBe(1001 + 4);
    expect(procoreFloorOfDrafts(orders)).toBe(1001);
  });

  it('of bills is a call for each on an order; direct costs go by the thousand', () => {
    expect(procoreFloorOfBills(workload(20, TODAY, { only: 'in-full' }).bills)).toBe(20);
    expect(procoreFloorOfBills(workload(20, TODAY, { only: 'without-order' }).bills)).toBe(2);
  });

  it.each([
    [1, 1],
    [100, 1],
    [101, 2],
    [10_000, 100],
  ])('of %d documents is %d calls to Xero', (documents, calls) => {
    expect(xeroFloor(documents)).toBe(calls);
  });
});
