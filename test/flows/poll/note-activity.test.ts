import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../lib/core/connection.ts';
import { openGovernor } from '../../../lib/flows/governor/governor.ts';
import { noteActivity } from '../../../lib/flows/poll/note-activity.ts';
import { parseSettings } from '../../../lib/store/connection-schema.ts';
import { openCursors } from '../../../lib/store/cursors.ts';
import { openLimits } from '../../../lib/store/limits.ts';
import { openTable } from '../../../lib/store/table.ts';
import type { TestAws } from '../../support/aws.ts';
import { startTestAws } from '../../support/aws.ts';
import { testClock } from '../../support/clock.ts';

let aws: TestAws;
beforeAll(async () => {
  aws = await startTestAws();
});
afterAll(() => aws.close());

const NOW = '2026-11-22T21:00:00.000Z';

async function afterWebhook(id: string, nextPollAt: string, settings: object = {}) {
  const table = openTable(aws.dynamodb, aws.tableName);
  const [cursors, clock] = [openCursors(table), testClock(NOW)];
  const governor = openGovernor(openLimits(table, clock), clock);
  await cursors.put(id, { nextPollAt });
  const connection = { id, settings: parseSettings(settings, '2026-11-22') } as Connection;
  await noteActivity({ clock, cursors, governor }, connection);
  return cursors.get(id);
}

describe('a webhook in a quiet hour', () => {
  it('brings the next look for orders forward, since somebody is at work', async () => {
    expect(await afterWebhook('quiet', '2026-11-22T21:14:00.000Z')).toEqual({
      lastActivityAt: NOW,
      lastWebhookAt: NOW,
      nextPollAt: '2026-11-22T21:01:00.000Z',
    });
  });

  it('never puts off a look that is due', async () => {
    expect(await afterWebhook('due', '2026-11-22T21:00:30.000Z')).toMatchObject({
      nextPollAt: '2026-11-22T21:00:30.000Z',
    });
  });

  it('spends no more on looking than the day allows on a small tier', async () => {
    const { nextPollAt } = await afterWebhook('starter', '2026-11-22T21:14:00.000Z', {
      xeroDailyCalls: 1000,
    });
    expect(nextPollAt).toBe('2026-11-22T21:04:19.200Z');
  });
});
