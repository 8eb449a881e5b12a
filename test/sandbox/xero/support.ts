import { createHash } from 'node:crypto';
import type { Clock } from '../../../lib/core/ports.ts';
import type { XeroOrganisationData } from '../../../lib/sandbox/xero/books.ts';
import type { XeroSandbox, XeroSandboxOptions } from '../../../lib/sandbox/xero/server.ts';
import { startXeroSandbox } from '../../../lib/sandbox/xero/server.ts';

export const TENANT = 'aef86862-2015-4b6b-88bc-d89032cecc50';
export const OTHER_TENANT = 'c2cc9b6e-9458-4c7d-93cc-f02b81b0594f';
export const SUPPLIER = '430fa14a-f945-44d3-9f97-5df5e28441b8';
export const BANK = '5690f1e8-1d02-4893-90c2-ee1a69eff942';
export const SITE = { TrackingCategoryID: guid(71), TrackingOptionID: guid(72) };
export const APP = { clientId: 'app-1', clientSecret: 's3cret', webhookKey: 'hook-key' };

/** A GUID that is easy to tell from others in a failed test. */
export function guid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

interface TestClock extends Clock {
  advance(seconds: number): void;
}

function testClock(start = '2026-11-22T03:04:05.600Z'): TestClock {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
    advance: (seconds) => {
      now += seconds * 1000;
    },
  };
}

export const ORGANISATION: XeroOrganisationData = {
  tenantId: TENANT,
  name: 'Harbour Builders',
  baseCurrency: 'USD',
  countryCode: 'US',
  taxRates: { INPUT: 15 },
  contacts: [
    {
      ContactID: SUPPLIER,
      Name: 'Liffey Timber',
      EmailAddress: 'office@liffey.example',
      Addresses: [{ AddressType: 'STREET', AddressLine1: '1 Quay', City: 'Austin', Country: 'USA' }],
    },
  ],
  accounts: [
    { AccountID: guid(51), Code: '310', Name: 'Materials', Type: 'DIRECTCOSTS' },
    { AccountID: BANK, Code: '090', Name: 'Cheque Account', Type: 'BANK' },
  ],
  items: [{ ItemID: guid(61), Code: 'TIM-01', Name: 'Timber', PurchaseDetails: { UnitPrice: 4.1275 } }],
  trackingCategories: [
    {
      TrackingCategoryID: SITE.TrackingCategoryID,
      Name: 'Project',
      Options: [
        { TrackingOptionID: SITE.TrackingOptionID, Name: 'Pier 9' },
        { TrackingOptionID: guid(73), Name: 'Old Mill', Status: 'ARCHIVED' },
      ],
    },
  ],
};

/** One line of timber: 4 × 12.3456 = 49.38 without tax, 7.41 of it. */
export const TIMBER = {
  Description: 'Timber',
  Quantity: 4,
  UnitAmount: 12.3456,
  AccountCode: '310',
  ItemCode: 'TIM-01',
  TaxType: 'INPUT',
  Tracking: [SITE],
};

export interface Desk {
  sandbox: XeroSandbox;
  clock: TestClock;
  /** A refresh token as consented. */
  refreshToken: string;
  /** An access token, issued when the test began. */
  token: string;
  /** GET on the accounting API as a well-behaved client sends it. */
  get(path: string, headers?: Record<string, string | undefined>): Promise<Answer>;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read what the wire holds
  body: any;
}

/** A sandbox with one organisation and one web app that may read it. */
export async function openDesk(options: XeroSandboxOptions = {}): Promise<Desk> {
  const clock = testClock();
  const sandbox = await startXeroSandbox({ clock, ...options });
  sandbox.addOrganisation(ORGANISATION);
  sandbox.registerApp({ ...APP, grant: 'refresh_token', redirectUris: [CALLBACK] });
  const first = sandbox.authorise(APP.clientId, TENANT);
  const { body } = await refresh(sandbox, first);
  const token = body.access_token;
  return {
    sandbox,
    clock,
    refreshToken: body.refresh_token,
    token,
    get: (path, headers = {}) =>
      ask(`${sandbox.url}/api.xro/2.0${path}`, {
        headers: {
          authorization: `Bearer ${token}`,
          'xero-tenant-id': TENANT,
          accept: 'application/json',
          ...headers,
        },
      }),
  };
}

/** Lends a further sandbox to one test and closes it whatever happens. */
export async function withDesk<T>(options: XeroSandboxOptions, work: (desk: Desk) => Promise<T>): Promise<T> {
  const desk = await openDesk(options);
  try {
    return await work(desk);
  } finally {
    await desk.sandbox.close();
  }
}

export function refresh(sandbox: XeroSandbox, token: string): Promise<Answer> {
  return tokenCall(sandbox, { grant_type: 'refresh_token', refresh_token: token });
}

export function tokenCall(sandbox: XeroSandbox, form: Record<string, string>, app = APP): Promise<Answer> {
  return ask(`${sandbox.url}/connect/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams(form),
  });
}

interface Asked {
  method?: string;
  headers?: Record<string, string | undefined>;
  body?: URLSearchParams;
  redirect?: 'manual';
}

export const CALLBACK = 'https://connector.example/connect/xero/callback';
export const VERIFIER = 'v3rifier-that-nobody-else-knows-0123456789-abcd';
export const CONSENT = {
  response_type: 'code',
  client_id: APP.clientId,
  redirect_uri: CALLBACK,
  scope: 'offline_access accounting.invoices.read accounting.settings.read',
  state: 'st&te',
};
export const PKCE = {
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  code_challenge_method: 'S256',
};

/** The consent page's address as the app makes it; what is undefined is left out. */
export function consentUrl(sandbox: XeroSandbox, changes: Record<string, string | undefined> = {}): string {
  const given = Object.entries({ ...CONSENT, ...changes }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return `${sandbox.loginUrl}/connect/authorize?${new URLSearchParams(given)}`;
}

/** A person lets the app into the organisation; what the code was traded for. */
export async function consented(
  sandbox: XeroSandbox,
  { tenantIds = [TENANT], as, ...changes }: { tenantIds?: string[]; as?: string; scope?: string } = {},
): Promise<Answer> {
  const choice = { organisations: tenantIds, ...(as !== undefined && { as }) };
  return exchange(sandbox, codeOf(await sandbox.consent(consentUrl(sandbox, changes), choice)));
}

export const codeOf = (target: URL): string => target.searchParams.get('code')!;

export function exchange(
  sandbox: XeroSandbox,
  code: string,
  changes: Record<string, string> = {},
  app = APP,
): Promise<Answer> {
  const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...changes };
  return tokenCall(sandbox, form, app);
}

/** The organisations that an access token sees, as `/connections` lists them. */
export function connectionsSeen(sandbox: XeroSandbox, token: string, query = ''): Promise<Answer> {
  return ask(`${sandbox.url}/connections${query}`, { headers: { authorization: `Bearer ${token}` } });
}

export async function ask(url: string, { headers = {}, ...rest }: Asked = {}): Promise<Answer> {
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const response = await fetch(url, { ...rest, headers: given });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: json ? JSON.parse(text) : undefined,
  };
}
