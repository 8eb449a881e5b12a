import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Lease, Leases } from '../../lib/store/leases.ts';
import { openLeases } from '../../lib/store/leases.ts';
import { openTable } from '../../lib/store/table.ts';
import type { TestAws } from '../support/aws.ts';
import { startTestAws } from '../support/aws.ts';
import { testClock } from '../support/clock.ts';

let aws: TestAws;
let leases: Leases;
const clock = testClock('2026-11-22T03:00:00.000Z');
let count = 0;
const fresh = () => `lease-${++count}`;

beforeAll(async () => {
  aws = await startTestAws();
  leases = openLeases(openTable(aws.dynamodb, aws.tableName), clock);
});
afterAll(() => aws.close());

describe('acquiring', () => {
  it('gives a token refresh that fifty workers want at once to exactly one of them', async () => {
    const name = fresh();
    const workers = Array.from({ length: 50 }, (_, index) => `worker ${index}`);
    const taken = await Promise.all(workers.map((worker) => leases.acquire(name, worker, 30)));
    expect(taken.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  it('refuses a second worker to the last millisecond, then gives it the lease of a dead one', async () => {
    const name = fresh();
    await leases.acquire(name, 'dead', 30);
    clock.advance(29_999);
    expect(await leases.acquire(name, 'next', 30)).toBeUndefined();
    clock.advance(1);
    expect(await leases.acquire(name, 'next', 30)).toBeDefined();
  });

  it('gives a lease that has run out to one of many who wait for it', async () => {
    const name = fresh();
    await leases.acquire(name, 'dead', 30);
    clock.advance(30_000);
    const taken = await Promise.all(Array.from({ length: 20 }, () => leases.acquire(name, 'same name', 30)));
    expect(taken.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  it('keeps leases of different names apart', async () => {
    expect(await leases.acquire(fresh(), 'one', 30)).toBeDefined();
    expect(await leases.acquire(fresh(), 'two', 30)).toBeDefined();
  });
});

describe('keeping', () => {
  it('prolongs a long run past the first end of its lease', async () => {
    const name = fresh();
    const lease = (await leases.acquire(name, 'long run', 30)) as Lease;
    clock.advance(20_000);
    await lease.keep();
    clock.advance(20_000);
    expect(await leases.acquire(name, 'rival', 30)).toBeUndefined();
  });

  it('writes nothing while more than half of the time remains', async () => {
    const name = fresh();
    const lease = (await leases.acquire(name, 'short run', 30)) as Lease;
    clock.advance(14_000);
    await lease.keep();
    clock.advance(16_000);
    expect(await leases.acquire(name, 'next', 30)).toBeDefined();
  });

  it('stops a worker that slept through its lease and lost it', async () => {
    const name = fresh();
    const lease = (await leases.acquire(name, 'sleeper', 30)) as Lease;
    clock.advance(60_000);
    await leases.acquire(name, 'next', 30);
    await expect(lease.keep()).rejects.toMatchObject({
      name: 'RetryLater',
      code: 'lease-held',
      afterSeconds: 30,
    });
  });

  it('lets a worker that overslept go on when nobody came', async () => {
    const name = fresh();
    const lease = (await leases.acquire(name, 'sleeper', 30)) as Lease;
    clock.advance(60_000);
    await lease.keep();
    expect(await leases.acquire(name, 'rival', 30)).toBeUndefined();
  });
});

describe('releasing', () => {
  it('frees the lease at once', async () => {
    const name = fresh();
    const lease = (await leases.acquire(name, 'first', 30)) as Lease;
    await lease.release();
    expect(await leases.acquire(name, 'second', 30)).toBeDefined();
  });

  it('does not take the lease away from whoever has it by now, not even under the same holder name', async () => {
    const name = fresh();
    const lease = (await leases.acquire(name, 'worker', 30)) as Lease;
    clock.advance(30_000);
    await leases.acquire(name, 'worker', 30);
    await lease.release();
    expect(await leases.acquire(name, 'third', 30)).toBeUndefined();
  });
});
