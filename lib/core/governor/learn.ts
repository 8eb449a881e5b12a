import type { VendorRules, WindowRule } from './rules.ts';
import type { GovernorState, WindowState } from './state.ts';
import { outstanding } from './state.ts';
import { EMPTY, leftIn } from './window.ts';

/** What one answer's headers tell of one window. */
export interface Said {
  /** Absent where the vendor does not name it: then it is the one nearest to running out. */
  window?: string;
  remaining: number;
  limit?: number;
  /** Epoch milliseconds. */
  resetsAt?: number;
}

/** What the latest answer told, and how much of what its hearer does the vendor may not have counted in it. */
export interface Heard {
  said: Said[];
  sentAt: number;
  heardAt: number;
  /** Calls of the hearer that were not answered yet when this one was sent. */
  uncounted: number;
}

/** Vendors tell whole seconds, and machines disagree about the time by less than this. */
const SLACK_MS = 2000;

/** The rules of what headers tell. `recent` are others' calls that may be younger than what was heard. */
export function learn(
  state: GovernorState,
  rules: VendorRules,
  heard: Heard,
  recent: number,
  ours: number,
): GovernorState {
  const out = outstanding(state);
  const sureBesides = heard.uncounted + (out - ours) + recent;
  const windows = { ...state.windows };
  for (const said of heard.said) {
    const named = said.window ?? nameOf(said, state, rules, heard.heardAt);
    for (const [name, rule] of Object.entries(rules.windows)) {
      const window = windows[name] ?? EMPTY;
      const sure = capped(said.remaining, rule) - sureBesides;
      if (name === named) windows[name] = told(window, rule, said, heard, { sure, out });
      // What is nearest to running out has the least left.
      else if (said.window === undefined) windows[name] = { ...window, sure: larger(window.sure, sure) };
    }
  }
  return { ...state, windows };
}

/** Which window is meant: the reset lies no further ahead than a window is long, and a known size tells one apart. */
function nameOf(
  { limit, resetsAt = 0 }: Said,
  { windows }: GovernorState,
  rules: VendorRules,
  now: number,
): string {
  const possible = Object.entries(rules.windows)
    .filter(([, { seconds }]) => resetsAt - now <= seconds * 1000 + SLACK_MS)
    .map(([name]) => name);
  const sized = possible.filter((name) => windows[name]?.limit === limit);
  return sized.length === 1 ? sized[0]! : (possible[0] ?? Object.keys(rules.windows).at(-1)!);
}

function told(
  before: WindowState,
  rule: WindowRule,
  { remaining: claimed, limit, resetsAt }: Said,
  { sentAt, heardAt }: Heard,
  { sure, out }: { sure: number; out: number },
): WindowState {
  const remaining = capped(claimed, rule);
  const length = rule.seconds * 1000;
  const { seen, elsewhere, ...rest } = before;
  // Of answers that overlapped nobody can say which the vendor counted first.
  if (seen && overlaps({ sentAt, remaining }, seen)) return { ...before, sure: larger(before.sure, sure) };
  const hasReset = seen !== undefined && remaining > seen.remaining;
  const exact = resetsAt === undefined ? undefined : { from: resetsAt - SLACK_MS, by: resetsAt };
  const risen = hasReset ? { from: seen.sentAt + length - SLACK_MS, by: heardAt + length } : before.reset;
  const reset = exact ?? risen;
  const window: WindowState = {
    ...rest,
    ...(limit !== undefined && { limit }),
    ...(reset && { reset }),
    ...(elsewhere && !hasReset && { elsewhere }),
    sure: Math.min(larger(before.sure, sure), remaining),
    seen: { remaining, sentAt, heardAt },
  };
  // More cannot be left to grant than the vendor says is left: others use it, or it is smaller than was thought.
  const surplus = leftIn(window, rule, heardAt, out) - remaining;
  if (surplus <= 0) return window;
  const until = reset && reset.by > heardAt ? reset.by : heardAt + length;
  return { ...window, elsewhere: { calls: (window.elsewhere?.calls ?? 0) + surplus, until } };
}

/** Within one millisecond only a lower count is sure to be the later one. */
function overlaps(
  now: { sentAt: number; remaining: number },
  seen: { heardAt: number; remaining: number },
): boolean {
  return now.sentAt < seen.heardAt || (now.sentAt === seen.heardAt && now.remaining > seen.remaining);
}

function capped(remaining: number, { limit, soft }: WindowRule): number {
  return limit === undefined || soft ? remaining : Math.min(remaining, limit);
}

function larger(known: number | undefined, sure: number): number {
  return known === undefined ? sure : Math.max(known, sure);
}

/** The vendor refused a call: nothing is sent before, and where it named the window, that resets then. */
export function closed(state: GovernorState, { until, window: name }: Closing): GovernorState {
  const window = name === undefined ? undefined : (state.windows[name] ?? EMPTY);
  return {
    ...state,
    closedUntil: Math.max(state.closedUntil, until),
    ...(window && {
      windows: { ...state.windows, [name!]: { ...window, reset: { from: until - SLACK_MS, by: until } } },
    }),
  };
}

export interface Closing {
  /** Epoch milliseconds. */
  until: number;
  window?: string;
}
