import type { DocumentState } from '../documents.ts';
import type { BackfillItem } from './backfill.ts';

/** So many of a backfill's documents are on their way at once: as many as the worker takes along together. */
export const ON_THE_WAY = 120;

/** Below this the next ones follow, enough of them to be read and written many to a call. */
const REFILL_BELOW = 40;

/** A document that has waited this long for its outcome has lost its message; a vendor's day limit may take nearly a day. */
const LOST_AFTER_MS = 25 * 3_600_000;

/** What was last decided about a document. */
export interface Decided {
  state: DocumentState;
  /** ISO instant. */
  decidedAt: string;
}

export interface Moves {
  /** Dealt with since they were queued, each with what became of it. */
  settled: (BackfillItem & { outcome: DocumentState })[];
  /** To be put into the queue now. */
  send: BackfillItem[];
}

/**
 * What happens next in a backfill. `window` are its items from the first that is not settled on, in their order;
 * `decided` tells of those on their way. A kind begins once all of the kind before it are settled.
 */
export function nextMoves(
  window: BackfillItem[],
  decided: (id: string) => Decided | undefined,
  now: Date,
): Moves {
  const settled: Moves['settled'] = [];
  const going: BackfillItem[] = [];
  for (const item of window) {
    if (item.queuedAt === undefined || item.outcome !== undefined) continue;
    const last = decided(item.id);
    if (last && last.decidedAt >= item.queuedAt) settled.push({ ...item, outcome: last.state });
    else going.push(item);
  }
  const lost = going.filter(({ queuedAt }) => now.getTime() - Date.parse(queuedAt!) > LOST_AFTER_MS);
  return { settled, send: [...lost, ...nextInLine(window, going)] };
}

function nextInLine(window: BackfillItem[], going: BackfillItem[]): BackfillItem[] {
  if (going.length >= REFILL_BELOW) return [];
  const waiting = window.filter(({ queuedAt }) => queuedAt === undefined);
  const kind = going[0]?.kind ?? waiting[0]?.kind;
  const other = waiting.findIndex((item) => item.kind !== kind);
  return waiting.slice(0, other === -1 ? undefined : other).slice(0, ON_THE_WAY - going.length);
}
