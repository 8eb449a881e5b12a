import * as z from 'zod/mini';
import { Stop } from '../core/errors.ts';
import type { Gate } from '../core/governor/gate.ts';
import type { Clock } from '../core/ports.ts';
import type { TokenSource } from '../http/bearer.ts';
import { withBearer } from '../http/bearer.ts';
import { misfit, optionalAmount, present } from '../http/fields.ts';
import type { HttpRequest } from '../http/request.ts';
import { sendPatiently } from '../http/retry.ts';
import { modifiedSince, serverTime } from './dates.ts';
import { body, judge, xeroLimit } from './failures.ts';

export interface XeroOptions extends TokenSource {
  /** `https://api.xero.com` */
  apiUrl: string;
  /** The organisation that every call is made for. */
  tenantId: string;
  /** What every call passes; without one each is sent at once. */
  gate?: Gate | undefined;
  /** See RetryOptions. */
  patienceSeconds?: number | undefined;
  clock: Clock;
  fetch?: typeof fetch | undefined;
}

/** The plural names of the endpoints, which are also the names of the arrays in their answers. */
export type Endpoint =
  | 'Organisation'
  | 'PurchaseOrders'
  | 'Invoices'
  | 'CreditNotes'
  | 'ManualJournals'
  | 'Contacts'
  | 'Accounts'
  | 'Items'
  | 'TrackingCategories';

export interface Envelope {
  /** Xero's own clock. */
  serverTime: Date;
  /** The number of pages, where the endpoint tells. */
  pageCount?: number;
  records: unknown[];
}

export interface XeroApi {
  /** A list. Throws RetryLater or Stop. */
  list(endpoint: Endpoint, query?: Record<string, string>, since?: Date): Promise<Envelope>;
  /** One record by its id; undefined where Xero knows none. Throws RetryLater or Stop. */
  one(endpoint: Endpoint, id: string, query?: Record<string, string>): Promise<unknown>;
  /** The records that hang on one; none where Xero does not know it. Throws RetryLater or Stop. */
  parts(endpoint: Endpoint, id: string, what: 'Attachments'): Promise<unknown[]>;
  /** The bytes at a path; undefined where nothing is there. Throws RetryLater or Stop. */
  file(path: string, mimeType: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** The reading half of Xero's accounting API for one organisation. */
export function createXeroApi(options: XeroOptions): XeroApi {
  const authorised = withBearer(options);

  const get = async (what: string, path: string, how: Pick<HttpRequest, 'headers' | 'binary'> = {}) => {
    const url = new URL(`/api.xro/2.0/${path}`, options.apiUrl).href;
    const outcome = await authorised((token) =>
      sendPatiently(
        {
          ...how,
          method: 'GET',
          url,
          headers: { ...identify(options, token), ...how.headers },
          repeatable: true,
        },
        { ...options, limit: xeroLimit },
      ),
    );
    return judge(outcome, what);
  };

  return {
    list: async (endpoint, query = {}, since) => {
      const headers = since && { 'if-modified-since': modifiedSince(since) };
      const answer = await get(endpoint, `${endpoint}${encodeQuery(query)}`, headers && { headers });
      // A query string that is too long is answered with 404, too: never "there are none".
      if (answer.status === 404)
        throw new Stop('answer-unreadable', { facts: { what: endpoint, status: 404 } });
      return readEnvelope(endpoint, body(answer));
    },
    one: async (endpoint, id, query = {}) => {
      const answer = await get(endpoint, `${endpoint}/${encodeURIComponent(id)}${encodeQuery(query)}`);
      return answer.status === 404 ? undefined : readEnvelope(endpoint, body(answer)).records[0];
    },
    parts: async (endpoint, id, what) => {
      const answer = await get(what, `${endpoint}/${encodeURIComponent(id)}/${what}`);
      return answer.status === 404 ? [] : readEnvelope(what, body(answer)).records;
    },
    file: async (path, mimeType) => {
      const answer = await get('file', path, { headers: { accept: mimeType }, binary: true });
      return answer.status === 404 ? undefined : answer.bytes;
    },
  };
}

function identify({ tenantId }: XeroOptions, token: string): Record<string, string> {
  return { authorization: `Bearer ${token}`, 'xero-tenant-id': tenantId, accept: 'application/json' };
}

// Commas between ids stay as they are: encoded, 40 ids would not fit the length that Xero allows.
function encodeQuery(query: Record<string, string>): string {
  const parts = Object.entries(query).map(
    ([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`,
  );
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

const envelope = z.looseObject({
  DateTimeUTC: serverTime,
  pagination: z.optional(z.nullable(z.object({ pageCount: optionalAmount }))),
});

function readEnvelope(endpoint: Endpoint | 'Attachments', json: unknown): Envelope {
  const plural = endpoint === 'Organisation' ? 'Organisations' : endpoint;
  const head = envelope.safeParse(json);
  const records = z.array(z.unknown()).safeParse(head.data?.[plural]);
  const error = head.error ?? records.error;
  if (error) throw new Stop('answer-unreadable', { facts: { what: endpoint, why: misfit(error) } });
  const pageCount = head.data?.pagination?.pageCount?.toNumber();
  return present({ serverTime: head.data!.DateTimeUTC, pageCount, records: records.data! });
}
