import type { BenchVendors } from './vendors.ts';

/** Calls by endpoint, tokens left out: they come by the clock and not by the document. */
export interface VendorCalls {
  xero: Map<string, number>;
  procore: Map<string, number>;
}

/** What the sandboxes have counted since `begin`, and how often they had to turn a call away for a limit. */
export function countCalls({ xero, procore }: Pick<BenchVendors, 'xero' | 'procore'>): () => VendorCalls {
  const before = { xero: new Map(xero.calls.counts), procore: new Map(procore.calls) };
  return () => ({
    xero: difference(xero.calls.counts, before.xero),
    procore: difference(procore.calls, before.procore),
  });
}

export function total(calls: Map<string, number>): number {
  return [...calls.values()].reduce((sum, count) => sum + count, 0);
}

function difference(now: ReadonlyMap<string, number>, before: Map<string, number>): Map<string, number> {
  return new Map(
    [...now]
      .map(([endpoint, count]) => [endpoint, count - (before.get(endpoint) ?? 0)] as const)
      .filter(([endpoint, count]) => count > 0 && !/token$|\/connections/.test(endpoint)),
  );
}
