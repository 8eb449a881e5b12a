import type { XeroSandboxOptions } from '../../lib/sandbox/xero/server.ts';
import { startXeroSandbox } from '../../lib/sandbox/xero/server.ts';
import type { XeroOptions } from '../../lib/xero/api.ts';
import { createXeroBooks } from '../../lib/xero/books.ts';
import { refreshXeroTokens } from '../../lib/xero/oauth.ts';
import { testClock } from '../support/clock.ts';

export const START = '2026-11-22T08:00:00.000Z';
export const TENANT = '5f2c8a40-6f0b-4f1e-9c1d-7e0d3c1b2a99';
export const SUPPLIER = '430fa14a-f945-44d3-9f97-5df5e28441b8';
const CLIENT = { clientId: 'app-1', clientSecret: 's3cret-with_signs', grant: 'refresh_token' } as const;

/** A Xero with one organisation, and a connector that was let in. Time stands still but for sleeping and `advance`. */
export async function openOffice(options: XeroSandboxOptions & { scopes?: string[] } = {}) {
  const clock = testClock(START);
  const sandbox = await startXeroSandbox({ clock, ...options });
  const books = sandbox.addOrganisation({
    tenantId: TENANT,
    name: 'Lone Star Builders',
    baseCurrency: 'USD',
    countryCode: 'US',
    contacts: [{ ContactID: SUPPLIER, Name: 'Hudson Concrete', IsSupplier: true }],
    accounts: [{ Code: '310', Name: 'Materials', Type: 'DIRECTCOSTS' }],
  });
  sandbox.registerApp(CLIENT);
  let refreshToken = sandbox.authorise(CLIENT.clientId, TENANT, options.scopes);
  let accessToken = '';
  let refreshes = 0;
  const refreshed = async () => {
    refreshes += 1;
    const client = { ...CLIENT, identityUrl: sandbox.url, clock, refreshToken };
    ({ accessToken, refreshToken } = await refreshXeroTokens(client));
    return accessToken;
  };
  await refreshed();

  return {
    clock,
    sandbox,
    books,
    client: { ...CLIENT, identityUrl: sandbox.url, clock },
    refreshToken: () => refreshToken,
    accessToken: () => accessToken,
    refreshes: () => refreshes - 1,
    connector: (changes: Partial<XeroOptions> = {}) =>
      createXeroBooks({
        apiUrl: sandbox.url,
        tenantId: TENANT,
        accessToken: async () => accessToken,
        refreshed,
        clock,
        ...changes,
      }),
    /** Somebody enters an order in Xero; a second passes. */
    order(fields: object = {}) {
      clock.advance(1000);
      return sandbox.savePurchaseOrder(TENANT, {
        Contact: { ContactID: SUPPLIER },
        Status: 'AUTHORISED',
        LineItems: [{ Description: 'Concrete', Quantity: 2, UnitAmount: 100.1234, AccountCode: '310' }],
        ...fields,
      });
    },
    /** Somebody enters a bill in Xero; a second passes. */
    bill(fields: object = {}) {
      clock.advance(1000);
      return sandbox.saveInvoice(TENANT, {
        Type: 'ACCPAY',
        Contact: { ContactID: SUPPLIER },
        Status: 'AUTHORISED',
        LineItems: [{ Description: 'Concrete', Quantity: 1, UnitAmount: 50, AccountCode: '310' }],
        ...fields,
      });
    },
  };
}

export type XeroOffice = Awaited<ReturnType<typeof openOffice>>;

export async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const page of pages) collected.push(page);
  return collected;
}
