import { describe, expect, it } from '@jest/globals';
import { RetryLater, Stop } from '../../../lib/core/errors.ts';
import { askPersistently, storePersistently } from '../../../lib/flows/tokens/persistence.ts';
import { WriteConflict } from '../../../lib/store/write-conflict.ts';
import { testClock } from '../../support/clock.ts';

const SECOND = 1000;
const lost = new RetryLater('xero-unavailable', 60);

function timed() {
  const clock = testClock('2026-11-22T09:00:00.000Z');
  const begun = clock.now().getTime();
  const at: number[] = [];
  const kept: number[] = [];
  return {
    clock,
    at,
    kept,
    note: () => at.push((clock.now().getTime() - begun) / SECOND),
    lease: { keep: async () => void kept.push(at.length), release: async () => {} },
  };
}

describe('asking Xero for tokens', () => {
  it('is done four times with growing pauses, each time with the lease in hand', async () => {
    const { clock, at, kept, note, lease } = timed();
    const ask = async () => {
      note();
      throw lost;
    };
    await expect(askPersistently(clock, lease, ask)).rejects.toBe(lost);
    expect(at).toEqual([0, 1, 4, 13]);
    expect(kept).toEqual([0, 1, 2, 3]);
  });

  it('ends in time for the lease and the function where every attempt hangs', async () => {
    const { clock, at, note, lease } = timed();
    const hang = async () => {
      note();
      clock.advance(20 * SECOND);
      throw lost;
    };
    await expect(askPersistently(clock, lease, hang)).rejects.toBe(lost);
    expect(at).toEqual([0, 21]);
  });

  it.each([
    new Stop('xero-consent-lost'),
    new RetryLater('xero-rate-limited', 30),
    new Error('out of memory'),
  ])('is not repeated where that cannot help: %s', async (error) => {
    const { clock, at, note, lease } = timed();
    const ask = async () => {
      note();
      throw error;
    };
    await expect(askPersistently(clock, lease, ask)).rejects.toBe(error);
    expect(at).toEqual([0]);
  });

  it('ends where the lease is lost', async () => {
    const { clock, at, note } = timed();
    const held = new RetryLater('lease-held', 70);
    const lease = { keep: async () => Promise.reject(held), release: async () => {} };
    await expect(askPersistently(clock, lease, async () => note())).rejects.toBe(held);
    expect(at).toEqual([]);
  });
});

describe('storing what exists nowhere else', () => {
  it('is tried for a minute', async () => {
    const { clock, at, note } = timed();
    const down = new Error('DynamoDB is down');
    const store = async () => {
      note();
      throw down;
    };
    await expect(storePersistently(clock, store)).rejects.toBe(down);
    expect(at.slice(0, 5)).toEqual([0, 0.25, 0.75, 1.75, 3.75]);
    expect(at.at(-1)).toBeGreaterThan(55);
    expect(at.at(-1)).toBeLessThanOrEqual(60);
  });

  it('ends as soon as it works, and at once where somebody else was quicker', async () => {
    const { clock } = timed();
    let failures = 3;
    await storePersistently(clock, async () => {
      failures -= 1;
      if (failures >= 0) throw new Error('DynamoDB is down');
    });
    expect(failures).toBe(-1);
    const conflict = new WriteConflict({ pk: 'connection#acme', sk: 'secret#xero-refresh-token' });
    let tries = 0;
    const overtaken = async () => {
      tries += 1;
      throw conflict;
    };
    await expect(storePersistently(clock, overtaken)).rejects.toBe(conflict);
    expect(tries).toBe(1);
  });
});
