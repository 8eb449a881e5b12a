import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { receiveXeroWebhook } from '../../../lib/flows/webhook/receive-xero-webhook.ts';
import { addToDirectory } from '../../../lib/flows/webhook/webhook-directory.ts';
import type { TestAws } from '../../support/aws.ts';
import { startTestAws } from '../../support/aws.ts';
import type { Door } from '../../support/xero-webhook.ts';
import { ACME, BOLT, bodyOf, eventOf, openDoor, orderId, sign, takeAll } from '../../support/xero-webhook.ts';

let aws: TestAws;
let door: Door;

beforeAll(async () => {
  aws = await startTestAws();
});
beforeEach(async () => {
  await taken();
  door = await openDoor(aws);
  await addToDirectory(door.sealing, ACME);
});
afterAll(() => aws.close());

const taken = () => takeAll(aws.sqs, aws.queueUrl);
const post = (body: Buffer, signature: string | undefined = sign(body)) =>
  receiveXeroWebhook(body, signature, door);
const noEvents = { events: 0, unknownTenant: 0, otherCategory: 0 };

describe('a delivery that Xero signed', () => {
  it('is answered 200, and the queue learns what to look at', async () => {
    const body = bodyOf([eventOf({ resourceId: orderId(7).toUpperCase() })]);
    expect(await post(body)).toEqual({ status: 200, counts: { ...noEvents, events: 1 } });
    expect(await taken()).toEqual([
      {
        connectionId: 'acme',
        kind: 'bill',
        id: orderId(7),
        reason: 'webhook',
        receivedAt: '2026-11-22T09:00:00.000Z',
      },
    ]);
  });

  it('without events is the intent to receive: 200 and nothing to do', async () => {
    const intent = Buffer.from(
      '{"events":[],"firstEventSequence": 0,"lastEventSequence": 0, "entropy": "S0m3r4Nd0mt3xt"}',
    );
    expect(await post(intent)).toEqual({ status: 200, counts: noEvents });
    expect(await taken()).toEqual([]);
  });

  it.each([
    ['INVOICE', 'bill'],
    ['PURCHASEORDER', 'purchase-order'],
    ['CREDITNOTE', 'credit-note'],
    ['CONTACT', 'contact'],
    ['MANUALJOURNAL', 'journal'],
  ])('may be about a %s', async (eventCategory, kind) => {
    await post(bodyOf([eventOf({ eventCategory })]));
    expect((await taken()).map((change) => change.kind)).toEqual([kind]);
  });

  it.each(['PAYMENT', 'SUBSCRIPTION', 'PREPAYMENT', 'SOMETHING-NEW', 'constructor', '__proto__', 'invoice'])(
    'about a %s is counted, answered 200 and left at that',
    async (eventCategory) => {
      const body = bodyOf([eventOf({ eventCategory })]);
      expect(await post(body)).toEqual({
        status: 200,
        counts: { events: 1, unknownTenant: 0, otherCategory: 1 },
      });
      expect(await taken()).toEqual([]);
    },
  );

  it('for an organisation that is not ours is counted and answered 200, its neighbours go on', async () => {
    const body = bodyOf([
      eventOf({ tenantId: BOLT.tenantId }),
      eventOf(),
      eventOf({ tenantId: 'constructor' }),
    ]);
    expect(await post(body)).toEqual({
      status: 200,
      counts: { events: 3, unknownTenant: 2, otherCategory: 0 },
    });
    expect(await taken()).toHaveLength(1);
  });

  it('of 120 events enqueues each document once, however often it is named', async () => {
    const events = Array.from({ length: 120 }, (_, index) =>
      eventOf({
        resourceId: index % 2 === 0 ? orderId(index % 50) : orderId(index % 50).toUpperCase(),
        eventCategory: index % 3 === 0 ? 'CONTACT' : 'INVOICE',
      }),
    );
    const answer = await post(bodyOf(events));
    expect(answer.counts.events).toBe(120);
    const wanted = new Set(
      events.map((one) => `${one.eventCategory} ${String(one.resourceId).toLowerCase()}`),
    );
    const found = (await taken()).map(
      ({ kind, id }) => `${kind === 'contact' ? 'CONTACT' : 'INVOICE'} ${id}`,
    );
    expect(found.toSorted()).toEqual([...wanted].toSorted());
    expect(found.length).toBeLessThan(120);
  });

  it('goes to the connection of each event’s own organisation', async () => {
    await addToDirectory(door.sealing, BOLT);
    await post(bodyOf([eventOf(), eventOf({ tenantId: BOLT.tenantId.toUpperCase() })]));
    expect((await taken()).map(({ connectionId }) => connectionId).toSorted()).toEqual(['acme', 'bolt']);
  });

  it.each([
    ['spaces and newlines', `\n  {\t"events" : [ ${JSON.stringify(eventOf())} ]\r\n}  \n`],
    ['letters outside of ASCII', JSON.stringify({ events: [eventOf()], entropy: 'Ærø 東京 🏗 שלום' })],
    ['escaped slashes and letters', JSON.stringify({ events: [eventOf()] }).replaceAll('/', '\\/')],
    ['fields that nobody knows', JSON.stringify({ events: [eventOf({ extra: { deep: [1] } })], more: null })],
    [
      'a byte that is no UTF-8',
      Buffer.from(JSON.stringify({ events: [eventOf()], entropy: '\xff' }), 'latin1'),
    ],
  ])('is verified byte for byte, with %s', async (_case, sent) => {
    expect((await post(Buffer.from(sent as string))).status).toBe(200);
    expect(await taken()).toHaveLength(1);
  });

  it('costs no read of the directory once its key and organisations are known', async () => {
    for (let count = 0; count < 5; count++) {
      await post(bodyOf([eventOf()]));
      door.clock.advance(60_000);
    }
    expect(door.counter.reads).toBe(1);
  });

  it('is not answered 200 where the queue takes nothing: Xero sends it again', async () => {
    const queue = { ...door.queue, send: async () => Promise.reject(new Error('SQS is not there')) };
    const body = bodyOf([eventOf()]);
    await expect(receiveXeroWebhook(body, sign(body), { ...door, queue })).rejects.toThrow(
      'SQS is not there',
    );
  });
});

