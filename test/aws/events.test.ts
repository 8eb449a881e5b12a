import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventBus } from '../../lib/aws/events.ts';
import type { RunningEventBridge } from '../../lib/sandbox/aws/event-bridge.ts';
import { startEventBridge } from '../../lib/sandbox/aws/event-bridge.ts';

let eventBridge: RunningEventBridge;
let client: EventBridgeClient;

beforeAll(async () => {
  eventBridge = await startEventBridge({ buses: ['ml-connector-events'] });
  client = new EventBridgeClient({
    region: 'us-east-1',
    endpoint: eventBridge.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  client.destroy();
  await eventBridge.close();
});

describe('the event bus', () => {
  it('tells that a document was posted and as what', async () => {
    const detail = {
      connectionId: 'acme',
      kind: 'purchase-order',
      id: 'order-1',
      number: 'PO-0001',
      procore: [{ type: 'commitment', id: '9007199254740993' }],
    } as const;
    await openEventBus(client, 'ml-connector-events').publish('DocumentPosted', {
      ...detail,
      procore: [...detail.procore],
    });
    expect(eventBridge.events().at(-1)).toMatchObject({
      bus: 'ml-connector-events',
      event: { source: 'ml-connector', 'detail-type': 'DocumentPosted', detail },
    });
  });

  it('tells what broke a connection and how to mend it', async () => {
    const detail = {
      connectionId: 'acme',
      name: 'Acme Builders',
      code: 'xero-consent-lost',
      message: 'Xero no longer accepts the refresh token of this connection',
      fix: 'Connect the organisation again with `ml-connector connect`.',
    } as const;
    await openEventBus(client, 'ml-connector-events').publish('ConnectionBroken', detail);
    expect(eventBridge.events().at(-1)?.event).toMatchObject({ 'detail-type': 'ConnectionBroken', detail });
  });

  it('fails when EventBridge answers 200 but took nothing', async () => {
    const before = eventBridge.events().length;
    const parked = {
      connectionId: 'acme',
      kind: 'purchase-order',
      id: 'order-1',
      number: 'PO-0001',
      code: 'account-unmapped',
      message: 'No mapping rule gives this line a cost code',
      fix: 'none',
    } as const;
    await expect(openEventBus(client, 'no-such-bus').publish('DocumentParked', parked)).rejects.toThrow(
      'EventBridge did not take DocumentParked',
    );
    expect(eventBridge.events()).toHaveLength(before);
  });
});
