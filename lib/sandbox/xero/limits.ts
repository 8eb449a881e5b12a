import { createHash } from 'node:crypto';
import type { Clock } from '../../core/ports.ts';
import { problem } from './refusals.ts';

/** Calls allowed: in flight, per minute and per day for one app in one organisation; per minute for an app in all. */
export interface LimitSizes {
  concurrent: number;
  minute: number;
  day: number;
  appMinute: number;
}

export const XERO_LIMITS: LimitSizes = { concurrent: 5, minute: 60, day: 5000, appMinute: 10_000 };

interface Words {
  concurrentProblem: string;
  appMinuteProblem: string;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Counts in fixed windows that open at another moment for every organisation. */
export function createLimits(clock: Clock, sizes: LimitSizes, words: Words) {
  const windows = new Map<string, { from: number; used: number }>();
  const inFlight = new Map<string, number>();

  function window(key: string, length: number) {
    const now = clock.now().getTime();
    const offset = createHash('sha256').update(key).digest().readUInt32BE() % length;
    const from = Math.floor((now - offset) / length) * length + offset;
    const current = windows.get(key);
    const fresh = current?.from === from ? current : { from, used: 0 };
    windows.set(key, fresh);
    return { fresh, seconds: Math.max(1, Math.ceil((from + length - now) / 1000)) };
  }

  return {
    /** Lets one call in and returns the headers of its answer, or throws 429. A refused call is not counted. */
    enter(clientId: string, tenantId?: string): { headers: Record<string, string>; leave(): void } {
      const app = window(`${clientId} minute`, MINUTE);
      const tenant = tenantId === undefined ? undefined : tenantWindows(clientId, tenantId);
      const flying = tenant ? (inFlight.get(tenant.key) ?? 0) : 0;
      const used = tenant ? { minute: tenant.minute.fresh.used, day: tenant.day.fresh.used } : undefined;

      const remaining = (more: number) => ({
        'X-AppMinLimit-Remaining': String(sizes.appMinute - app.fresh.used - more),
        ...(used && {
          'X-MinLimit-Remaining': String(Math.max(0, sizes.minute - used.minute - more)),
          'X-DayLimit-Remaining': String(Math.max(0, sizes.day - used.day - more)),
        }),
      });
      const refuse = (word: string, retryAfter?: number) =>
        problem(429, 'Too Many Requests', `Rate limit exceeded: ${word}`, {
          headers: {
            ...remaining(0),
            'X-Rate-Limit-Problem': word,
            ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
          },
        });

      if (tenant && used && used.day >= sizes.day) throw refuse('day', tenant.day.seconds);
      if (tenant && used && used.minute >= sizes.minute) throw refuse('minute', tenant.minute.seconds);
      if (app.fresh.used >= sizes.appMinute) throw refuse(words.appMinuteProblem, app.seconds);
      if (flying >= sizes.concurrent) throw refuse(words.concurrentProblem);

      const headers = remaining(1);
      app.fresh.used += 1;
      if (!tenant) return { headers, leave() {} };
      tenant.minute.fresh.used += 1;
      tenant.day.fresh.used += 1;
      inFlight.set(tenant.key, flying + 1);
      return {
        headers,
        leave() {
          inFlight.set(tenant.key, (inFlight.get(tenant.key) ?? 1) - 1);
        },
      };
    },
  };

  function tenantWindows(clientId: string, tenantId: string) {
    const key = `${clientId} ${tenantId}`;
    return { key, minute: window(`${key} minute`, MINUTE), day: window(`${key} day`, DAY) };
  }
}

export type Limits = ReturnType<typeof createLimits>;
