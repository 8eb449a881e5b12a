import { RetryLater } from '../core/errors.ts';
import type { Lease } from '../store/leases.ts';
import type { Deployment } from './deployment.ts';
import { withLease } from './with-lease.ts';

/** How often, and how far apart, to ask for what somebody else is at. */
const WAITS = { times: 20, milliseconds: 500 };

/** Repeats what fails with RetryLater('lease-held'), for about ten seconds or for as many as are given. */
export async function patiently<T>(
  { clock }: Pick<Deployment, 'clock'>,
  work: () => Promise<T>,
  seconds = (WAITS.times * WAITS.milliseconds) / 1000,
): Promise<T> {
  const times = (seconds * 1000) / WAITS.milliseconds;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const mayPass = error instanceof RetryLater && error.code === 'lease-held';
      if (!mayPass || attempt >= times) throw error;
      await clock.sleep(WAITS.milliseconds);
    }
  }
}

/**
 * Waits for the lease and runs the work, once, as its only holder. Where `settled` finds that whoever held it has
 * done the same work, that is the answer and nobody queues for the lease. Throws RetryLater('lease-held').
 */
export async function inTurn<T>(
  deployment: Pick<Deployment, 'clock' | 'leases'>,
  name: string,
  work: (lease: Lease) => Promise<T>,
  settled: () => Promise<T | undefined> = async () => undefined,
): Promise<T> {
  // The failures of the work itself must not pass for a lease that is held.
  const outcome = await patiently(deployment, async () => {
    const done = await settled();
    if (done !== undefined) return { done };
    return withLease(deployment, name, async (lease) => {
      try {
        return { done: await work(lease) };
      } catch (failure) {
        return { failure };
      }
    });
  });
  if ('failure' in outcome) throw outcome.failure;
  return outcome.done;
}

/** The same with several leases, waited for in the order given: who takes them in another waits for ever. */
export function inTurns<T>(
  deployment: Pick<Deployment, 'clock' | 'leases'>,
  names: string[],
  work: (leases: Lease[]) => Promise<T>,
): Promise<T> {
  const [first, ...others] = names;
  if (first === undefined) return work([]);
  return inTurn(deployment, first, (lease) =>
    inTurns(deployment, others, (leases) => work([lease, ...leases])),
  );
}
