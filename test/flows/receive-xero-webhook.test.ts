import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ChangeQueue } from '../../lib/aws/queue.ts';
import { openChangeQueue } from '../../lib/aws/queue.ts';
import { openVault } from '../../lib/aws/vault.ts';
import { receiveXeroWebhook } from '../../lib/flows/receive-xero-webhook.ts';
import { addToDirectory, cacheDirectory } from '../../lib/flows/webhook-directory.ts';
import { openWebhookDirectory } from '../../lib/store/webhook-directory.ts';
import type { TestAws } from '../support/aws.ts';
import { createTable, startTestAws } from '../support/aws.ts';
import { testClock } from '../support/clock.ts';
import { ACME, BOLT, bodyOf, eventOf, orderId, sign, takeAll } from '../support/xero-webhook.ts';

let aws: TestAws;
let door: Awaited<ReturnType<typeof openDoor>>;

beforeAll(async () => {
  aws = await startTestAws();
});
beforeEach(async () => {
  await taken();
  door = await openDoor();
  await addToDirectory(door.sealing, ACME);
});
afterAll(() => aws.close());

/** Everything behind the URL that Xero calls, with a count of directory reads. */
async function openDoor() {
  const stored = openWebhookDirectory(aws.dynamodb, await createTable(aws.dynamodb));
  const counter = { reads: 0 };
  const counting = {
    ...stored,
    read() {
      counter.reads += 1;
      return stored.read();
    },
  };
  const vault = openVault(aws.kms, aws.keyId);
  const clock = testClock('2026-11-22T09:00:00Z');
  return {
    counter,
    clock,
    sealing: { directory: stored, vault },
    directory: cacheDirectory({ directory: counting, vault }, clock),
    queue: openChangeQueue(aws.sqs, aws.queueUrl) as ChangeQueue,
  };
}

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
  ])('is verified byte for byte, with %s', async (_case, text) => {
    expect((await post(Buffer.from(text))).status).toBe(200);
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

describe('a delivery that Xero did not sign', () => {
  const body = bodyOf([eventOf()]);
  const forged = { status: 401, code: 'webhook-forged', counts: noEvents };

  it.each<[string, Buffer, string | undefined]>([
    ['a signature by another key', body, sign(body, 'guessed')],
    ['a key of the right app with a space behind', body, sign(body, `${ACME.webhookKey} `)],
    ['the signature of another body', body, sign(bodyOf([eventOf({ resourceId: orderId(2) })]))],
    ['an empty signature', body, ''],
    ['a word for a signature', body, 'sha256'],
    ['the signature in hex', body, Buffer.from(sign(body), 'base64').toString('hex')],
    ['a signature of the right length', body, 'A'.repeat(43).concat('=')],
    ['a signature cut short', body, sign(body).slice(0, -1)],
    ['a signature with more behind', body, `${sign(body)}AAAA`],
    ['a letter outside of ASCII in the signature', body, `é${sign(body).slice(2)}`],
    ['a body cut short', body.subarray(0, -1), sign(body)],
    ['no body', Buffer.alloc(0), sign(body)],
    ['a byte changed', Buffer.from(body.toString().replace('UPDATE', 'CREATE')), sign(body)],
    [
      'the body parsed and written again',
      Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 2)),
      sign(body),
    ],
    ['a newline behind', Buffer.concat([body, Buffer.from('\n')]), sign(body)],
    ['the body in another encoding', Buffer.from(body.toString(), 'utf16le'), sign(body)],
    ['the body still in base64', Buffer.from(body.toString('base64')), sign(body)],
  ])('is answered 401 and nothing is enqueued: %s', async (_case, sent, signature) => {
    expect(await receiveXeroWebhook(sent, signature, door)).toEqual(forged);
    expect(await taken()).toEqual([]);
  });

  it('is answered 401 where the header is missing', async () => {
    expect(await receiveXeroWebhook(body, undefined, door)).toEqual(forged);
    expect(await taken()).toEqual([]);
  });

  it('is answered 401 where nothing is connected yet, not even an empty key', async () => {
    door = await openDoor();
    expect(await post(body)).toEqual(forged);
    expect(await post(body, sign(body, ''))).toEqual(forged);
    expect(await taken()).toEqual([]);
  });

  it('is answered 401 whatever bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.string({ maxLength: 60 }),
        async (bytes, signature) => {
          expect(await receiveXeroWebhook(Buffer.from(bytes), signature, door)).toEqual(forged);
        },
      ),
      { seed: 7 },
    );
    expect(await taken()).toEqual([]);
  });

  it('costs one read of the directory in 5 seconds, however many come', async () => {
    await post(body);
    door.clock.advance(5000);
    door.counter.reads = 0;
    const answers = await Promise.all(Array.from({ length: 300 }, () => post(body, 'forged')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    for (let seconds = 0; seconds < 20; seconds++) {
      await post(body, 'forged');
      door.clock.advance(1000);
    }
    expect(door.counter.reads).toBe(4);
  });
});

describe('a delivery larger than Xero ever sends', () => {
  it('is refused before anything is read or hashed, signed or not', async () => {
    const body = Buffer.alloc(1_048_577, ' ');
    const answer = await post(body);
    expect(answer).toEqual({ status: 400, code: 'webhook-oversized', counts: noEvents });
    expect(door.counter.reads).toBe(0);
    expect(await taken()).toEqual([]);
  });

  it('starts above a megabyte', async () => {
    const events = JSON.stringify({ events: [] });
    expect((await post(Buffer.from(events.padEnd(1_048_576)))).status).toBe(200);
  });
});

describe('a delivery that is signed but does not fit its contract', () => {
  it.each([
    ['no JSON', '{"events":['],
    ['nothing', ''],
    ['no object', '[]'],
    ['null', 'null'],
    ['no events', '{"firstEventSequence":0}'],
    ['events that are no list', '{"events":{}}'],
    ['an event without organisation', JSON.stringify({ events: [{ ...eventOf(), tenantId: undefined }] })],
    [
      'an event whose document is no id',
      JSON.stringify({ events: [eventOf({ resourceId: '../Invoices' })] }),
    ],
    ['one such event among good ones', JSON.stringify({ events: [eventOf(), { resourceId: 1 }] })],
  ])('is answered 400 and nothing is enqueued: %s', async (_case, text) => {
    expect(await post(Buffer.from(text))).toEqual({
      status: 400,
      code: 'webhook-malformed',
      counts: noEvents,
    });
    expect(await taken()).toEqual([]);
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
