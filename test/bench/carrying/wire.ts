import type { Clock } from '../../../lib/core/ports.ts';
import { watchedBy } from './virtual-clock.ts';

/** What went over the wire to the vendors. */
export interface Wire {
  fetch: typeof globalThis.fetch;
  /** Calls that a limit turned away (429): of the vendor with this address, or of both. */
  breaches(url?: string): number;
  /** Milliseconds by the clock in which at least one call was under way, since `reset`. */
  busy(): number;
  /** The most calls since `reset` of which each began when the one before had ended. */
  inTurn(): number;
  reset(): void;
}

export interface WireOptions {
  /** Milliseconds that every call takes by the clock, as if the vendor were that far away. */
  latency?: number;
}

/** The way to the vendors, with a counter on it. */
export function openWire(clock: Clock, { latency = 0 }: WireOptions = {}): Wire {
  let [asked, answering, busy, busySince] = [0, 0, 0, 0];
  const turnedAway: string[] = [];
  const ended: { from: number; to: number }[] = [];
  watchedBy(clock, () => answering);
  // Finer than the clock where it is the real one.
  const now = () => ('watch' in clock ? clock.now().getTime() : performance.now());
  return {
    async fetch(...request) {
      const from = now();
      if (asked++ === 0) busySince = from;
      if (latency > 0) await clock.sleep(latency);
      answering++;
      try {
        const answer = await globalThis.fetch(...request);
        // The whole answer: what is still on its way is still under way.
        const body = await answer.arrayBuffer();
        if (answer.status === 429) turnedAway.push(answer.url);
        const { status, headers } = answer;
        return new Response(status === 204 ? null : body, { status, headers });
      } finally {
        answering--;
        if (latency > 0) ended.push({ from, to: now() });
        if (--asked === 0) busy += now() - busySince;
      }
    },
    breaches: (url = '') => turnedAway.filter((each) => each.startsWith(url)).length,
    busy: () => busy,
    inTurn: () => longestChain(ended),
    reset() {
      busy = 0;
      ended.length = 0;
    },
  };
}

/** Of the calls that overlap, the one that ends first leaves most room for others after it. */
function longestChain(calls: { from: number; to: number }[]): number {
  let [chain, last] = [0, Number.NEGATIVE_INFINITY];
  for (const { from, to } of calls.toSorted((a, b) => a.to - b.to)) {
    if (from < last) continue;
    chain++;
    last = to;
  }
  return chain;
}
