import type { Clock } from '../../../lib/core/ports.ts';

/** A clock on which nothing takes time but sleeping. */
export interface VirtualClock extends Clock {
  /** Names something that is under way in real time: until it is done the clock stands still. */
  watch(underWay: () => number): void;
}

/** Turns of the event loop in which nothing happens, before all that goes on is taken to be asleep. */
const QUIET_TURNS = 3;

/**
 * Sleepers sleep beside each other, as they do in life: only when nobody is awake any more and nothing is under way does
 * the clock jump to the moment at which the first of them wakes.
 */
export function virtualClock(startIso: string): VirtualClock {
  let time = Date.parse(startIso);
  const watched: (() => number)[] = [];
  const sleepers: { at: number; wake(): void }[] = [];
  let running = false;

  async function untilQuiet(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; ) {
      await new Promise((resolve) => setImmediate(resolve));
      quiet = watched.every((underWay) => underWay() === 0) ? quiet + 1 : 0;
    }
  }

  async function run(): Promise<void> {
    running = true;
    while (sleepers.length > 0) {
      await untilQuiet();
      time = Math.max(time, Math.min(...sleepers.map(({ at }) => at)));
      for (const { at, wake } of sleepers.splice(0)) {
        if (at <= time) wake();
        else sleepers.push({ at, wake });
      }
    }
    running = false;
  }

  return {
    now: () => new Date(time),
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers.push({ at: time + milliseconds, wake });
        if (!running) void run();
      }),
    watch: (underWay) => void watched.push(underWay),
  };
}

/** The virtual clock if it is one: it is told of what is under way. */
export function watchedBy(clock: Clock, underWay: () => number): void {
  if ('watch' in clock) (clock as VirtualClock).watch(underWay);
}
