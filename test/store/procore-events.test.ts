import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openProcoreEvents } from '../../lib/store/procore-events.ts';
import type { TestAws } from '../support/aws.ts';
import { startTestAws } from '../support/aws.ts';
import { testClock } from '../support/clock.ts';

let aws: TestAws;
const clock = testClock('2026-11-22T09:00:00.000Z');

beforeAll(async () => {
  aws = await startTestAws();
});
afterAll(() => aws.close());

/** The store of one process, with a count of its calls to DynamoDB. */
function ofProcess() {
  const counter = { calls: 0 };
  const client = new Proxy(aws.dynamodb, {
    get(target, name) {
      if (name !== 'send') return Reflect.get(target, name);
      return (command: Parameters<typeof target.send>[0]) => {
        counter.calls += 1;
        return target.send(command);
      };
    },
  });
  return { events: openProcoreEvents(client, aws.tableName, clock), counter };
}

describe('what Procore told', () => {
  it('is known again by its id, within its own company', async () => {
    const { events } = ofProcess();
    expect(await events.isKnown('7', 'e1')).toBe(false);
    await events.remember('7', 'e1');
    expect(await events.isKnown('7', 'e1')).toBe(true);
    expect(await events.isKnown('8', 'e1')).toBe(false);
  });

  it('is noted by one process once a minute, whatever comes in', async () => {
    const { events, counter } = ofProcess();
    for (let delivery = 0; delivery < 20; delivery++) await events.noteCall('busy');
    expect(counter.calls).toBe(1);
    clock.advance(60_000);
    await events.noteCall('busy');
    expect(counter.calls).toBe(2);
  });

  it('is noted by many processes once a minute, and never goes back', async () => {
    const first = clock.now().toISOString();
    await ofProcess().events.noteCall('many');
    clock.advance(30_000);
    await ofProcess().events.noteCall('many');
    expect(await ofProcess().events.lastCall('many')).toBe(first);
    expect(await ofProcess().events.lastCall('never')).toBeUndefined();
  });
});
