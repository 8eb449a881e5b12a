import type { Unreadable } from '../core/documents.ts';
import { Stop } from '../core/errors.ts';
import type { Endpoint, Envelope, XeroApi } from './api.ts';

const PAGE_SIZE = 100;

/** How many ids fit into one query string: Xero answers about 2,000 characters and more with 404. */
const IDS_PER_CALL = 40;

/** As large as Xero's pages are said to get; what they really may be is not known (reference/xero.md §6). */
const LARGE_PAGE_SIZE = 1000;

/** Reads the pages of a listing one after the other, as long as the caller wants the next. */
export async function* pages(
  api: XeroApi,
  endpoint: Endpoint,
  query: Record<string, string>,
  since?: Date,
): AsyncGenerator<Envelope> {
  yield* pagesOf(PAGE_SIZE, (paging) => api.list(endpoint, { ...query, ...paging }, since));
}

/** The same in as few calls as Xero allows: large pages, and the usual ones where it refuses or cuts those. */
export async function* largePages(
  api: XeroApi,
  endpoint: Endpoint,
  query: Record<string, string>,
): AsyncGenerator<Envelope> {
  const read: ReadPage = (paging) => api.list(endpoint, { ...query, ...paging });
  let refused = false;
  yield* pagesOf(LARGE_PAGE_SIZE, async (paging) => {
    try {
      return await read(refused ? usual(paging) : paging);
    } catch (error) {
      if (refused || paging.page !== '1' || !isRefusal(error)) throw error;
      refused = true;
      return read(usual(paging));
    }
  });
}

type ReadPage = (paging: { page: string; pageSize: string }) => Promise<Envelope>;

const usual: <P extends { pageSize: string }>(paging: P) => P = (paging) => ({
  ...paging,
  pageSize: String(PAGE_SIZE),
});

function isRefusal(error: unknown): boolean {
  return error instanceof Stop && error.facts.status === 400;
}

async function* pagesOf(pageSize: number, read: ReadPage): AsyncGenerator<Envelope> {
  // Xero may give fewer than it was asked for: where it does not tell how many pages there are, the first shows it.
  let full = PAGE_SIZE;
  for (let page = 1; ; page += 1) {
    const envelope = await read({ page: String(page), pageSize: String(pageSize) });
    yield envelope;
    const { pageCount, records } = envelope;
    if (pageCount === undefined ? records.length < full : page >= pageCount) return;
    full = Math.max(full, records.length);
  }
}

/** The records of an endpoint that takes `IDs`, in as few calls as the length of a query allows. */
export async function recordsByIds(
  api: XeroApi,
  endpoint: Endpoint,
  ids: Iterable<string>,
  query: Record<string, string> = {},
): Promise<unknown[]> {
  const wanted = [...new Set(ids)];
  const records: unknown[] = [];
  for (let start = 0; start < wanted.length; start += IDS_PER_CALL) {
    const IDs = wanted.slice(start, start + IDS_PER_CALL).join(',');
    const envelope = await api.list(endpoint, { IDs, page: '1', pageSize: String(PAGE_SIZE), ...query });
    records.push(...envelope.records);
  }
  return records;
}

/** Reads records one by one, so that a bad one does not take its neighbours with it. */
export function readAll<Document extends { kind: string; id: string }>(
  records: unknown[],
  read: (record: unknown) => Document | Unreadable | undefined,
): (Document | Unreadable)[] {
  return records.map((record) => {
    const document = read(record);
    if (!document) throw new Stop('answer-unreadable', { facts: { why: 'a document without an id' } });
    return document;
  });
}

/** The documents that could be read, and those that could not. */
export function partition<Document extends { kind: string }>(
  documents: (Document | Unreadable)[],
): { readable: Document[]; unreadable: Unreadable[] } {
  return {
    readable: documents.filter((document): document is Document => document.kind !== 'unreadable'),
    unreadable: documents.filter((document): document is Unreadable => document.kind === 'unreadable'),
  };
}

export function byId<Document extends { id: string }>(documents: Document[]): Map<string, Document> {
  return new Map(documents.map((document) => [document.id, document]));
}
