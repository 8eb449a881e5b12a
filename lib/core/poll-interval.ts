import type { Settings } from './settings.ts';

/** At most a third of the day's calls goes into looking for changed orders; the rest is for reading documents. */
const POLL_SHARE = 1 / 3;
const MINUTES_A_DAY = 1440;
const LONGEST_MINUTES = 15;

/** After this many quiet minutes the next look is due in that many minutes: quick at work, slow at night. */
const QUIET = [
  { upTo: 20, wait: 1 },
  { upTo: 60, wait: 3 },
  { upTo: 180, wait: 5 },
] as const;

/** What is left of the day for all that is to be read. */
export interface DayAhead {
  calls: number;
  /** Until there are as many as in the morning again. */
  minutes: number;
}

/**
 * Minutes until the next look for changed orders. A fixed setting wins; else the longer a connection has been quiet
 * the longer the wait, from 1 to 15 minutes, and never so often that looking would eat up the day's calls: neither the
 * share of all that the day has, nor that of what is left of it. Where not one is left for it, it is the end of the day.
 */
export function pollInterval(
  { pollMinutes, xeroDailyCalls }: Pick<Settings, 'pollMinutes' | 'xeroDailyCalls'>,
  quietMinutes: number,
  ahead?: DayAhead,
): number {
  if (pollMinutes !== 'auto') return pollMinutes;
  const affordable = MINUTES_A_DAY / (xeroDailyCalls * POLL_SHARE);
  const left = ahead ? ahead.minutes / Math.max(1, ahead.calls * POLL_SHARE) : 0;
  const wanted = QUIET.find(({ upTo }) => quietMinutes <= upTo)?.wait ?? LONGEST_MINUTES;
  return Math.max(affordable, left, wanted);
}
