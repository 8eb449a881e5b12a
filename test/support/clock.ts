import type { Clock } from '../../lib/core/ports.ts';

/** A clock that stands still until it is told, or somebody sleeps: sleeping takes no time and moves it on. */
export interface TestClock extends Clock {
  advance(milliseconds: number): void;
}

export function testClock(startIso: string): TestClock {
  let time = Date.parse(startIso);
  const advance = (milliseconds: number) => {
    time += milliseconds;
  };
  return {
    advance,
    now: () => new Date(time),
    async sleep(milliseconds) {
      advance(milliseconds);
    },
  };
}
