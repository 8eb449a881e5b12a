import { RetryLater } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import type { Lease } from '../../store/leases.ts';
import { WriteConflict } from '../../store/write-conflict.ts';

/** Pauses between attempts to get an answer, and how long after the first the last may begin, in milliseconds. */
const ASKING = { pauses: [1000, 3000, 9000], beginWithin: 30_000 };

/** The same for storing; the pause doubles from the first to the longest. */
const STORING = { firstPause: 250, longestPause: 5000, beginWithin: 60_000 };

/**
 * Asks Xero for tokens, and again where no answer came back: it may have rotated the refresh token all the same. Every
 * attempt begins with the lease in hand. At the longest that takes 50 s, of the 30 minutes in which Xero takes the old
 * token once more. Throws what the last attempt threw.
 */
export async function askPersistently<T>(clock: Clock, lease: Lease, ask: () => Promise<T>): Promise<T> {
  const begun = clock.now().getTime();
  for (const pause of ASKING.pauses) {
    await lease.keep();
    try {
      return await ask();
    } catch (error) {
      const lost = error instanceof RetryLater && error.code === 'xero-unavailable';
      const late = clock.now().getTime() + pause - begun > ASKING.beginWithin;
      if (!lost || late) throw error;
    }
    await clock.sleep(pause);
  }
  await lease.keep();
  return ask();
}

/**
 * Stores what exists nowhere else, for as long as a process may well live. Throws WriteConflict at once: somebody
 * else has stored something newer; otherwise what the last attempt threw.
 */
export async function storePersistently(clock: Clock, store: () => Promise<void>): Promise<void> {
  const begun = clock.now().getTime();
  for (let pause = STORING.firstPause; ; pause = Math.min(2 * pause, STORING.longestPause)) {
    try {
      return await store();
    } catch (error) {
      const late = clock.now().getTime() + pause - begun > STORING.beginWithin;
      if (error instanceof WriteConflict || late) throw error;
    }
    await clock.sleep(pause);
  }
}
