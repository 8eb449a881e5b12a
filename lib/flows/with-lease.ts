import { randomUUID } from 'node:crypto';
import { RetryLater } from '../core/errors.ts';
import type { Lease } from '../store/leases.ts';
import type { Deployment } from './deployment.ts';

/**
 * How long a lease outlives its last renewal, in seconds. It is renewed at half, so every call to a vendor begins
 * with 30 s left, more than one call takes; the work of a dead worker is taken up within a minute.
 */
const LEASE_SECONDS = 60;

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
