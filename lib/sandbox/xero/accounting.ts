import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Clock } from '../../core/ports.ts';
import type { Books } from './books.ts';
import type { Faults } from './faults.ts';
import type { Gate } from './gate.ts';
import { callerOf, tenantOf, throughLimits, unauthorised } from './gate.ts';
import type { Wired } from './mishaps.ts';
import { faulty } from './mishaps.ts';
import { queryOf } from './query.ts';
import { notAcceptable, notFound, notImplemented } from './refusals.ts';
import type { Listing, Resource } from './resource.ts';
import { list, single } from './resource.ts';
import { RESOURCES } from './resources.ts';
import { toXeroJson, toXml } from './wire.ts';

interface Accounting extends Gate {
  clock: Clock;
  faults: Faults;
  books: Map<string, Books>;
}

/** The read side of the accounting API. Writes are answered 501. */
export function accountingRoutes(api: Accounting): Hono<Wired> {
  const routes = new Hono<Wired>();
  routes.use(async (c, next) => {
    const caller = callerOf(c, api);
    await throughLimits(c, api, caller.app, tenantOf(c, caller, api), next);
  });
  routes.use(faulty(api.faults));

  for (const resource of RESOURCES) {
    routes.get(`/${resource.name}`, (c) => {
      const books = permitted(c, api, resource);
      return answer(c, api, resource, list(resource, books, callOf(c, api)));
    });
    if (resource.name === 'Organisation') continue;
    routes.get(`/${resource.name}/:key`, (c) => {
      const rows = single(resource, permitted(c, api, resource), c.req.param('key'), callOf(c, api));
      if (rows.length === 0) throw notFound();
      return answer(c, api, resource, { rows });
    });
    if (resource.hasFiles) files(routes, api, resource);
  }
  routes.all('*', (c) => {
    throw c.req.method === 'GET' ? notFound() : notImplemented();
  });
  return routes;
}

const ATTACHMENTS = { name: 'Attachments', scopes: ['accounting.attachments'] };

/** The files of a record and their bytes, by id or name. */
function files(routes: Hono<Wired>, api: Accounting, { name, id, records }: Resource): void {
  const filesOf = (c: Context) => {
    const books = permitted(c, api, ATTACHMENTS);
    const key = c.req.param('key');
    const found = [...records(books)].some((record) => (record as Record<string, unknown>)[id] === key);
    if (key === undefined || !found) throw notFound();
    return books.attachments.get(key) ?? [];
  };
  routes.get(`/${name}/:key/Attachments`, (c) => {
    const rows = filesOf(c).map(({ content, ...file }) => ({
      ...file,
      Url: `https://api.xero.com/api.xro/2.0/${name}/${c.req.param('key')}/Attachments/${encodeURIComponent(file.FileName)}`,
      ContentLength: content.length,
      IncludeOnline: false,
    }));
    return answer(c, api, ATTACHMENTS, { rows });
  });
  routes.get(`/${name}/:key/Attachments/:file`, (c) => {
    const wanted = c.req.param('file');
    const file = filesOf(c).find((one) => [one.AttachmentID, one.FileName].includes(wanted));
    if (!file) throw notFound();
    if (c.req.header('accept') !== file.MimeType) throw notAcceptable();
    return c.body(new Uint8Array(file.content), 200, { 'content-type': file.MimeType });
  });
}

/** The organisation's books, where the token's scopes reach the endpoint. */
function permitted(c: Context, api: Accounting, resource: Pick<Resource, 'scopes'>): Books {
  const caller = callerOf(c, api);
  const { scopes } = caller;
  const enough = resource.scopes.some((scope) => scopes.includes(scope) || scopes.includes(`${scope}.read`));
  if (!enough) throw unauthorised(api.unverified.missingScopeDetail, api.unverified);
  return api.books.get(tenantOf(c, caller, api))!;
}

function callOf(c: Context, { unverified }: Accounting) {
  const query = queryOf(new URL(c.req.url).searchParams);
  return { query, ifModifiedSince: c.req.header('if-modified-since'), unverified };
}

/** JSON for whoever asks for it; XML for everybody else. */
function answer(
  c: Context,
  { clock }: Accounting,
  resource: Pick<Resource, 'name' | 'plural'>,
  { rows, pagination }: Listing,
) {
  const plural = resource.plural ?? resource.name;
  const now = clock.now();
  const envelope = { Id: randomUUID(), Status: 'OK', ProviderName: 'Sandbox' };
  if (c.req.header('accept')?.includes('application/json')) {
    const DateTimeUTC = `/Date(${now.getTime()})/`;
    const body = { ...envelope, DateTimeUTC, ...(pagination && { pagination }), [plural]: toXeroJson(rows) };
    return c.body(JSON.stringify(body), 200, { 'content-type': 'application/json; charset=utf-8' });
  }
  const body = toXml('Response', { ...envelope, DateTimeUTC: now.toISOString(), [plural]: rows });
  return c.body(body, 200, { 'content-type': 'text/xml; charset=utf-8' });
}
