import { Refusal } from './errors.ts';
import type { World } from './world.ts';

/** Calls that one service account may make in 60 minutes and in 10 seconds. */
export interface Limits {
  hourly: number;
  spike: number;
}

interface Window {
  limit: number;
  milliseconds: number;
  used: number;
  /** Epoch milliseconds at which a new window starts. */
  resets: number;
}

export interface RateLimits {
  /** Counts a call and returns the X-Rate-Limit headers of its answer. Throws a 429 beyond a limit. */
  take(clientId: string): Record<string, string>;
}

export function rateLimits(world: World, limits: Limits): RateLimits {
  const windows = new Map<string, Window[]>();
  return {
    take: (clientId) => {
      const now = world.clock.now().getTime();
      const own = windows.get(clientId) ?? [
        { limit: limits.hourly, milliseconds: 3_600_000, used: 0, resets: 0 },
        { limit: limits.spike, milliseconds: 10_000, used: 0, resets: 0 },
      ];
      windows.set(clientId, own);
      for (const window of own)
        if (now >= window.resets) Object.assign(window, { used: 0, resets: now + window.milliseconds });
      const full = own.find((window) => window.used >= window.limit);
      if (full !== undefined)
        throw new TooMany(headersOf(full), Math.ceil((full.resets - now) / 1000), world);
      for (const window of own) window.used++;
      return headersOf(own.reduce((a, b) => (left(b) < left(a) ? b : a)));
    },
  };
}

/** A 429 with the headers of the window that is full. */
export class TooMany extends Refusal {
  readonly headers: Record<string, string>;

  constructor(headers: Record<string, string>, seconds: number, world: World) {
    super(429, { message: 'Rate limit exceeded' });
    this.headers = world.rules.retryAfterOn429 ? { ...headers, 'Retry-After': String(seconds) } : headers;
  }
}

function left(window: Window): number {
  return window.limit - window.used;
}

function headersOf(window: Window): Record<string, string> {
  return {
    'X-Rate-Limit-Limit': String(window.limit),
    'X-Rate-Limit-Remaining': String(left(window)),
    'X-Rate-Limit-Reset': String(Math.ceil(window.resets / 1000)),
  };
}
