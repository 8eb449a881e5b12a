import { randomUUID } from 'node:crypto';
import { RetryLater } from '../core/errors.ts';
import type { Lease } from '../store/leases.ts';
import type { Crew } from './crew.ts';
import type { Deployment } from './deployment.ts';
import { inParallel } from './in-parallel.ts';

/**
 * How long a lease outlives its last renewal, in seconds. It is renewed at half, so every call to a vendor begins
 * with 85 s left, more than one call takes (60 s of patience, 20 s of waiting for the answer).
 */
export const LEASE_SECONDS = 170;

/** So many leases are taken or given back at once. */
const AT_ONCE = 25;

/** Runs the work with those of the leases that nobody else holds; there may be none. */
export async function withFreeLeases<T>(
  { leases }: Pick<Deployment, 'leases'>,
  names: string[],
  work: (held: ReadonlySet<string>) => Promise<T>,
): Promise<T> {
  const held = new Map<string, Lease>();
  try {
    await inParallel(names, AT_ONCE, async (name) => {
      const lease = await leases.acquire(name, randomUUID(), LEASE_SECONDS);
      if (lease) held.set(name, lease);
    });
    return await work(new Set(held.keys()));
  } finally {
    await inParallel([...held.values()], AT_ONCE, (lease) => lease.release());
  }
}

/** Runs the work as the only holder of the lease. Throws RetryLater('lease-held') where somebody else holds it. */
export async function withLease<T>(
  { leases }: Pick<Deployment, 'leases'>,
  name: string,
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  const lease = await leases.acquire(name, randomUUID(), LEASE_SECONDS);
  if (!lease) throw new RetryLater('lease-held', LEASE_SECONDS / 3, { facts: { lease: name } });
  try {
    return await work(lease);
  } finally {
    await lease.release();
  }
}

/**
 * Runs the work as the only holder of the leases, taken in the order given. Other hands of the same crew are waited for;
 * where another process holds one, throws RetryLater('lease-held').
 */
export function alone<T>(
  names: string[],
  scope: { crew: Crew; deployment: Pick<Deployment, 'leases'> },
  work: (leases: Lease[]) => Promise<T>,
): Promise<T> {
  const [first, ...others] = names;
  if (first === undefined) return work([]);
  return scope.crew.alone(first, () =>
    withLease(scope.deployment, first, (lease) => alone(others, scope, (leases) => work([lease, ...leases]))),
  );
}
