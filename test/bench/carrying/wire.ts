/** What went over the wire to the vendors. */
export interface Wire {
  fetch: typeof globalThis.fetch;
  /** Calls that a vendor turned away for a limit (429). */
  breaches(): number;
  /** Most calls under way at one time. */
  mostAtOnce(): number;
}

export interface WireOptions {
  /** Milliseconds that every call takes at least, as if the vendor were that far away. */
  latency?: number;
}

/** The way to the vendors, with a counter on it. */
export function openWire({ latency = 0 }: WireOptions = {}): Wire {
  let [breaches, underWay, most] = [0, 0, 0];
  return {
    async fetch(...request) {
      underWay++;
      most = Math.max(most, underWay);
      try {
        if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
        const answer = await globalThis.fetch(...request);
        if (answer.status === 429) breaches++;
        return answer;
      } finally {
        underWay--;
      }
    },
    breaches: () => breaches,
    mostAtOnce: () => most,
  };
}