describe('a connection made while the function is warm', () => {
  const body = bodyOf([eventOf({ tenantId: BOLT.tenantId })]);

  it('is found by its new key, without a restart', async () => {
    await post(bodyOf([eventOf()]));
    await addToDirectory(door.sealing, BOLT);
    door.clock.advance(5000);
    expect(await post(body, sign(body, BOLT.webhookKey))).toMatchObject({ status: 200 });
    expect((await taken()).map(({ connectionId }) => connectionId).toSorted()).toEqual(['acme', 'bolt']);
  });

  it('is found by its new tenant where the app’s key was known already', async () => {
    await post(bodyOf([eventOf()]));
    await taken();
    await addToDirectory(door.sealing, { ...BOLT, webhookKey: ACME.webhookKey });
    door.clock.advance(5000);
    expect((await post(body)).counts).toEqual({ ...noEvents, events: 1 });
    expect((await taken()).map(({ connectionId }) => connectionId)).toEqual(['bolt']);
  });

  it('is found by the next delivery once 5 seconds are over, where a read was too fresh', async () => {
    await post(bodyOf([eventOf()]));
    await addToDirectory(door.sealing, BOLT);
    expect((await post(body, sign(body, BOLT.webhookKey))).status).toBe(401);
    door.clock.advance(5000);
    expect((await post(body, sign(body, BOLT.webhookKey))).status).toBe(200);
  });

  it('is not looked for again by every event of an organisation that stays unknown', async () => {
    door.counter.reads = 0;
    for (let count = 0; count < 50; count++) await post(body);
    expect(door.counter.reads).toBe(1);
  });
});
