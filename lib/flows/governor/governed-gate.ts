import { randomUUID } from 'node:crypto';
import type { Report } from '../../core/governor/exchange.ts';
import { CALL_SECONDS } from '../../core/governor/exchange.ts';
import type { Gate, HeldBack, Pass } from '../../core/governor/gate.ts';
import type { Closing, Heard } from '../../core/governor/learn.ts';
import type { Share } from '../../core/governor/state.ts';
import type { Priority } from '../../core/priority.ts';
import { WriteConflict } from '../../store/write-conflict.ts';
import type { Ledger } from './ledger.ts';
import { writeInto } from './ledger.ts';
import type { GovernedVendor } from './vendors.ts';

/** So many calls are asked for at once: the table is written about once for as many. */
const CALLS = 15;

/** A batch reads Xero one call after the other, now and then two; Procore sets no such limit. */
const SLOTS = { limited: 2, unlimited: 100 };

/** What nobody has used for so long is given back. By the machine's own time: it decides nothing. */
const IDLE_MS = 400;

interface GateOptions extends Omit<Ledger, 'rules'> {
  vendor: GovernedVendor;
  priority: Priority;
  /** Lets others of this process give back what they hold of the account and do not use; whether anybody did. */
  makeRoom: () => Promise<boolean>;
}

export interface GovernedGate extends Gate {
  /** Gives back what is not used, and tells what was heard; whether there was anything. */
  rest(): Promise<boolean>;
}

/**
 * Lets this process's calls through while its share lasts, and gets it another where it does not:
 *
 *     enter ─► share left? ─yes─► pass ─► over: what the headers tell is kept
 *                 │ no                        │ idle
 *                 ▼                           ▼
 *             exchange with the table ◄───── rest
 */
export function openGovernedGate({ vendor, priority, makeRoom, ...rest }: GateOptions): GovernedGate {
  const ledger: Ledger = { ...rest, rules: vendor.rules };
  const { clock } = ledger;
  const holder = randomUUID();
  const slots = vendor.rules.slots === undefined ? SLOTS.unlimited : SLOTS.limited;

  let share: Share | undefined;
  const count = { begun: 0, over: 0, reported: 0 };
  let lastAt = 0;
  let heard: (Omit<Heard, 'uncounted'> & { overBefore: number }) | undefined;
  let closing: Closing | undefined;
  /** Refused: nobody of this process asks again before. */
  let refusal: { until: number; seconds: number; soon: boolean } | undefined;
  let exchanging: Promise<void> | undefined;
  let idle: NodeJS.Timeout | undefined;
  const overNext: (() => void)[] = [];

  const now = () => clock.now().getTime();
  const flying = () => count.begun - count.over;
  const usable = () => share !== undefined && share.calls > 0 && now() < share.until - CALL_SECONDS * 1000;

  function begin(): Pass {
    clearTimeout(idle);
    share!.calls -= 1;
    count.begun += 1;
    const [sentAt, overBefore] = [now(), count.over];
    return {
      kind: 'pass',
      over(answer) {
        count.over += 1;
        lastAt = now();
        if (answer) {
          const said = vendor.said(answer);
          if (said.length > 0 && (!heard || sentAt >= heard.sentAt)) {
            heard = { said, sentAt, heardAt: lastAt, overBefore };
          }
          const least = Math.min(...said.map(({ remaining }) => remaining));
          if (share) share.calls = Math.min(share.calls, Math.max(0, least));
          closing = vendor.closing(answer, clock.now()) ?? closing;
        }
        if (closing) share = undefined;
        for (const wake of overNext.splice(0)) wake();
        clearTimeout(idle);
        if (flying() === 0) idle = setTimeout(giveBack, closing ? 0 : IDLE_MS).unref();
      },
    };
  }

  function report(): Report {
    return {
      answered: count.over - count.reported,
      lastAt,
      flying: flying(),
      ...(heard && { heard: { ...heard, uncounted: count.begun - heard.overBefore - 1 } }),
      ...(closing && { closing }),
    };
  }

  /** One at a time; what happens meanwhile is told the next time. */
  function exchangeShare(wishes: boolean): Promise<void> {
    const told = { ...count, heard, closing };
    const run = async () => {
      share = undefined;
      const wish = { priority, calls: CALLS, slots };
      const exchanged = await writeInto(ledger, holder, report(), wishes ? wish : undefined);
      count.reported = told.over;
      if (heard === told.heard) heard = undefined;
      if (closing === told.closing) closing = undefined;
      share = exchanged.granted && { ...exchanged.granted };
      const { waitSeconds, soon = false } = exchanged;
      refusal = waitSeconds === undefined ? undefined : refusedFor(waitSeconds, soon);
    };
    exchanging = run().finally(() => {
      exchanging = undefined;
    });
    return exchanging;
  }

  function refusedFor(seconds: number, soon: boolean) {
    const pause = soon ? Math.min(seconds, 1 + Math.random() / 2) : seconds;
    return { until: now() + Math.ceil(pause * 1000), seconds, soon };
  }

  async function ask(): Promise<void> {
    try {
      await exchangeShare(true);
      if (refusal?.soon && (await makeRoom())) await exchangeShare(true);
    } catch (error) {
      if (!(error instanceof WriteConflict)) throw error;
      refusal = refusedFor(1, true);
    }
  }

  async function giveBack(): Promise<void> {
    if (exchanging || flying() > 0) return;
    // What is not given back runs out by itself.
    await exchangeShare(false).catch(() => {});
  }

  return {
    async enter(patienceSeconds): Promise<Pass | HeldBack> {
      const until = now() + patienceSeconds * 1000;
      for (;;) {
        if (usable() && flying() < share!.slots) return begin();
        if (usable()) await new Promise<void>((wake) => overNext.push(wake));
        else if (exchanging) await exchanging.catch(() => {});
        else if (refusal && refusal.until > now()) {
          if (refusal.until > until) return { kind: 'limited', seconds: Math.ceil(refusal.seconds) };
          await clock.sleep(Math.max(0, refusal.until - now()));
        } else await ask();
      }
    },
    async rest() {
      clearTimeout(idle);
      await exchanging?.catch(() => {});
      const holds = flying() === 0 && (share !== undefined || count.over > count.reported);
      if (holds) await giveBack();
      return holds;
    },
  };
}
