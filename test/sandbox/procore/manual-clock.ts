import type { Clock } from '../../../lib/core/ports.ts';

/** A clock that only moves when told to; sleeping moves it. */
export function manualClock(start = '2026-01-15T08:00:00Z'): Clock & { advance(seconds: number): void } {
  let time = Date.parse(start);
  return {
    now: () => new Date(time),
    sleep: async (milliseconds) => {
      time += milliseconds;
    },
    advance: (seconds) => {
      time += seconds * 1000;
    },
  };
}
