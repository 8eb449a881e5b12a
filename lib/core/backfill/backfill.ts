import type { Carried, DocumentState } from '../documents.ts';
import type { Settings } from '../settings.ts';

export type BackfilledKind = Carried['kind'];

/** In the order of their turns: bills are matched with orders, and credit notes go where their bills went. */
export const BACKFILLED_KINDS = [
  'purchase-order',
  'bill',
  'credit-note',
  'journal',
] as const satisfies BackfilledKind[];

/** What somebody asked for. */
export interface BackfillRequest {
  /** The calendar date of the oldest documents wanted. */
  from: string;
  kinds: BackfilledKind[];
}

/** How many documents ended in each state. */
export type Outcomes = Record<DocumentState, number>;

export const NO_OUTCOMES: Outcomes = {
  posted: 0,
  'awaiting-approval': 0,
  parked: 0,
  'left-out': 0,
  rejected: 0,
};

/** One backfill of a connection, the latest or only one. Its documents stand in a row, each at its place. */
export interface Backfill extends BackfillRequest {
  id: string;
  connectionId: string;
  by: string;
  /** ISO instant. */
  startedAt: string;
  state: 'running' | 'paused' | 'done' | 'cancelled';
  /** ISO instant at which it was done or cancelled. */
  endedAt?: string;
  total: number;
  /** Every document before this place is settled, and counted in `outcomes`; those from it on are not. */
  place: number;
  outcomes: Outcomes;
  /** How far it was at moments of the last quarter of an hour, the earliest first: what its speed is told by. */
  marks: Mark[];
}

export interface Mark {
  /** ISO instant. */
  at: string;
  settled: number;
}

/** A document's place in a backfill. */
export interface BackfillItem {
  place: number;
  kind: BackfilledKind;
  id: string;
  version?: string;
  /** The document's calendar date. */
  date?: string;
  /** ISO instant just before it was last put into the queue. */
  queuedAt?: string;
  /** What became of it then. */
  outcome?: DocumentState;
}

/** Whether there is something left to do, if perhaps not now. */
export function isUnderWay({ state }: Pick<Backfill, 'state'>): boolean {
  return state === 'running' || state === 'paused';
}

interface Datable {
  kind: BackfilledKind;
  id: string;
  date?: string;
}

/** Kind by kind, the oldest first: amounts billed on an order add up in the order of their dates. */
export function inTurns<D extends Datable>(documents: D[]): D[] {
  const rank = ({ kind, date = '', id }: Datable) => `${BACKFILLED_KINDS.indexOf(kind)} ${date} ${id}`;
  const ranked = documents.map((document) => ({ document, rank: rank(document) }));
  return ranked
    .toSorted((a, b) => (a.rank < b.rank ? -1 : Number(a.rank > b.rank)))
    .map(({ document }) => document);
}

/** The settings by which the documents that were asked for are carried, and stay carried. The same where they are already. */
export function reachingBack(settings: Settings, { from, kinds }: BackfillRequest): Settings {
  const { startDate, backfilledFrom = {} } = settings;
  const earlier = kinds.filter((kind) => from < startDate && from < (backfilledFrom[kind] ?? startDate));
  if (earlier.length === 0) return settings;
  const asked = Object.fromEntries(earlier.map((kind) => [kind, from]));
  return { ...settings, backfilledFrom: { ...backfilledFrom, ...asked } };
}
