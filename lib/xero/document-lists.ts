import type { Unreadable } from '../core/documents.ts';
import type { Sighting } from '../core/ports.ts';
import type { Endpoint, XeroApi } from './api.ts';
import type { ReadDocument } from './document-wire.ts';
import { largePages, pages, partition, readAll } from './listing.ts';

/** An endpoint that lists documents. */
export interface DocumentList<Document extends { kind: string; id: string }> {
  endpoint: Endpoint;
  read: ReadDocument<Document>;
  /** Which of its records are such documents; all, where it is left out. */
  holds?(record: unknown): boolean;
  /** Sent with every call. */
  query?: Record<string, string>;
  /** Sent with lists. */
  where?: string;
  /** Of endpoints without `where`: what asks for those dated from a day on, and up to one. */
  dates?: { from: string; to: string };
}

interface Page<Document> {
  /** Xero's own clock when it answered the first page. */
  serverTime: Date;
  documents: Document[];
  unreadable: Unreadable[];
  /** The same as Xero gave them, by id. */
  records: ReadonlyMap<string, unknown>;
}

/** The documents created or changed since the instant, page by page, the latest change first. */
export async function* changedSince<Document extends { kind: string; id: string }>(
  api: XeroApi,
  list: DocumentList<Document>,
  since?: Date,
): AsyncGenerator<Page<Document>> {
  let serverTime: Date | undefined;
  for await (const page of pages(api, list.endpoint, queryOf(list, 'DESC'), since)) {
    serverTime ??= page.serverTime;
    const held = page.records.filter(list.holds ?? (() => true));
    const documents = readAll(held, list.read);
    const records = new Map(documents.map(({ id }, at) => [id, held[at]]));
    const { readable, unreadable } = partition(documents);
    yield { serverTime, documents: readable, unreadable, records };
  }
}

/**
 * The documents dated from the calendar date on, in as few calls as Xero allows. The latest change comes first, for the
 * same reason as in changedSince: one that changes meanwhile may come twice.
 */
export async function* datedFrom<Document extends { kind: string; id: string }>(
  api: XeroApi,
  list: DocumentList<Document>,
  date: string,
): AsyncGenerator<Pick<Page<Document>, 'documents' | 'unreadable'>> {
  for await (const page of largePages(api, list.endpoint, queryOf(dated(list, date), 'DESC'))) {
    const { readable, unreadable } = partition(documentsOf(list, page.records));
    yield { documents: readable, unreadable };
  }
}

/** The list, asked for what is dated from one calendar date on, and up to another. */
function dated<Document extends { kind: string; id: string }>(
  list: DocumentList<Document>,
  from: string,
  to?: string,
): DocumentList<Document> {
  if (list.dates) {
    const dates = { [list.dates.from]: from, ...(to !== undefined && { [list.dates.to]: to }) };
    return { ...list, query: { ...list.query, ...dates } };
  }
  const inXero = (date: string) => `DateTime(${date.split('-').map(Number).join()})`;
  const terms = [list.where, `Date>=${inXero(from)}`, to && `Date<=${inXero(to)}`];
  return { ...list, where: terms.filter(Boolean).join(' AND ') };
}

/**
 * The documents as they stand now, from an endpoint that cannot be asked for several ids at once. A listing of what
 * changed since the earliest sighting, or of what is dated in the days of all, brings up to a hundred for one call, so it
 * is read until all are found or it would cost more calls than asking one by one.
 */
export async function bySighting<Document extends { kind: string; id: string }>(
  api: XeroApi,
  list: DocumentList<Document>,
  wanted: Sighting[],
): Promise<Map<string, Document | Unreadable>> {
  const ids = new Set(wanted.map((sighting) => sighting.id));
  const found = await fromWindow(api, list, wanted, ids);
  for (const id of ids) {
    if (found.has(id)) continue;
    const record = await api.one(list.endpoint, id, list.query);
    for (const document of documentsOf(list, record === undefined ? [] : [record])) found.set(id, document);
  }
  return found;
}

async function fromWindow<Document extends { kind: string; id: string }>(
  api: XeroApi,
  list: DocumentList<Document>,
  wanted: Sighting[],
  ids: Set<string>,
): Promise<Map<string, Document | Unreadable>> {
  const found = new Map<string, Document | Unreadable>();
  const window = windowOver(list, wanted);
  if (ids.size < 2 || !window) return found;
  let calls = 0;
  for await (const page of pages(api, list.endpoint, queryOf(window.list, 'ASC'), window.since)) {
    for (const document of documentsOf(list, page.records)) {
      if (ids.has(document.id)) found.set(document.id, document);
    }
    calls += 1;
    if (calls >= ids.size - found.size) break;
  }
  return found;
}

function windowOver<Document extends { kind: string; id: string }>(
  list: DocumentList<Document>,
  wanted: Sighting[],
): { list: DocumentList<Document>; since?: Date } | undefined {
  const dates = wanted.flatMap(({ date }) => date ?? []).toSorted();
  if (dates.length === wanted.length) return { list: dated(list, dates[0]!, dates.at(-1)) };
  const versions = wanted.flatMap(({ version }) => (version ? [Date.parse(version)] : []));
  if (versions.length < 2) return undefined;
  return { list, since: new Date(Math.min(...versions) - 1000) };
}

function queryOf(
  { where, query }: { where?: string; query?: Record<string, string> },
  direction: 'ASC' | 'DESC',
): Record<string, string> {
  return { ...(where !== undefined && { where }), order: `UpdatedDateUTC ${direction}`, ...query };
}

function documentsOf<Document extends { kind: string; id: string }>(
  { holds = () => true, read }: DocumentList<Document>,
  records: unknown[],
): (Document | Unreadable)[] {
  return readAll(records.filter(holds), read);
}
