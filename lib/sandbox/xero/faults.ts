/** What goes wrong with the calls that match. `before`: Xero did nothing; `after`: the work was done, the answer is lost. */
export type Fault = Match &
  (
    | { do: 'delay'; milliseconds: number }
    /** Waits until the promise settles: for tests that need calls to overlap. */
    | { do: 'hold'; until: Promise<unknown> }
    | {
        do: 'answer';
        status: number;
        when: 'before' | 'after';
        headers?: Record<string, string>;
        body?: string;
      }
    | { do: 'drop'; when: 'before' | 'after' }
  );

interface Match {
  /** Any method where it is left out. */
  method?: string;
  /** Tried on the path without its query; a text must be its end. */
  path: string | RegExp;
  /** How many matching calls it hits; all of them where it is left out. */
  times?: number;
}

/** Faults that are switched on at present. */
export function createFaults() {
  const on: { fault: Fault; left: number }[] = [];
  return {
    add(fault: Fault): void {
      on.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    clear(): void {
      on.length = 0;
    },
    /** The first fault that hits this call, used up once more. */
    take(method: string, path: string): Fault | undefined {
      const hit = on.find(({ fault, left }) => left > 0 && matches(fault, method, path));
      if (hit) hit.left -= 1;
      return hit?.fault;
    },
  };
}

export type Faults = ReturnType<typeof createFaults>;

function matches(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method !== method) return false;
  return typeof fault.path === 'string' ? path.endsWith(fault.path) : fault.path.test(path);
}
