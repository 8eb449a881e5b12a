import type { Unreadable } from '../core/documents.ts';
import { Stop } from '../core/errors.ts';
import type { Endpoint, Envelope, XeroApi } from './api.ts';

const PAGE_SIZE = 100;

/** How many ids fit into one query string: Xero answers about 2,000 characters and more with 404. */
const IDS_PER_CALL = 40;

/** Reads the pages of a listing one after the other, as long as the caller wants the next. */
export async function* pages(
  api: XeroApi,
  endpoint: Endpoint,
  query: Record<string, string>,
  since?: Date,
): AsyncGenerator<Envelope> {
  for (let page = 1; ; page += 1) {
    const paging = { ...query, page: String(page), pageSize: String(PAGE_SIZE) };
    const envelope = await api.list(endpoint, paging, since);
    yield envelope;
    const last =
      envelope.pageCount === undefined ? envelope.records.length < PAGE_SIZE : page >= envelope.pageCount;
    if (last) return;
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
