import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningEventBridge } from '../../../lib/sandbox/aws/event-bridge.ts';
import { startEventBridge } from '../../../lib/sandbox/aws/event-bridge.ts';
import { checkPattern, matchesPattern } from '../../../lib/sandbox/aws/event-pattern.ts';
import { clientOptions } from '../../../lib/sandbox/aws/identity.ts';

let bridge: RunningEventBridge;
let client: EventBridgeClient;
const delivered: string[] = [];

beforeAll(async () => {
  bridge = await startEventBridge({
    buses: ['connector'],
    deliver: (bus, event) => delivered.push(`${bus} ${event['detail-type']}`),
  });
  client = new EventBridgeClient({ ...clientOptions, endpoint: bridge.url, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await bridge.close();
});

const entry = (more: Partial<PutEventsRequestEntry> = {}): PutEventsRequestEntry => ({
  EventBusName: 'connector',
  Source: 'ml-connector',
  DetailType: 'DocumentPosted',
  Detail: '{"number":"PO-1"}',
  ...more,
});
const put = (...Entries: PutEventsRequestEntry[]) => client.send(new PutEventsCommand({ Entries }));

describe('the EventBridge stand-in', () => {
  it('keeps accepted events and hands them on, on the bus by name or ARN', async () => {
    const arn = 'arn:aws:events:us-east-1:000000000000:event-bus/connector';
    const answer = await put(
      entry({ Time: new Date('2026-11-22T10:00:00Z') }),
      entry({ EventBusName: arn, DetailType: 'Parked' }),
    );
    expect(answer).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }, {}] });
    expect(delivered).toEqual(['connector DocumentPosted', 'connector Parked']);
    expect(bridge.events()[0]).toMatchObject({
      bus: 'connector',
      event: {
        'detail-type': 'DocumentPosted',
        source: 'ml-connector',
        time: '2026-11-22T10:00:00Z',
        detail: { number: 'PO-1' },
      },
    });
  });

  it.each([
    ['without source', { Source: '' }, 'InvalidArgument'],
    ['without type', { DetailType: '' }, 'InvalidArgument'],
    ['with broken detail', { Detail: '{' }, 'MalformedDetail'],
    ['with a list as detail', { Detail: '[]' }, 'MalformedDetail'],
    ['from AWS itself', { Source: 'aws.s3' }, 'NotAuthorizedForSourceException'],
    ['for an unknown bus', { EventBusName: 'nowhere' }, 'ResourceNotFoundException'],
  ])('refuses an entry %s and accepts its neighbours', async (_, wrong, ErrorCode) => {
    const before = bridge.events().length;
    const answer = await put(entry(), entry(wrong));
    expect(answer).toMatchObject({ FailedEntryCount: 1, Entries: [{}, { ErrorCode }] });
    expect(answer.Entries?.[0]).toHaveProperty('EventId');
    expect(bridge.events()).toHaveLength(before + 1);
  });

  it('refuses a whole request above 256 KB or ten entries', async () => {
    const large = entry({ Detail: JSON.stringify({ text: 'x'.repeat(256 * 1024) }) });
    await expect(put(large)).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(put(...Array.from({ length: 11 }, () => entry()))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('an event pattern', () => {
  const event = {
    source: 'ml-connector',
    'detail-type': 'DocumentParked',
    detail: { code: 'no-mapping', kinds: ['bill', 'order'] },
  };

  it.each([
    [true, { source: ['ml-connector'] }],
    [true, { source: ['other', 'ml-connector'], detail: { code: ['no-mapping'] } }],
    [true, { detail: { kinds: ['order'] } }],
    [true, { 'detail-type': [{ prefix: 'Document' }], detail: { code: [{ suffix: 'mapping' }] } }],
    [true, { detail: { code: [{ 'anything-but': ['over-budget'] }], amount: [{ exists: false }] } }],
    [false, { source: ['other'] }],
    [false, { source: ['ml-connector'], detail: { code: ['over-budget'] } }],
    [false, { detail: { code: [{ exists: false }] } }],
    [false, { detail: { amount: [{ exists: true }] } }],
    [false, { detail: { missing: { deeper: ['x'] } } }],
  ])('%s for %j', (expected, pattern) => {
    expect(matchesPattern(pattern, event)).toBe(expected);
  });

  it('with a condition that is not known is refused', () => {
    expect(() => checkPattern({ detail: { amount: [{ numeric: ['>', 5] }] } })).toThrow('is not known');
  });
});
