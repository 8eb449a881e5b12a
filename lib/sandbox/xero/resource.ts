import type { Books } from './books.ts';
import type { Query } from './query.ts';
import { commaList, inOrder, modifiedSince, wholeNumber, yes } from './query.ts';
import type { Unverified } from './unverified.ts';
import { parseWhere, valueAt } from './where.ts';
import type { Shown } from './wire.ts';

/** One endpoint of the accounting API: what it lists and which parameters it obeys. Others it ignores, as Xero does. */
export interface Resource<R extends object = object> {
  /** In the path and, unless `plural` says otherwise, around the records of the answer. */
  name: string;
  plural?: string;
  /** Whether files hang on its records. */
  hasFiles?: boolean;
  /** Any of them admits a caller. */
  scopes: string[];
  id: string;
  /** What a single record can be asked for by beside its id. */
  otherKey?: string;
  records(books: Books): Iterable<R>;
  /** The whole record as answered, its dates still in ISO form. */
  show(record: R, books: Books, unverified: Unverified, query: Query): Shown;
  /** `on-request`: without `page` the list is whole, unpaged and without lines. */
  paging: 'always' | 'on-request' | 'never';
  modifiedSince?: boolean;
  where?: boolean;
  order?: (unverified: Unverified) => boolean;
  /** Parameters with comma-joined values, and the field that each is about. */
  lists?: Record<string, string>;
  /** Where the endpoint offers `unitdp`: rounds the record's unit prices to two decimals. */
  roundPrices?(record: Shown): Shown;
  /** What only the paged list and the single record carry is taken away. */
  summarise?(record: Shown): Shown;
  /** Where the endpoint offers `summaryOnly`: what it leaves out of every record. */
  heavy?: string[];
  /** Further filters and refusals of the list. */
  keeps?(query: Query, unverified: Unverified): (record: Shown) => boolean;
}

export interface ListCall {
  query: Query;
  ifModifiedSince: string | undefined;
  unverified: Unverified;
}

export interface Listing {
  rows: Shown[];
  pagination?: { page: number; pageSize: number; pageCount: number; itemCount: number };
}

/** Answers a list call. Throws the refusal that Xero would answer. */
export function list(
  resource: Resource,
  books: Books,
  { query, ifModifiedSince, unverified }: ListCall,
): Listing {
  const tests = [
    ...listTests(resource, query),
    ...(resource.keeps ? [resource.keeps(query, unverified)] : []),
    ...whereTests(resource, query),
  ];
  const found = [...resource.records(books)]
    .filter(sinceTest(resource, ifModifiedSince))
    .map((record) => resource.show(record, books, unverified, query))
    .filter((record) => tests.every((holds) => holds(record)));
  const ordered = resource.order?.(unverified) === false ? found : inOrder(found, query.get('order'));
  const { rows, ...rest } = paged(resource, ordered, query, unverified);
  const whole = resource.paging !== 'on-request' || rest.pagination !== undefined;
  const shown = whole ? rows : rows.map((record) => resource.summarise?.(record) ?? record);
  const light = resource.heavy && yes(query, 'summaryOnly') ? shown.map(without(resource.heavy)) : shown;
  return { rows: inPlaces(resource, light, query), ...rest };
}

/** The record with this id or other key, alone. */
export function single(
  resource: Resource,
  books: Books,
  key: string,
  call: Omit<ListCall, 'ifModifiedSince'>,
): Shown[] {
  const names = [resource.id, ...(resource.otherKey ? [resource.otherKey] : [])];
  const found = [...resource.records(books)].find((record) =>
    names.some((name) => String((record as Shown)[name]).toLowerCase() === key.toLowerCase()),
  );
  const shown = found ? [resource.show(found, books, call.unverified, call.query)] : [];
  return inPlaces(resource, shown, call.query);
}

function paged(resource: Resource, rows: Shown[], query: Query, unverified: Unverified): Listing {
  const asked = wholeNumber(query, 'page');
  if (resource.paging === 'never' || (resource.paging === 'on-request' && asked === undefined))
    return { rows };
  const page = asked ?? 1;
  const { largestPageSize, largerPages } = unverified;
  const most = largerPages === 'refused' ? largestPageSize : undefined;
  const pageSize = Math.min(wholeNumber(query, 'pageSize', most) ?? 100, largestPageSize);
  return {
    rows: rows.slice((page - 1) * pageSize, page * pageSize),
    pagination: { page, pageSize, pageCount: Math.ceil(rows.length / pageSize), itemCount: rows.length },
  };
}

function listTests({ lists = {} }: Resource, query: Query) {
  return Object.entries(lists).flatMap(([parameter, field]) => {
    const wanted = commaList(query, parameter);
    return wanted ? [(record: Shown) => wanted.has(String(valueAt(record, field)).toLowerCase())] : [];
  });
}

function whereTests({ where: offered }: Resource, query: Query) {
  const where = query.get('where');
  return offered && where ? [parseWhere(where)] : [];
}

function sinceTest({ modifiedSince: offered }: Resource, header: string | undefined) {
  const since = offered ? modifiedSince(header) : undefined;
  return (record: { UpdatedDateUTC?: string }) =>
    since === undefined || Date.parse(record.UpdatedDateUTC ?? '') >= since;
}

function inPlaces({ roundPrices }: Resource, rows: Shown[], query: Query): Shown[] {
  return roundPrices && query.get('unitdp') !== '4' ? rows.map(roundPrices) : rows;
}

function without(fields: string[]) {
  return (record: Shown): Shown =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !fields.includes(name)));
}
