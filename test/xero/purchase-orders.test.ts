import { afterEach, describe, expect, it } from '@jest/globals';
import type { PurchaseOrder } from '../../lib/core/documents.ts';
import { all, openOffice } from './office.ts';

type Office = Awaited<ReturnType<typeof openOffice>>;
let office: Office;

const open = async (options?: Parameters<typeof openOffice>[0]) => {
  office = await openOffice(options);
  return office;
};

afterEach(() => office.sandbox.close());

const sightingOf = (order: { PurchaseOrderID: string; UpdatedDateUTC: string }) => ({
  id: order.PurchaseOrderID,
  version: order.UpdatedDateUTC,
});

describe('orders since an instant', () => {
  it('come page by page until the last, each once, with the clock of the first page', async () => {
    const { connector, order, clock } = await open({ limits: { minute: 500 } });
    for (let number = 0; number < 205; number += 1) order();
    const asked = clock.now();
    const pages = [];
    for await (const page of connector().purchaseOrdersSince()) {
      pages.push(page);
      clock.advance(1000);
    }
    expect(pages.map((page) => page.orders.length)).toEqual([100, 100, 5]);
    expect(new Set(pages.flatMap((page) => page.orders.map(({ id }) => id))).size).toBe(205);
    expect(pages.map((page) => page.serverTime)).toEqual(Array(3).fill(asked));
  });

  it('are only those that changed', async () => {
    const { connector, order, clock } = await open();
    order();
    clock.advance(60_000);
    const since = clock.now();
    const changed = order({ Reference: 'late' });
    const [page] = await all(connector().purchaseOrdersSince(since));
    expect(page?.orders.map(({ id }) => id)).toEqual([changed.PurchaseOrderID]);
  });

  it('skip none where one changes while the pages are read', async () => {
    const { connector, order } = await open();
    const orders = Array.from({ length: 150 }, () => order());
    const seen = new Set<string>();
    for await (const page of connector().purchaseOrdersSince()) {
      for (const { id } of page.orders) seen.add(id);
      for (const { PurchaseOrderID } of orders.slice(0, 10)) order({ PurchaseOrderID, Reference: 'edited' });
    }
    // Those edited meanwhile are the next poll's; none of the others may be missing.
    expect(orders.slice(10).filter(({ PurchaseOrderID }) => !seen.has(PurchaseOrderID))).toEqual([]);
  });

  it('bring prices with four decimals and amounts without rounding', async () => {
    const { connector, order } = await open();
    order();
    const [page] = await all(connector().purchaseOrdersSince());
    expect(page?.orders[0]?.lines[0]?.unitAmount?.toFixed()).toBe('100.1234');
    expect(page?.orders[0]?.total.toFixed(2)).toBe('200.25');
  });
});

describe('orders by id', () => {
  it('cost one call for one', async () => {
    const { connector, order, sandbox } = await open();
    const wanted = order();
    sandbox.calls.reset();
    const found = await connector().purchaseOrders([sightingOf(wanted)]);
    expect((found.get(wanted.PurchaseOrderID) as PurchaseOrder).number).toBe(wanted.PurchaseOrderNumber);
    expect([...sandbox.calls.counts]).toEqual([['GET /PurchaseOrders/{id}', 1]]);
  });

  it('cost one call for many that changed about the same time', async () => {
    const { connector, order, sandbox } = await open();
    order();
    const wanted = Array.from({ length: 10 }, () => order());
    sandbox.calls.reset();
    const found = await connector().purchaseOrders(wanted.map(sightingOf));
    expect([...found.keys()].toSorted()).toEqual(wanted.map(({ PurchaseOrderID: id }) => id).toSorted());
    expect([...sandbox.calls.counts]).toEqual([['GET /PurchaseOrders', 1]]);
  });

  it('are asked for one by one where nobody knows when they changed', async () => {
    const { connector, order, sandbox } = await open();
    const wanted = [order(), order()];
    sandbox.calls.reset();
    await connector().purchaseOrders(wanted.map(({ PurchaseOrderID: id }) => ({ id })));
    expect([...sandbox.calls.counts]).toEqual([['GET /PurchaseOrders/{id}', 2]]);
  });

  it('never cost more calls in a long window than one by one', async () => {
    const { connector, order, sandbox } = await open({ limits: { minute: 500 } });
    const first = order();
    for (let number = 0; number < 320; number += 1) order();
    const last = order();
    sandbox.calls.reset();
    const found = await connector().purchaseOrders([first, last].map(sightingOf));
    expect(found.size).toBe(2);
    expect(sandbox.calls.total()).toBe(2);
  });

  it('are absent where Xero knows none, beside those that it knows', async () => {
    const { connector, order } = await open();
    const known = order();
    const unknown = { id: '00000000-0000-4000-8000-000000000000', version: known.UpdatedDateUTC };
    const found = await connector().purchaseOrders([sightingOf(known), unknown]);
    expect([...found.keys()]).toEqual([known.PurchaseOrderID]);
  });

  it('come as deleted where they were deleted, and not as unknown', async () => {
    const { connector, order } = await open();
    const { PurchaseOrderID: id } = order();
    order({ PurchaseOrderID: id, Status: 'DELETED' });
    expect((await connector().purchaseOrders([{ id }])).get(id)).toMatchObject({ status: 'DELETED' });
  });
});
