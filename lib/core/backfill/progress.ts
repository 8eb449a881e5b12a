import type { Backfill, BackfillItem, Mark, Outcomes } from './backfill.ts';

/** How far a backfill is. */
export interface Progress {
  total: number;
  /** All that were dealt with, whatever became of them. */
  settled: number;
  outcomes: Outcomes;
  /** In the queue, or in work. */
  onTheWay: number;
  waiting: number;
  /** Documents a minute, as of late; absent where that cannot be told yet. */
  perMinute?: number;
  /** At that speed; absent where nothing moves. */
  minutesLeft?: number;
}

/** Speed is told by what happened in the last of this many minutes. */
const LATELY_MINUTES = 15;
const MINUTE_MS = 60_000;

/** `window` are the items from the run's place on, at least as far as any was queued. */
export function progressOf(run: Backfill, window: BackfillItem[], now: Date): Progress {
  const outcomes = { ...run.outcomes };
  let settled = run.place;
  let onTheWay = 0;
  for (const { outcome, queuedAt } of window) {
    if (outcome !== undefined) {
      outcomes[outcome] += 1;
      settled += 1;
    } else if (queuedAt !== undefined) onTheWay += 1;
  }
  const waiting = run.total - settled - onTheWay;
  const speed = run.state === 'running' ? speedOf(run.marks, settled, now) : undefined;
  const left = run.total - settled;
  return {
    total: run.total,
    settled,
    outcomes,
    onTheWay,
    waiting,
    ...(speed !== undefined && { perMinute: speed }),
    ...(speed !== undefined && speed > 0 && { minutesLeft: left / speed }),
  };
}

function speedOf([first]: Mark[], settled: number, now: Date): number | undefined {
  if (!first) return undefined;
  const minutes = (now.getTime() - Date.parse(first.at)) / MINUTE_MS;
  return minutes > 0 ? (settled - first.settled) / minutes : undefined;
}

/** The marks with one of this moment, at most one a minute, those of earlier than the last quarter of an hour left away. */
export function marked(marks: Mark[], settled: number, now: Date): Mark[] {
  const age = ({ at }: Mark) => (now.getTime() - Date.parse(at)) / MINUTE_MS;
  const lately = marks.filter((mark) => age(mark) <= LATELY_MINUTES);
  const last = lately.at(-1);
  if (last && age(last) < 1) return lately.length === marks.length ? marks : lately;
  return [...lately, { at: now.toISOString(), settled }];
}

/** The run with its place moved past what is settled at the head of the window. */
export function advanced(run: Backfill, window: BackfillItem[]): Backfill {
  const outcomes = { ...run.outcomes };
  let { place } = run;
  for (const { outcome } of window) {
    if (outcome === undefined) break;
    outcomes[outcome] += 1;
    place += 1;
  }
  return { ...run, place, outcomes };
}
