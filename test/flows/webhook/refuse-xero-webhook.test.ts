import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { receiveXeroWebhook } from '../../../lib/flows/webhook/receive-xero-webhook.ts';
import { addToDirectory } from '../../../lib/flows/webhook/webhook-directory.ts';
import type { TestAws } from '../../support/aws.ts';
import { startTestAws } from '../../support/aws.ts';
import type { Door } from '../../support/xero-webhook.ts';
import { ACME, bodyOf, eventOf, openDoor, orderId, sign, takeAll } from '../../support/xero-webhook.ts';

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
    door = await openDoor(aws);
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
    ['one such event among good ones', JSON.stringify({ events: [eventOf(), { resourceId: 1 }] })],
  ])('is answered 400 and nothing is enqueued: %s', async (_case, text) => {
    expect(await post(Buffer.from(text))).toEqual({
      status: 400,
      code: 'webhook-malformed',
      counts: noEvents,
    });
    expect(await taken()).toEqual([]);
  });

  it('is answered 200 where one event names no id, so that Xero does not repeat the good ones for ever', async () => {
    const odd = eventOf({ resourceId: '../Invoices' });
    const answer = await post(Buffer.from(JSON.stringify({ events: [odd, eventOf()] })));
    expect(answer).toMatchObject({ status: 200, counts: { events: 2, otherCategory: 1 } });
    expect(await taken()).toHaveLength(1);
  });
});
