import type { Deployment } from '../../lib/flows/deployment.ts';

/** The moment of death: at the n-th operation, before it reaches the outside or after it has taken effect there. */
export interface Death {
  operation: number;
  when: 'before' | 'after';
}

/**
 * A deployment whose process dies: from the given operation on, nothing it starts ever answers. Operations are the
 * calls to Procore and Xero and the writes and reads of the stores. `died` resolves at that moment.
 */
export function mortal(deployment: Deployment, death: Death) {
  const operations: ('vendor' | 'store')[] = [];
  let dead = () => {};
  const died = new Promise<'died'>((resolve) => {
    dead = () => resolve('died');
  });
  const forever = new Promise<never>(() => {});
  const operate = async <T>(kind: 'vendor' | 'store', work: () => Promise<T>): Promise<T> => {
    operations.push(kind);
    if (operations.length < death.operation) return work();
    if (operations.length === death.operation && death.when === 'after') await work().catch(() => {});
    dead();
    return forever;
  };
  const wrap = <T extends object>(store: T): T =>
    new Proxy(store, {
      get: (target, name) => {
        const member = Reflect.get(target, name);
        return typeof member === 'function'
          ? (...given: unknown[]) => operate('store', async () => member.apply(target, given))
          : member;
      },
    });
  return {
    died,
    /** What was done so far, the first operation first. */
    operations,
    deployment: {
      ...deployment,
      fetch: (...given: Parameters<typeof fetch>) => operate('vendor', () => deployment.fetch(...given)),
      documents: wrap(deployment.documents),
      links: wrap(deployment.links),
      audit: wrap(deployment.audit),
      leases: wrap(deployment.leases),
      events: wrap(deployment.events),
    } satisfies Deployment,
  };
}
