import type { Priority } from '../priority.ts';
import { PRIORITIES } from '../priority.ts';

/** What is known of one window. Instants are epoch milliseconds. */
export interface WindowState {
  /** Calls in one window, where headers told. */
  limit?: number;
  /** Our own calls: by when they had been answered, and how many. */
  used: [at: number, calls: number][];
  /** Calls that the vendor counted and we did not, or never had to give. */
  elsewhere?: { calls: number; until: number };
  /** What headers prove to be left besides all that is granted; below zero where more is granted. */
  sure?: number;
  /** What the latest answer told. */
  seen?: { remaining: number; sentAt: number; heardAt: number };
  /** Between which instants the window resets, or has last reset. */
  reset?: { from: number; by: number };
}

/** What one worker may use up without asking again. */
export interface Share {
  /** Calls that may have been sent and of which nothing was reported. */
  calls: number;
  /** How many of them may be in flight at the same time. */
  slots: number;
  /** Whoever has not reported by then is dead. */
  until: number;
}

/** What all workers know together of one account's limits. */
export interface GovernorState {
  windows: Record<string, WindowState>;
  /** By holder. */
  shares: Record<string, Share>;
  /** The vendor said so: nothing is sent before. */
  closedUntil: number;
  /** Who was refused of late, and until when the less urgent give way to them. */
  waiting: Partial<Record<Priority, number>>;
}

export const FRESH: GovernorState = { windows: {}, shares: {}, closedUntil: 0, waiting: {} };

/** Calls that may be under way without anybody having reported them. */
export function outstanding({ shares }: GovernorState): number {
  return Object.values(shares).reduce((sum, { calls }) => sum + calls, 0);
}

/** Who is more urgent than this one. */
export function moreUrgentThan(priority: Priority): readonly Priority[] {
  return PRIORITIES.slice(0, PRIORITIES.indexOf(priority));
}
