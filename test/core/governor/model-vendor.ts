import type { Said } from '../../../lib/core/governor/learn.ts';

interface Window {
  name: string;
  seconds: number;
  limit: number;
  /** Windows of Xero reset at fixed moments; those of Procore begin with a call. */
  phase: number | 'first call';
  end: number;
  used: number;
}

/** A vendor that counts calls in fixed windows which nobody else can see, and remembers every breach. */
export function modelVendor(
  kind: 'xero' | 'procore',
  limits: { name: string; seconds: number; limit: number; phase?: number }[],
  concurrent = Number.POSITIVE_INFINITY,
) {
  const windows: Window[] = limits.map(({ phase, ...limit }) => ({
    ...limit,
    phase: phase ?? 'first call',
    end: 0,
    used: 0,
  }));
  const refusals: string[] = [];
  let inFlight = 0;
  let counted = 0;

  function roll(now: number): void {
    for (const window of windows) {
      if (now < window.end) continue;
      const length = window.seconds * 1000;
      const begun =
        window.phase === 'first call' ? now : now - ((((now - window.phase) % length) + length) % length);
      Object.assign(window, { end: begun + length, used: 0 });
    }
  }

  function said(): Said[] {
    if (kind === 'xero')
      return windows.map(({ name, limit, used }) => ({ window: name, remaining: limit - used }));
    // Of those with the same left, the hour is told.
    const least = windows.toReversed().reduce((a, b) => (b.limit - b.used < a.limit - a.used ? b : a));
    const { limit, used, end } = least;
    return [{ remaining: limit - used, limit, resetsAt: Math.ceil(end / 1000) * 1000 }];
  }

  return {
    refusals,
    counted: () => counted,
    windows,
    /** The vendor counts the call; returns what its answer will tell. */
    count(now: number): { said: Said[]; closing?: { until: number; window?: string } } {
      roll(now);
      if (inFlight >= concurrent) {
        refusals.push('concurrent');
        return { said: said(), closing: { until: now + 2000 } };
      }
      const full = windows.toReversed().find(({ used, limit }) => used >= limit);
      if (full) {
        refusals.push(full.name);
        const until = now + Math.ceil((full.end - now) / 1000) * 1000;
        return { said: said(), closing: { until, ...(kind === 'xero' && { window: full.name }) } };
      }
      for (const window of windows) window.used += 1;
      inFlight += 1;
      counted += 1;
      return { said: said() };
    },
    left(): void {
      inFlight -= 1;
    },
  };
}

export type ModelVendor = ReturnType<typeof modelVendor>;
