import { afterEach, describe, expect, it } from '@jest/globals';
import { survivorOf } from '../../lib/core/documents.ts';
import { all, openOffice, START, SUPPLIER, TENANT } from './office.ts';

type Office = Awaited<ReturnType<typeof openOffice>>;
let office: Office;

const open = async (options?: Parameters<typeof openOffice>[0]) => {
  office = await openOffice(options);
  return office;
};

afterEach(() => office.sandbox.close());

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
  it('come with those that they were merged into, also of merges in a row', async () => {
    const { connector, sandbox } = await open();
    const [first, second, third] = ['Acme', 'Acme Inc', 'Acme Incorporated'].map(
      (Name) => sandbox.saveContact(TENANT, { Name }).ContactID,
    ) as [string, string, string];
    sandbox.mergeContacts(TENANT, first, second);
    sandbox.mergeContacts(TENANT, second, third);
    const found = await connector().contacts([first, SUPPLIER, 'ffffffff-0000-4000-8000-000000000000']);
    expect(new Set(found.keys())).toEqual(new Set([first, SUPPLIER, second, third]));
    expect(found.get(first)).toMatchObject({ id: first, mergedInto: second, archived: true });
    const survivor = survivorOf(found, first);
    expect(survivor).toMatchObject({ id: third, name: 'Acme Incorporated' });
    expect(survivor).not.toHaveProperty('mergedInto');
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
