import type { LimitRule } from '../http/limits.ts';
import { retryAfterSeconds, secondsUntil } from '../http/limits.ts';

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

/** `X-Rate-Limit-Reset` in milliseconds since the epoch. */
function resetAt(headers: Headers): number | undefined {
  const text = headers.get('x-rate-limit-reset')?.trim();
  return text && /^\d+$/.test(text) ? Number(text) * 1000 : undefined;
}
