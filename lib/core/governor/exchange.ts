import type { Priority } from '../priority.ts';
import type { Closing, Heard } from './learn.ts';
import { closed, learn } from './learn.ts';
import { reservedCalls, reservedSlots } from './reserve.ts';
import type { VendorRules } from './rules.ts';
import type { GovernorState, Share } from './state.ts';
import { moreUrgentThan, outstanding } from './state.ts';
import { EMPTY, leftIn, opensIn, sizeOf, tidied, usedSince, withUsed } from './window.ts';

/** A worker is given up for dead this long after it was last heard of. */
export const SHARE_SECONDS = 45;

/** A call begun within its share is over before the share is: so long it may take at most (lib/http/request.ts). */
export const CALL_SECONDS = 20;

/** For so long the less urgent give way to somebody who was refused. */
const NOTE_MS = 5000;

/** When it is worth asking again where somebody else may give back. */
const SOON_MS = 1000;

/** What became of a share since it was taken or last reported. */
export interface Report {
  /** Calls that were sent and are over. */
  answered: number;
  /** When the last of them was. */
  lastAt: number;
  /** Calls that are in flight at this moment. */
  flying: number;
  heard?: Heard;
  closing?: Closing;
}

export interface Wish {
  priority: Priority;
  calls: number;
  slots: number;
}

export interface Exchanged {
  state: GovernorState;
  /** What may be sent besides the calls in flight. */
  granted?: Share;
  /** Seconds after which there is more, where nothing was granted. */
  waitSeconds?: number;
  /** Somebody else may give back sooner than that. */
  soon?: boolean;
}

/** Takes a worker's report and gives back what it did not use; and grants it another share where it wishes for one. */
export function exchange(
  before: GovernorState,
  rules: VendorRules,
  now: number,
  holder: string,
  report: Report,
  wish?: Wish,
): Exchanged {
  const state = settled(buried(before, rules, now), rules, holder, report);
  if (!wish) return { state };
  return decided(state, rules, now, { holder, flying: report.flying, wish });
}

/** Those who have not reported in time are dead, and whatever they had may have been sent until then. */
function buried(state: GovernorState, rules: VendorRules, now: number): GovernorState {
  const dead = Object.values(state.shares).filter(({ until }) => until <= now);
  const windows = mapped(rules, (name, rule) =>
    dead.reduce(
      (window, { until, calls }) => withUsed(window, rule, until, calls),
      tidied(state.windows[name] ?? EMPTY, rule, now),
    ),
  );
  const shares = Object.fromEntries(Object.entries(state.shares).filter(([, { until }]) => until > now));
  const waiting = Object.fromEntries(Object.entries(state.waiting).filter(([, until]) => until > now));
  return { ...state, windows, shares, waiting };
}

function settled(before: GovernorState, rules: VendorRules, holder: string, report: Report): GovernorState {
  const { answered, lastAt, flying, heard, closing } = report;
  const { [holder]: own, ...others } = before.shares;
  const [finest] = Object.keys(rules.windows);
  const recent = heard ? usedSince(before.windows[finest!]!, heard.sentAt - SOON_MS) : 0;
  // Of a share that has run out all was counted as used by then.
  const [used, unused] = own ? [answered, Math.max(0, own.calls - answered - flying)] : [0, 0];
  const windows = mapped(rules, (name, rule) => {
    const window = withUsed(before.windows[name]!, rule, lastAt, used);
    return window.sure === undefined ? window : { ...window, sure: window.sure + unused };
  });
  const shares =
    flying > 0 && own ? { ...others, [holder]: { ...own, calls: flying, slots: flying } } : others;
  let state: GovernorState = { ...before, windows, shares };
  if (heard) state = learn(state, rules, heard, recent, own ? flying : 0);
  return closing ? closed(state, closing) : state;
}

interface Asking {
  holder: string;
  flying: number;
  wish: Wish;
}

