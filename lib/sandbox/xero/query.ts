import { badPrecondition, invalid, unreadableQuery } from './refusals.ts';
import { valueAt } from './where.ts';
import type { Shown } from './wire.ts';

/** The parameters of a call. Names are matched without case. */
export interface Query {
  get(name: string): string | undefined;
}

export function queryOf(parameters: URLSearchParams): Query {
  const lower = new Map([...parameters].map(([name, value]) => [name.toLowerCase(), value]));
  return { get: (name) => lower.get(name.toLowerCase()) || undefined };
}

export function wholeNumber(query: Query, name: string, most = Number.MAX_SAFE_INTEGER): number | undefined {
  const text = query.get(name);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > most)
    throw invalid(`The parameter ${name} must be a whole number from 1 to ${most}`);
  return number;
}

export function yes(query: Query, name: string): boolean {
  return query.get(name)?.toLowerCase() === 'true';
}

/** A calendar date `YYYY-MM-DD`. */
export function calendarDate(query: Query, name: string): string | undefined {
  const text = query.get(name);
  if (text !== undefined && (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text))))
    throw invalid(`The parameter ${name} is not a date`);
  return text;
}

/** Comma-joined values of one parameter. */
export function commaList(query: Query, name: string): Set<string> | undefined {
  const text = query.get(name);
  return text === undefined ? undefined : new Set(text.split(',').map((part) => part.trim().toLowerCase()));
}

/** If-Modified-Since as milliseconds, cut to the second. Only ISO is read: Xero swaps day and month of other forms. */
export function modifiedSince(header: string | undefined): number | undefined {
  if (!header) return undefined;
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(header))
    throw badPrecondition();
  const zoned = /T.*(Z|[+-]\d\d:?\d\d)$/.test(header) || !header.includes('T') ? header : `${header}Z`;
  const instant = Date.parse(zoned);
  if (Number.isNaN(instant)) throw badPrecondition();
  return Math.floor(instant / 1000) * 1000;
}

/** Sorts by `UpdatedDateUTC ASC`, `Date DESC`, …; records that tie keep their order. */
export function inOrder(rows: Shown[], order: string | undefined): Shown[] {
  if (order === undefined) return rows;
  const [, path, direction = 'ASC'] = /^\s*([A-Za-z.]+)(?:\s+(ASC|DESC))?\s*$/i.exec(order) ?? [];
  if (!path) throw unreadableQuery(`Cannot read the order '${order}'`);
  const sign = direction.toUpperCase() === 'DESC' ? -1 : 1;
  return rows.toSorted((one, other) => sign * compare(valueAt(one, path), valueAt(other, path)));
}

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  const [left, right] = [String(one ?? ''), String(other ?? '')];
  return left < right ? -1 : left > right ? 1 : 0;
}
