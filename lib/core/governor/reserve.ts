import type { Priority } from '../priority.ts';

/** The part of every window that is left to the more urgent. */
const RESERVE: Record<Priority, number> = {
  approval: 0,
  webhook: 0.05,
  poll: 0.1,
  sweep: 0.25,
  backfill: 0.4,
};

/** Of Xero's five calls in flight so many are left to the more urgent. */
const RESERVED_SLOTS: Record<Priority, number> = { approval: 0, webhook: 1, poll: 2, sweep: 3, backfill: 4 };

/** Calls that a window of this size keeps back from the priority; never all of them. */
export function reservedCalls(priority: Priority, limit: number | undefined): number {
  if (limit === undefined) return 0;
  return Math.max(0, Math.min(Math.floor(limit * RESERVE[priority]), limit - 1));
}

export function reservedSlots(priority: Priority): number {
  return RESERVED_SLOTS[priority];
}
