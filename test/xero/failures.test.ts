import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Books } from '../../lib/core/ports.ts';
import { createXeroBooks } from '../../lib/xero/books.ts';
import type { TestClock } from '../support/clock.ts';
import { testClock } from '../support/clock.ts';
import type { Loopback, Reply } from '../support/loopback.ts';
import { startLoopback } from '../support/loopback.ts';
import { billWire, envelope, orderWire } from '../support/xero-wire.ts';
import { all, START } from './office.ts';

const ID = '6afa2e02-c514-4964-ab89-b5c0179b8c50';
let server: Loopback;
let clock: TestClock;
let books: Books;

beforeEach(async () => {
  server = await startLoopback();
  clock = testClock(START);
  const token = async () => 'token-1';
  books = createXeroBooks({ apiUrl: server.url, tenantId: 't', accessToken: token, refreshed: token, clock });
});

afterEach(() => server.close());

const problem = (status: number, body: unknown, headers?: Record<string, string>): Reply => ({
  status,
  body,
  ...(headers && { headers }),
});
const lookUp = () => books.purchaseOrders([{ id: ID }]);

describe('an order that breaks its contract', () => {
  it('does not take the others of its page with it', async () => {
    const bad = orderWire({ PurchaseOrderID: 'bad', Total: 'much' });
    server.next({ body: envelope('PurchaseOrders', [orderWire(), bad]) });
    const [page] = await all(books.purchaseOrdersSince());
    expect(page?.orders.map(({ id }) => id)).toEqual([ID]);
    expect(page?.unreadable).toMatchObject([{ id: 'bad', why: expect.stringContaining('Total') }]);
  });

  it('is handed over by its id', async () => {
    server.next({ body: envelope('PurchaseOrders', [orderWire({ Total: null })]) });
    expect((await lookUp()).get(ID)).toMatchObject({ kind: 'unreadable', id: ID });
  });

  it('holds for bills too', async () => {
    const bills = [billWire(), billWire({ InvoiceID: 'bad', CurrencyCode: 7.5, Total: [] })];
    server.next({ body: envelope('Invoices', bills) });
    const found = await books.bills([String(bills[0]?.InvoiceID), 'bad']);
    expect([...found.values()].map(({ kind }) => kind)).toEqual(['bill', 'unreadable']);
  });

  it('stops everything where it has no id to park it by', async () => {
    server.next({ body: envelope('PurchaseOrders', [{}]) });
    await expect(all(books.purchaseOrdersSince())).rejects.toMatchObject({ code: 'answer-unreadable' });
  });
});

describe('the pages of a listing', () => {
  it('end with a short page where Xero does not count them', async () => {
    const full = Array.from({ length: 100 }, (_, number) => orderWire({ PurchaseOrderID: `o-${number}` }));
    server.next(
      { body: envelope('PurchaseOrders', full) },
      { body: envelope('PurchaseOrders', [orderWire()]) },
    );
    const pages = await all(books.purchaseOrdersSince(new Date('2026-11-20T00:00:00.900Z')));
    expect(pages).toHaveLength(2);
    expect(server.received.map(({ query }) => query.get('page'))).toEqual(['1', '2']);
    expect(server.received[0]?.headers['if-modified-since']).toBe('2026-11-20T00:00:00');
  });

  it('are never taken for empty because of a 404', async () => {
    server.next({ status: 404, body: 'The resource you are looking for cannot be found' });
    await expect(books.bills([ID])).rejects.toMatchObject({ name: 'Stop', code: 'answer-unreadable' });
  });
});

describe('an answer of Xero', () => {
  it.each([500, 502, 503, 504])('with status %i is asked for again, then put off', async (status) => {
    server.next(...Array(3).fill(problem(status, '<html>Service Unavailable</html>')));
    await expect(lookUp()).rejects.toMatchObject({ name: 'RetryLater', code: 'xero-unavailable' });
    expect(server.received).toHaveLength(3);
  });

  it('that is HTML although it says 200 is put off', async () => {
    server.next({ body: '<html>Sign in to the airport WLAN</html>' });
    await expect(lookUp()).rejects.toMatchObject({ name: 'RetryLater', code: 'xero-unavailable' });
  });

  it('that is JSON of another kind stops, and says what was missing', async () => {
    server.next({ body: { PurchaseOrders: [] } });
    await expect(lookUp()).rejects.toMatchObject({
      code: 'answer-unreadable',
      facts: { what: 'PurchaseOrders', why: expect.stringContaining('DateTimeUTC') },
    });
  });

  it('that refuses the question stops with the words of Xero', async () => {
    server.next(
      problem(400, { ErrorNumber: 10, Type: 'ValidationException', Message: 'A validation exception' }),
    );
    await expect(lookUp()).rejects.toMatchObject({
      code: 'answer-unreadable',
      facts: { status: 400, said: 'A validation exception' },
    });
  });

  it('that says 429 for a day is put off for as long as it says', async () => {
    server.next(problem(429, '', { 'retry-after': '66975', 'x-rate-limit-problem': 'Daily' }));
    await expect(lookUp()).rejects.toMatchObject({ code: 'xero-rate-limited', afterSeconds: 66975 });
  });

  it.each([
    ['day', 3600],
    ['minute', 60],
    ['novelty', 60],
  ])('that says 429 (%s) without saying for how long is put off for %i seconds', async (word, seconds) => {
    server.next(problem(429, '', { 'x-rate-limit-problem': word }));
    await expect(lookUp()).rejects.toMatchObject({ afterSeconds: seconds });
  });

  it('never carries the token into an error', async () => {
    server.next(problem(403, { Detail: 'AuthenticationUnsuccessful' }));
    const error = await lookUp().catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'xero-disconnected' });
    expect(JSON.stringify([error, error.message, error.stack])).not.toContain('token-1');
  });
});

describe('a question to Xero', () => {
  it('joins ids with plain commas', async () => {
    server.next({ body: envelope('Contacts', []) });
    const fetched: string[] = [];
    const watched = (url: string | URL | Request, init?: RequestInit) => {
      fetched.push(String(url));
      return fetch(url, init);
    };
    const token = async () => 'token-1';
    const options = { apiUrl: server.url, tenantId: 't', accessToken: token, refreshed: token, clock };
    await createXeroBooks({ ...options, fetch: watched as typeof fetch }).contacts(['a', 'b', 'a']);
    expect(fetched).toEqual([
      `${server.url}/api.xro/2.0/Contacts?IDs=a,b&page=1&pageSize=100&includeArchived=true`,
    ]);
  });

  it('cannot be led to another path by an id', async () => {
    await books.purchaseOrders([{ id: '../Invoices?x=' }]);
    expect(server.received[0]?.path).toBe('/api.xro/2.0/PurchaseOrders/..%2FInvoices%3Fx%3D');
  });
});
