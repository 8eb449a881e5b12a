/** Something that goes wrong on purpose. Paths are Procore's own patterns: `/rest/v1.0/vendors/{id}`. */
interface Fault {
  /** Default: any method. */
  method?: string;
  path: string | RegExp;
  effect: Effect;
  /** How often it strikes; default for ever. */
  times?: number;
  /** Calls that match but pass unharmed before the first strike. */
  skip?: number;
}

export type Effect =
  /** Waits on the injected clock, then answers as usual. */
  | { delay: number }
  /** Answers with this status before or after the work is done; default before. */
  | { status: number; after?: boolean; headers?: Record<string, string>; body?: string }
  /** Cuts the connection before or after the work is done. */
  | { drop: 'before' | 'after' };

export interface Faults {
  /** Switches a fault on; the function that comes back switches it off. */
  add(fault: Fault): () => void;
  clear(): void;
  /** The effect that strikes a call now, if any. */
  strike(method: string, path: string): Effect | undefined;
}

export function faults(): Faults {
  const active = new Set<{ fault: Fault; left: number; skip: number }>();
  return {
    add: (fault) => {
      const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY, skip: fault.skip ?? 0 };
      active.add(entry);
      return () => void active.delete(entry);
    },
    clear: () => active.clear(),
    strike: (method, path) => {
      for (const entry of active) {
        if (!matches(entry.fault, method, path) || entry.left <= 0) continue;
        if (entry.skip-- > 0) continue;
        entry.left--;
        return entry.fault.effect;
      }
      return undefined;
    },
  };
}

function matches({ method, path }: Fault, called: string, pattern: string): boolean {
  const fits = typeof path === 'string' ? path === pattern : path.test(pattern);
  return fits && (method === undefined || method === called);
}
