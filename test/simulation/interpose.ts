import type { Deployment } from '../../lib/flows/deployment.ts';

/** What a deployment does outside the process: it asks a vendor, or works on AWS. */
export type Kind = 'vendor' | 'store';

/** The parts that work on AWS. */
type Part =
  | 'connections'
  | 'documents'
  | 'links'
  | 'charges'
  | 'suppliers'
  | 'audit'
  | 'leases'
  | 'secrets'
  | 'vault'
  | 'events';

/** Stands between a process and the outside: `step` decides what becomes of each operation. */
export function interpose(
  deployment: Deployment,
  parts: readonly Part[],
  step: <T>(kind: Kind, work: () => Promise<T>) => Promise<T>,
): Deployment {
  const wrap = <T extends object>(part: T): T =>
    new Proxy(part, {
      get: (target, name) => {
        const member = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return async (...given: unknown[]) => {
          const result = await step('store', async () => member.apply(target, given));
          // What a lease is asked for once it is held are operations, too.
          return name === 'acquire' && result ? wrap(result) : result;
        };
      },
    });
  return {
    ...deployment,
    ...Object.fromEntries(parts.map((part) => [part, wrap(deployment[part])])),
    fetch: (...given) => step('vendor', () => deployment.fetch(...given)),
  };
}
