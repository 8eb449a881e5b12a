import type { WindowRule } from './rules.ts';
import type { WindowState } from './state.ts';

export const EMPTY: WindowState = { used: [] };

/** The size that the window has for us at present; undefined where nobody knows yet. */
export function sizeOf(window: WindowState, rule: WindowRule): number | undefined {
  const limit = window.limit ?? rule.limit;
  return limit === undefined ? undefined : Math.max(0, limit - (window.elsewhere?.calls ?? 0));
}

/**
 * Calls that may still be granted, at least; below zero where more is granted. Two things are known for certain, and
 * the larger counts: what is left of the limit if every call of ours since the window may have begun is in it, and what
 * the vendor's own count proves.
 */
export function leftIn(window: WindowState, rule: WindowRule, now: number, out: number): number {
  const size = sizeOf(window, rule);
  // Nobody knows how many: one call goes ahead to ask.
  const counted =
    size === undefined ? (out === 0 ? 1 : 0) : size - out - usedSince(window, begun(window, rule, now));
  return Math.max(counted, window.sure ?? Number.NEGATIVE_INFINITY);
}

export function usedSince({ used }: WindowState, since: number): number {
  return used.reduce((sum, [at, calls]) => (at > since ? sum + calls : sum), 0);
}

/** The earliest instant at which the current window may have begun. */
function begun({ reset }: WindowState, { seconds }: WindowRule, now: number): number {
  const longestAgo = now - seconds * 1000;
  if (!reset) return longestAgo;
  return Math.max(longestAgo, reset.by > now ? reset.from - seconds * 1000 : reset.from);
}

/** Milliseconds until more is left without anybody giving back; undefined where that is not known. */
export function opensIn(window: WindowState, rule: WindowRule, now: number): number | undefined {
  if (sizeOf(window, rule) === undefined) return undefined;
  if (window.reset && window.reset.by > now) return window.reset.by - now;
  const since = begun(window, rule, now);
  const oldest = window.used.find(([at]) => at > since)?.[0];
  const ends = [
    ...(oldest === undefined ? [] : [oldest + rule.seconds * 1000]),
    ...(window.elsewhere ? [window.elsewhere.until] : []),
  ].filter((end) => end > now);
  return ends.length > 0 ? Math.min(...ends) - now : undefined;
}

/** The window with these calls in it, answered by then. */
export function withUsed(window: WindowState, rule: WindowRule, at: number, calls: number): WindowState {
  if (calls <= 0) return window;
  const grain = rule.grainSeconds * 1000;
  const by = Math.ceil(at / grain) * grain;
  const before = window.used.find(([known]) => known === by)?.[1] ?? 0;
  const others = window.used.filter(([known]) => known !== by);
  const used = [...others, [by, before + calls] satisfies [number, number]].toSorted(([a], [b]) => a - b);
  return { ...window, used };
}

/** Without what can be in no window any more. */
export function tidied(window: WindowState, rule: WindowRule, now: number): WindowState {
  const since = begun(window, rule, now);
  const { elsewhere, ...rest } = window;
  return {
    ...rest,
    used: window.used.filter(([at]) => at > since),
    ...(elsewhere && elsewhere.until > now && { elsewhere }),
  };
}
