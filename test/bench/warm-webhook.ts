import { createHmac } from 'node:crypto';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { openChangeQueue } from '../../lib/aws/queue.ts';
import { receiveXeroWebhook } from '../../lib/flows/webhook/receive-xero-webhook.ts';
import { cacheDirectory } from '../../lib/flows/webhook/webhook-directory.ts';
import type { Bundles } from './bundles.ts';
import { startConnectedAws } from './connected-aws.ts';
import type { Bench } from './figures.ts';
import { ratio } from './figures.ts';
import { instantSqs } from './instant-sqs.ts';
import { interleave } from './interleave.ts';
import { CONNECTED, delivery } from './webhook-delivery.ts';

const QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/document-changes';
const EVENTS = 50;
/** Enough for the medians of microseconds to stand still. */
const OWN_WORK = { rounds: 2000, warmUp: 2000 };
const WITH_SDK = { rounds: 500, warmUp: 500 };

/** Standing still, so that each round sends the same bytes. */
const clock = { now: () => new Date('2026-11-20T10:11:13Z'), sleep: async () => {} };

/** The least that anybody must do with a delivery: check its signature, parse it, check its form. */
const schema = z.object({
  events: z.array(z.object({ resourceId: z.guid(), tenantId: z.string(), eventCategory: z.string() })),
});

function leastWork(body: Buffer): void {
  schema.parse(barely(body));
}

/** Without checking its form. */
function barely(body: Buffer): unknown {
  createHmac('sha256', CONNECTED.webhookKey).update(body).digest('base64');
  return JSON.parse(body.toString('utf8'));
}

/**
 * What a warm xero-webhook does with 50 events. The target is on our own work, so there the SQS client takes
 * everything at once; beside it stands the same with the SDK's own serialising and signing of five batches on both
 * sides, which is many times all else.
 */
export function warmWebhook({ template }: Bundles): Bench {
  return async () => {
    await using running = new AsyncDisposableStack();
    const { sealing } = await startConnectedAws(template, running);
    const directory = cacheDirectory(sealing, clock);
    const sent = delivery(EVENTS);
    const body = Buffer.from(sent.body);
    const receiveWith = (client: SQSClient) => {
      const door = { directory, queue: openChangeQueue(client, QUEUE_URL), clock };
      return () => receiveXeroWebhook(body, sent.signature, door);
    };

    const own = await interleave(
      {
        webhook: timed(receiveWith(untouchedSqs)),
        floor: timed(() => leastWork(body)),
        barely: timed(() => barely(body)),
      },
      OWN_WORK,
    );
    const sqs = instantSqs();
    const batches = await batchesOf(receiveWith);
    const whole = await interleave(
      {
        webhook: timed(receiveWith(sqs)),
        floor: timed(() => {
          leastWork(body);
          return Promise.all(batches.map((batch) => sqs.send(batch)));
        }),
      },
      WITH_SDK,
    );
    const perSecond = (milliseconds: number) => (EVENTS / milliseconds) * 1000;
    return [
      {
        what: 'xero-webhook warm, events per second of one core',
        value: perSecond(own.webhook),
        unit: 'events/s',
        beside: { 'HMAC + JSON.parse': perSecond(own.barely) },
        madeOf: `${EVENTS} events in ${(own.webhook * 1000).toFixed(0)} µs; with the SDK's sending ${perSecond(whole.webhook).toFixed(0)} events/s`,
      },
      {
        what: 'xero-webhook warm, 50 events ÷ HMAC + JSON.parse',
        value: ratio(own.webhook, own.barely),
        unit: '×',
        madeOf: madeOf({ webhook: own.webhook, floor: own.barely }, OWN_WORK),
      },
      {
        what: 'xero-webhook warm, 50 events ÷ HMAC + JSON.parse + schema check',
        value: ratio(own.webhook, own.floor),
        unit: '×',
        atMost: 2,
        madeOf: madeOf(own, OWN_WORK),
      },
      {
        what: 'the same, with the SDK sending on both sides',
        value: ratio(whole.webhook, whole.floor),
        unit: '×',
        madeOf: madeOf(whole, WITH_SDK),
      },
    ];
  };
}

const untouchedSqs = { send: async () => ({ Successful: [], Failed: [] }) } as unknown as SQSClient;

/** The batches that the real flow sends. */
async function batchesOf(receiveWith: (client: SQSClient) => () => Promise<unknown>) {
  const batches: SendMessageBatchCommand[] = [];
  const send = async (batch: SendMessageBatchCommand) => {
    batches.push(batch);
    return {};
  };
  await receiveWith({ send } as unknown as SQSClient)();
  return batches.map(({ input }) => new SendMessageBatchCommand(input));
}

/** Milliseconds of one run. */
function timed(work: () => unknown): () => Promise<number> {
  return async () => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
}

function madeOf(
  { webhook, floor }: Record<'webhook' | 'floor', number>,
  { rounds }: { rounds: number },
): string {
  const microseconds = (milliseconds: number) => `${(milliseconds * 1000).toFixed(0)} µs`;
  return `${microseconds(webhook)} ÷ ${microseconds(floor)}, medians of ${rounds}`;
}