function decided(state: GovernorState, rules: VendorRules, now: number, asking: Asking): Exchanged {
  const { priority, calls, slots } = asking.wish;
  // Who waits for these two is not noted: nobody less urgent gets past them either.
  if (state.closedUntil > now) return waits(state, state.closedUntil - now, false);
  if (moreUrgentThan(priority).some((other) => state.waiting[other] !== undefined)) {
    return waits(state, SOON_MS, true);
  }
  const { [asking.holder]: own, ...others } = state.shares;
  const taken = Object.values(others).reduce((sum, share) => sum + share.slots, 0);
  const free = rules.slots === undefined ? slots : rules.slots - taken - reservedSlots(priority);
  if (free <= asking.flying) return refused(state, asking, now, SOON_MS, true);

  const out = outstanding(state);
  const foundWindows = Object.entries(rules.windows).map(([name, rule]) => {
    const window = state.windows[name]!;
    const left = leftIn(window, rule, now, out);
    return { rule, window, left, open: left - reservedCalls(priority, sizeOf(window, rule)) };
  });
  const open = Math.min(...foundWindows.map((found) => found.open));
  const grant = (number: number): Exchanged =>
    granted(state, rules, now, asking, number, Math.min(slots, free), own);
  if (open >= 1) {
    const shared = Object.keys(others).length > 0 ? Math.ceil(open / 2) : open;
    return grant(Math.min(calls, shared));
  }
  const full = foundWindows.filter((found) => found.open < 1);
  const openings = full.map(({ window, rule }) => opensIn(window, rule, now));
  // A long window that nobody knows the end of: one call goes to ask, and is told.
  const unknown = full.some(
    ({ rule, window, left }) => rule.seconds >= 3600 && left < 1 && !(window.reset && window.reset.by > now),
  );
  if (unknown && out === 0 && full.every(({ rule }) => rule.seconds >= 3600)) return grant(1);
  const given = out - (own?.calls ?? 0);
  // Of what nobody knows the size of, whoever asks at present will tell.
  const soon = full.every(
    ({ window, rule, open }) => sizeOf(window, rule) === undefined || open + given >= 1,
  );
  return refused(state, asking, now, Math.max(...openings.map((opening) => opening ?? SOON_MS)), soon);
}

function granted(
  state: GovernorState,
  rules: VendorRules,
  now: number,
  { holder, flying, wish }: Asking,
  calls: number,
  slots: number,
  own: Share | undefined,
): Exchanged {
  const share = {
    calls: flying + calls,
    slots: Math.max(slots, own?.slots ?? 0),
    until: now + SHARE_SECONDS * 1000,
  };
  const windows = mapped(rules, (name) => {
    const window = state.windows[name]!;
    return window.sure === undefined ? window : { ...window, sure: window.sure - calls };
  });
  const { [wish.priority]: _granted, ...waiting } = state.waiting;
  return {
    state: { ...state, windows, shares: { ...state.shares, [holder]: share }, waiting },
    granted: { ...share, calls },
  };
}

function refused(
  state: GovernorState,
  { wish: { priority } }: Asking,
  now: number,
  waitMs: number,
  soon: boolean,
): Exchanged {
  // Written again only once it has run half out.
  const noted = (state.waiting[priority] ?? 0) > now + NOTE_MS / 2;
  const waiting = noted ? state.waiting : { ...state.waiting, [priority]: now + NOTE_MS };
  return waits({ ...state, waiting }, waitMs, soon);
}

function waits(state: GovernorState, milliseconds: number, soon: boolean): Exchanged {
  return { state, waitSeconds: Math.max(0.05, milliseconds / 1000), soon };
}

function mapped<T>(rules: VendorRules, make: (name: string, rule: VendorRules['windows'][string]) => T) {
  return Object.fromEntries(Object.entries(rules.windows).map(([name, rule]) => [name, make(name, rule)]));
}
