import { afterEach, describe, expect, it } from '@jest/globals';
import type { PurchaseOrder } from '../../lib/core/documents.ts';
import { all, openOffice, START, SUPPLIER, TENANT } from './office.ts';

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

describe('the books of an organisation', () => {
  it('tell its name and currency', async () => {
    const { connector } = await open();
    expect(await connector().organisation()).toMatchObject({
      name: 'Lone Star Builders',
      baseCurrency: 'USD',
    });
  });

  it('are asked for with the tenant, in JSON', async () => {
    const { connector, sandbox } = await open();
    await connector().organisation();
    expect(sandbox.calls.latest.at(-1)?.headers).toMatchObject({
      'xero-tenant-id': TENANT,
      accept: 'application/json',
    });
  });
});

describe('orders since an instant', () => {
  it('come page by page until the last, each once, with the clock of the first page', async () => {
    const { connector, order, clock } = await open({ limits: { minute: 500 } });
    for (let number = 0; number < 205; number += 1) order();
    const asked = clock.now();
    const pages = await all(connector().purchaseOrdersSince());
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

describe('bills', () => {
  it('are fetched forty to a call, without sales invoices', async () => {
    const { connector, bill, sandbox } = await open();
    const bills = Array.from({ length: 45 }, (_, number) => bill({ InvoiceNumber: `B-${number}` }));
    const sale = bill({ Type: 'ACCREC' });
    sandbox.calls.reset();
    const found = await connector().bills([...bills, sale].map(({ InvoiceID }) => InvoiceID));
    expect(found.size).toBe(45);
    expect(found.has(sale.InvoiceID)).toBe(false);
    expect(sandbox.calls.total()).toBe(2);
    expect(sandbox.calls.latest.at(-1)?.query).toMatchObject({ page: '1', unitdp: '4' });
  });

  it('that changed come without sales invoices', async () => {
    const { connector, bill, clock } = await open();
    bill();
    clock.advance(60_000);
    const since = clock.now();
    const changed = bill({ InvoiceNumber: 'HC-9' });
    bill({ Type: 'ACCREC' });
    const pages = await all(connector().billsSince(since));
    expect(pages.flatMap((page) => page.bills.map(({ id }) => id))).toEqual([changed.InvoiceID]);
  });
});

describe('contacts', () => {
  it('are the survivors of their merges, also of merges in a row', async () => {
    const { connector, sandbox } = await open();
    const [first, second, third] = ['Acme', 'Acme Inc', 'Acme Incorporated'].map(
      (Name) => sandbox.saveContact(TENANT, { Name }).ContactID,
    ) as [string, string, string];
    sandbox.mergeContacts(TENANT, first, second);
    sandbox.mergeContacts(TENANT, second, third);
    const found = await connector().contacts([first, SUPPLIER, 'ffffffff-0000-4000-8000-000000000000']);
    expect([...found.keys()]).toEqual([first, SUPPLIER]);
    expect(found.get(first)).toMatchObject({ id: third, name: 'Acme Incorporated' });
    expect(found.get(first)).not.toHaveProperty('mergedInto');
  });
});

describe('a connection to Xero', () => {
  it('renews its token once when it has expired, and goes on', async () => {
    const { connector, clock, refreshes } = await open();
    clock.advance(31 * 60_000);
    expect(await connector().organisation()).toMatchObject({ name: 'Lone Star Builders' });
    expect(refreshes()).toBe(1);
  });

  it('stops where the token is refused even when new', async () => {
    const { connector } = await open();
    const refreshed = async () => 'forged';
    await expect(
      connector({ accessToken: async () => 'old', refreshed }).organisation(),
    ).rejects.toMatchObject({
      name: 'Stop',
      code: 'xero-consent-lost',
    });
  });

  it.each(['lower', 'capital'] as const)('stops where a scope is missing (%s keys)', async (problemKeys) => {
    const scopes = ['offline_access', 'accounting.settings.read'];
    const { connector } = await open({ scopes, unverified: { problemKeys } });
    await expect(all(connector().purchaseOrdersSince())).rejects.toMatchObject({
      name: 'Stop',
      code: 'xero-scope-missing',
    });
  });

  it('stops where somebody disconnected it in Xero', async () => {
    const { connector, sandbox, client } = await open();
    sandbox.disconnect(client.clientId, TENANT);
    await expect(connector().organisation()).rejects.toMatchObject({
      name: 'Stop',
      code: 'xero-disconnected',
    });
  });

  it('waits for the end of the minute where that is near, else comes back later', async () => {
    const { connector, clock } = await open({ limits: { minute: 3 } });
    const books = connector();
    for (let call = 0; call < 3; call += 1) await books.organisation();
    const refused = await books.organisation().catch((error) => error);
    if (refused.name === 'RetryLater') {
      expect(refused).toMatchObject({ code: 'xero-rate-limited' });
      expect(refused.afterSeconds).toBeGreaterThan(12);
      clock.advance((refused.afterSeconds - 5) * 1000);
    }
    const before = clock.now().getTime();
    expect(await books.organisation()).toMatchObject({ baseCurrency: 'USD' });
    expect(clock.now().getTime() - before).toBeLessThanOrEqual(12_000);
  });

  it('leaves for hours when the day is used up', async () => {
    const { connector } = await open({ limits: { day: 2 } });
    const books = connector();
    await books.organisation();
    await books.organisation();
    const error = await books.organisation().catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'RetryLater', code: 'xero-rate-limited' });
    expect(error.afterSeconds).toBeGreaterThan(60);
  });

  it('tries again a second or two later when too many calls are in flight', async () => {
    const { connector, sandbox, clock } = await open();
    sandbox.faults.add({
      path: '/Organisation',
      do: 'answer',
      when: 'before',
      status: 429,
      headers: { 'X-Rate-Limit-Problem': 'Concurrent' },
      times: 1,
    });
    await connector().organisation();
    const waited = clock.now().getTime() - Date.parse(START);
    expect(waited).toBeGreaterThanOrEqual(1000);
    expect(waited).toBeLessThanOrEqual(2000);
  });
});
