import type { Clock } from '../core/ports.ts';
import type { LimitRule } from '../http/limits.ts';
import { PATIENCE_SECONDS, retryAfterSeconds, secondsUntil } from '../http/limits.ts';
import type { Limited } from '../http/request.ts';

/** Procore's short window: what to wait where a 429 tells nothing. */
const SPIKE_SECONDS = 10;

/**
 * A 429 may carry `Retry-After`, or only the reset of whichever window ran out: the later of both counts.
 * A 503 is a throttle of the platform where it carries `Retry-After`, and an outage otherwise.
 */
export const procoreLimit: LimitRule = (answer, now) => {
  const told = retryAfterSeconds(answer.headers, now);
  if (answer.status === 503) return told;
  if (answer.status !== 429) return undefined;
  const reset = resetAt(answer.headers);
  if (told === undefined && reset === undefined) return SPIKE_SECONDS;
  return Math.max(told ?? 0, reset === undefined ? 0 : secondsUntil(reset, now));
};

/** Keeps calls back once an answer said that the window is used up, instead of running into a 429. */
export function createGate(clock: Clock) {
  let opensAt = 0;
  return {
    /** Waits until the window opens; returns what holds the call back where that is too long. */
    async pass(): Promise<Limited | undefined> {
      const seconds = secondsUntil(opensAt, clock.now());
      if (seconds > PATIENCE_SECONDS) return { kind: 'limited', seconds };
      if (seconds > 0) await clock.sleep(seconds * 1000);
      return undefined;
    },
    note(headers: Headers): void {
      const usedUp = headers.get('x-rate-limit-remaining')?.trim() === '0';
      opensAt = usedUp ? (resetAt(headers) ?? 0) : 0;
    },
  };
}

/** `X-Rate-Limit-Reset` in milliseconds since the epoch. */
function resetAt(headers: Headers): number | undefined {
  const text = headers.get('x-rate-limit-reset')?.trim();
  return text && /^\d+$/.test(text) ? Number(text) * 1000 : undefined;
}
