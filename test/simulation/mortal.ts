import type { Deployment } from '../../lib/flows/deployment.ts';
import type { Kind } from './interpose.ts';
import { interpose } from './interpose.ts';

/** The moment of death: at the n-th operation, before it reaches the outside or after it has taken effect there. */
export interface Death {
  operation: number;
  when: 'before' | 'after';
}

/** What a worker that carries documents works on. */
const WORKING = ['documents', 'links', 'audit', 'leases', 'events'] as const;

/**
 * A deployment whose process dies: from the given operation on, nothing it starts ever answers. Operations are the
 * calls to Procore and Xero and the writes and reads of the stores. `died` resolves at that moment.
 */
export function mortal(
  deployment: Deployment,
  death: Death,
  parts: Parameters<typeof interpose>[1] = WORKING,
) {
  const operations: Kind[] = [];
  let dead = () => {};
  const died = new Promise<'died'>((resolve) => {
    dead = () => resolve('died');
  });
  const forever = new Promise<never>(() => {});
  return {
    died,
    /** What was done so far, the first operation first. */
    operations,
    deployment: interpose(deployment, parts, async (kind, work) => {
      operations.push(kind);
      if (operations.length < death.operation) return work();
      if (operations.length === death.operation && death.when === 'after') await work().catch(() => {});
      dead();
      return forever;
    }),
  };
}
