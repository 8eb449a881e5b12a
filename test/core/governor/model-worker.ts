import type { Report } from '../../../lib/core/governor/exchange.ts';
import { CALL_SECONDS, exchange } from '../../../lib/core/governor/exchange.ts';
import type { Heard } from '../../../lib/core/governor/learn.ts';
import type { VendorRules } from '../../../lib/core/governor/rules.ts';
import type { GovernorState, Share } from '../../../lib/core/governor/state.ts';
import { FRESH } from '../../../lib/core/governor/state.ts';
import type { Priority } from '../../../lib/core/priority.ts';
import type { ModelVendor } from './model-vendor.ts';

export interface World {
  now: number;
  state: GovernorState;
  rules: VendorRules;
  vendor: ModelVendor;
  exchanges: number;
  /** Where more than the vendor allows was sent. */
}

export function newWorld(rules: VendorRules, vendor: ModelVendor, now: number): World {
  return { now, state: FRESH, rules, vendor, exchanges: 0 };
}

interface Call {
  sentAt: number;
  overBefore: number;
  answer?: ReturnType<ModelVendor['count']>;
}

/** A process that sends its calls as the real gate does, one step at a time. */
export function modelWorker(world: World, name: string, priority: Priority, wanted: number) {
  let share: Share | undefined;
  let todo = wanted;
  let alive = true;
  let begun = 0;
  let over = 0;
  let reported = 0;
  let lastAt = 0;
  let heard: (Omit<Heard, 'uncounted'> & { overBefore: number }) | undefined;
  let closing: Report['closing'];
  let pausedUntil = 0;
  const flying: Call[] = [];

  function trade(wishes: boolean): void {
    const report: Report = {
      answered: over - reported,
      lastAt,
      flying: flying.length,
      ...(heard && { heard: { ...heard, uncounted: begun - heard.overBefore - 1 } }),
      ...(closing && { closing }),
    };
    const wish = { priority, calls: 10, slots: world.rules.slots === undefined ? 100 : 2 };
    const result = exchange(world.state, world.rules, world.now, name, report, wishes ? wish : undefined);
    world.state = JSON.parse(JSON.stringify(result.state));
    world.exchanges += 1;
    [heard, closing, reported, share] = [undefined, undefined, over, result.granted && { ...result.granted }];
    if (result.waitSeconds !== undefined) {
      pausedUntil = world.now + (result.soon ? Math.min(1, result.waitSeconds) : result.waitSeconds) * 1000;
    }
  }

  return {
    priority,
    done: () => !alive || (todo === 0 && flying.length === 0),
    alive: () => alive,
    /** The calls that are counted nowhere yet and still may be, after the death of the worker, too. */
    flying,
    /** When its oldest call must be over. */
    oldest: () => Math.min(Number.POSITIVE_INFINITY, ...flying.map(({ sentAt }) => sentAt)),
    pausedUntil: () => pausedUntil,
    die(): void {
      alive = false;
    },
    rest(): void {
      if (alive && flying.length === 0) {
        trade(false);
        share = undefined;
      }
    },
    /** Sends a call or asks for a share. Returns whether there was anything to do. */
    act(): boolean {
      if (!alive || todo === 0) return false;
      const usable = share && share.calls > 0 && world.now < share.until - CALL_SECONDS * 1000;
      if (usable && flying.length >= share!.slots) return false;
      if (usable) {
        share!.calls -= 1;
        todo -= 1;
        begun += 1;
        flying.push({ sentAt: world.now, overBefore: over });
        return true;
      }
      if (world.now < pausedUntil) return false;
      trade(true);
      return true;
    },
    /** One of its calls goes on: the vendor counts it, or its answer arrives, with or without headers. */
    proceed(pick: number, headers: boolean): void {
      const call = flying[pick % flying.length];
      if (!call) return;
      if (!call.answer) {
        call.answer = world.vendor.count(world.now);
        return;
      }
      flying.splice(flying.indexOf(call), 1);
      if (!call.answer.closing) world.vendor.left();
      if (!alive) return;
      over += 1;
      lastAt = world.now;
      if (call.answer.closing) {
        todo += 1;
        closing = call.answer.closing;
      }
      if (headers && (!heard || call.sentAt >= heard.sentAt)) {
        const { sentAt, overBefore, answer } = call;
        heard = { said: answer.said, sentAt, heardAt: world.now, overBefore };
        const least = Math.min(...answer.said.map(({ remaining }) => remaining));
        if (share) share.calls = Math.min(share.calls, Math.max(0, least));
      }
      if (closing) share = undefined;
    },
  };
}

export type ModelWorker = ReturnType<typeof modelWorker>;
