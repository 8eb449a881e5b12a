import type { Answer } from './request.ts';

/** How long a call waits in place for a limit to lift, all its waits together. Longer ones go back to the queue. */
export const PATIENCE_SECONDS = 12;

/** `Retry-After` in seconds from now, given as seconds or as an HTTP date. Absent or unreadable: undefined. */
export function retryAfterSeconds(headers: Headers, now: Date): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text));
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : secondsUntil(at, now);
}

/** Whole seconds from now to the instant (in milliseconds), never negative. */
export function secondsUntil(at: number, now: Date): number {
  return Math.max(0, Math.ceil((at - now.getTime()) / 1000));
}

/** How a vendor says "not now": seconds to wait before the same request may be sent again, or undefined. */
export type LimitRule = (answer: Pick<Answer, 'status' | 'headers'>, now: Date) => number | undefined;
