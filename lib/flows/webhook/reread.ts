import type { Clock } from '../../core/ports.ts';

/** Something that is read once and kept, and read anew when it seems out of date. */
export interface Kept<T> {
  /** As read before, or read now for the first time. */
  current(): Promise<T>;
  /** Read anew, unless that was done a moment ago: a forged webhook must not cost more than one read in 5 s. */
  reread(): Promise<T>;
}

const REREAD_EVERY_MS = 5000;

export function keep<T>(open: () => Promise<T>, clock: Clock): Kept<T> {
  let known: T | undefined;
  let reading: Promise<T> | undefined;
  let readAt = 0;
  const read = (): Promise<T> => {
    readAt = clock.now().getTime();
    reading = open()
      .then((opened) => {
        known = opened;
        return opened;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  return {
    current: async () => known ?? reading ?? read(),
    reread: async () => {
      const fresh = clock.now().getTime() - readAt < REREAD_EVERY_MS ? known : undefined;
      return reading ?? fresh ?? read();
    },
  };
}
