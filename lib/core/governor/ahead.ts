import type { DayAhead } from '../poll-interval.ts';
import type { VendorRules } from './rules.ts';
import type { GovernorState } from './state.ts';
import { outstanding } from './state.ts';
import { EMPTY, leftIn } from './window.ts';

/** What is left of the longest window. Until its end is known, it may lie a whole window ahead. */
export function dayAhead(state: GovernorState, rules: VendorRules, now: number): DayAhead {
  const [name, rule] = Object.entries(rules.windows).at(-1)!;
  const window = state.windows[name] ?? EMPTY;
  const length = rule.seconds * 1000;
  const calls = state.closedUntil > now + 60_000 ? 0 : leftIn(window, rule, now, outstanding(state));
  const by = window.reset?.by;
  // Each is as long as the last.
  const until = by === undefined ? length : by > now ? by - now : length - ((now - by) % length);
  return { calls: Math.max(0, calls), minutes: Math.min(length, until) / 60_000 };
}
