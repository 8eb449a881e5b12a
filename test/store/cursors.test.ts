import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Cursor, Cursors } from '../../lib/store/cursors.ts';
import { openCursors } from '../../lib/store/cursors.ts';
import { openTable } from '../../lib/store/table.ts';
import type { TestAws } from '../support/aws.ts';
import { startTestAws } from '../support/aws.ts';

let aws: TestAws;
let cursors: Cursors;

beforeAll(async () => {
  aws = await startTestAws();
  cursors = openCursors(openTable(aws.dynamodb, aws.tableName));
});
afterAll(() => aws.close());

const minute = (count: number) => `2026-11-22T03:${String(count).padStart(2, '0')}:00.000Z`;

describe('the cursor of a connection', () => {
  it('is empty before the first poll', async () => {
    expect(await cursors.get('new')).toEqual({});
  });

  it('moves what is given and leaves the rest', async () => {
    await cursors.put('acme', { purchaseOrders: minute(1), lastSweepAt: minute(0) });
    await cursors.put('acme', { purchaseOrders: minute(2), bills: minute(2), lastActivityAt: minute(1) });
    expect(await cursors.get('acme')).toEqual({
      purchaseOrders: minute(2),
      bills: minute(2),
      lastActivityAt: minute(1),
      lastSweepAt: minute(0),
    });
  });

  it.each(['purchaseOrders', 'bills', 'lastActivityAt', 'lastWebhookAt', 'lastSweepAt'] as const)(
    'never moves %s backwards when a slow poll reports late',
    async (name) => {
      await cursors.put(`late-${name}`, { [name]: minute(5) });
      await cursors.put(`late-${name}`, { [name]: minute(4) });
      expect(await cursors.get(`late-${name}`)).toEqual({ [name]: minute(5) });
    },
  );

  it('ends at the latest instant in whatever order thirty polls report', async () => {
    const shuffled = Array.from({ length: 30 }, (_, index) => (index * 7) % 30);
    await Promise.all(shuffled.map((count) => cursors.put('race', { purchaseOrders: minute(count) })));
    expect(await cursors.get('race')).toEqual({ purchaseOrders: minute(29) });
  });

  it('still moves the orders when the activity that comes with them is stale', async () => {
    await cursors.put('mixed', { purchaseOrders: minute(1), lastActivityAt: minute(9) });
    await cursors.put('mixed', { purchaseOrders: minute(2), lastActivityAt: minute(3) });
    expect(await cursors.get('mixed')).toEqual({ purchaseOrders: minute(2), lastActivityAt: minute(9) });
  });

  it('forgets everything of one connection, so that its next poll reads from the beginning', async () => {
    await cursors.put('removed', { purchaseOrders: minute(1), lastResumedAt: minute(2) });
    await cursors.put('kept', { purchaseOrders: minute(1) });
    expect(await cursors.get('removed')).toEqual({ purchaseOrders: minute(1), lastResumedAt: minute(2) });
    await cursors.remove('removed');
    await cursors.remove('removed');
    expect([await cursors.get('removed'), await cursors.get('kept')]).toEqual([
      {},
      { purchaseOrders: minute(1) },
    ]);
  });

  it('lets activity bring the next poll forward', async () => {
    await cursors.put('forward', { nextPollAt: minute(15) });
    await cursors.put('forward', { nextPollAt: minute(1) });
    expect(await cursors.get('forward')).toEqual({ nextPollAt: minute(1) });
  });

  it.each([
    { purchaseOrders: '2026-11-22T03:00:00Z' },
    { purchaseOrders: '2026-11-22' },
    { nextPollAt: 'soon' },
  ])('refuses %j, which does not compare as text', async (cursor: Cursor) => {
    await expect(cursors.put('odd', cursor)).rejects.toThrow();
    expect(await cursors.get('odd')).toEqual({});
  });
});
