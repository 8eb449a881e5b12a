import {
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEventSource } from '../../../lib/sandbox/aws/event-source.ts';
import type { EventSourceSettings } from '../../../lib/sandbox/aws/event-source-settings.ts';
import type { Invocation } from '../../../lib/sandbox/aws/execution-environment.ts';
import { clientOptions } from '../../../lib/sandbox/aws/identity.ts';
import type { RunningQueues } from '../../../lib/sandbox/aws/queues.ts';
import { startQueues } from '../../../lib/sandbox/aws/queues.ts';

interface Record {
  messageId: string;
  body: string;
  attributes: { ApproximateReceiveCount: string };
}

const NAMES = [
  'partial',
  'failing',
  'patient',
  'malformed',
  'plain',
  'parallel',
  'window',
  'shape',
  'closing',
];
let queues: RunningQueues;
let sqs: SQSClient;

beforeAll(async () => {
  const redrive = (maxReceiveCount: number) =>
    JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead', maxReceiveCount });
  queues = await startQueues([
    { logicalId: 'Dead', name: 'dead', attributes: {} },
    ...NAMES.map((name) => ({
      logicalId: name,
      name,
      attributes: {
        VisibilityTimeout: name === 'partial' ? '1' : '30',
        RedrivePolicy: redrive(name === 'partial' ? 2 : 5),
      },
    })),
  ]);
  sqs = new SQSClient({ ...clientOptions, endpoint: queues.url });
});
afterAll(async () => {
  sqs.destroy();
  await queues.close();
});

const send = (queue: string, ...bodies: string[]) =>
  sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: queues.queueUrl(queue),
      Entries: bodies.map((MessageBody, index) => ({ Id: `${index}`, MessageBody })),
    }),
  );

/** Feeds a function from a queue; `handle` is the function. */
function feed(
  queue: string,
  handle: (records: Record[]) => Promise<Invocation> | Invocation,
  settings: Partial<EventSourceSettings> = {},
  redeliverAtOnce = false,
) {
  const log: string[] = [];
  const source = startEventSource(
    {
      queueName: queue,
      queueArn: `arn:aws:sqs:us-east-1:000000000000:${queue}`,
      functionName: 'sync',
      batchSize: 10,
      windowSeconds: 0,
      reportsFailures: true,
      concurrency: 2,
      ...settings,
    },
    {
      sqs,
      queueUrl: queues.queueUrl(queue),
      invoke: async (_, event) => handle((event as { Records: Record[] }).Records),
      redeliverAtOnce,
      log: (line) => log.push(line),
    },
  );
  return { ...source, log };
}

async function until(done: () => boolean) {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 10));
}
const total = (queue: string) => {
  const { visible, inFlight, delayed } = queues.depth(queue);
  return visible + inFlight + delayed;
};
const ok = (payload?: unknown): Invocation => ({ ok: true, payload: payload ?? null });
const failed: Invocation = { ok: false, error: { errorType: 'Error', errorMessage: 'no' } };
const failures = (records: Record[]) =>
  ok({ batchItemFailures: records.map(({ messageId }) => ({ itemIdentifier: messageId })) });

describe('a queue that feeds a function', () => {
  it('deletes what was handled and hands out again what was reported as failed, until it is dead', async () => {
    const seen: string[] = [];
    const source = feed('partial', (records) => {
      seen.push(...records.map(({ body, attributes }) => `${body}#${attributes.ApproximateReceiveCount}`));
      return failures(records.filter(({ body }) => body === 'bad'));
    });
    await send('partial', 'good', 'bad', 'fine');
    await until(() => queues.depth('dead').visible === 1);
    await source.close();
    expect(seen.sort()).toEqual(['bad#1', 'bad#2', 'fine#1', 'good#1']);
    expect(total('partial')).toBe(0);
    const dead = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queues.queueUrl('dead') }));
    expect(dead.Messages?.[0]?.Body).toBe('bad');
  });

  it('leaves the messages of a failed invocation invisible until their time, as on AWS', async () => {
    const seen: string[] = [];
    const source = feed('patient', (records) => {
      seen.push(...records.map(({ body }) => body));
      return failed;
    });
    for (const body of ['a', 'b', 'c']) {
      await send('patient', body);
      await until(() => seen.includes(body));
    }
    await source.close();
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(queues.depth('patient')).toEqual({ visible: 0, inFlight: 3, delayed: 0 });
  });

  it('hands them out again at once where that is asked for', async () => {
    const counts: string[] = [];
    const source = feed(
      'failing',
      (records) => {
        counts.push(records[0]!.attributes.ApproximateReceiveCount);
        return counts.length < 3 ? failed : ok();
      },
      {},
      true,
    );
    await send('failing', 'a');
    await until(() => total('failing') === 0);
    await source.close();
    expect(counts).toEqual(['1', '2', '3']);
  });

  it('takes the whole batch as failed when the function answers what Lambda does not understand', async () => {
    let calls = 0;
    const answers = [ok({ batchItemFailures: [{ itemIdentifier: 'unknown' }] }), ok()];
    const source = feed('malformed', () => answers[calls++]!, {}, true);
    await send('malformed', 'a', 'b');
    await until(() => calls === 2 && total('malformed') === 0);
    await source.close();
    expect(source.log).toEqual(['The batch response is not readable: all 2 count as failed']);
  });

  it('does not read the answer of a function that is not to report failures', async () => {
    const source = feed('plain', failures, { reportsFailures: false });
    await send('plain', 'a', 'b');
    await until(() => total('plain') === 0);
    await source.close();
  });

  it('keeps to the batch size and runs as many batches at a time as it may', async () => {
    let running = 0;
    const most: number[] = [];
    const sizes: number[] = [];
    let release = () => {};
    const three = new Promise<void>((resolve) => {
      release = resolve;
    });
    const source = feed(
      'parallel',
      async (records) => {
        sizes.push(records.length);
        most.push(++running);
        // All wait for the third, which leaves a fourth the time to start by mistake.
        if (running === 3) setTimeout(release, 30);
        await three;
        running -= 1;
        return ok();
      },
      { batchSize: 2, concurrency: 3 },
    );
    await send('parallel', ...'abcdefghij');
    await until(() => total('parallel') === 0);
    await source.close();
    expect(Math.max(...sizes)).toBe(2);
    expect(Math.max(...most)).toBe(3);
  });

  it('waits for more within the batching window', async () => {
    const sizes: number[] = [];
    const source = feed(
      'window',
      (records) => {
        sizes.push(records.length);
        return ok();
      },
      { batchSize: 4, windowSeconds: 5 },
    );
    await send('window', 'a');
    await until(() => queues.depth('window').inFlight === 1);
    await send('window', 'b', 'c', 'd');
    await until(() => total('window') === 0);
    await source.close();
    expect(sizes).toEqual([4]);
  });

  it("gives records the shape of Lambda's", async () => {
    const events: Record[] = [];
    const source = feed('shape', (records) => {
      events.push(...records);
      return ok();
    });
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queues.queueUrl('shape'),
        MessageBody: '{"id":1}',
        MessageAttributes: {
          reason: { DataType: 'String', StringValue: 'poll' },
          raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
        },
      }),
    );
    await until(() => events.length === 1);
    await source.close();
    expect(events[0]).toEqual({
      messageId: expect.any(String),
      receiptHandle: expect.any(String),
      body: '{"id":1}',
      attributes: expect.objectContaining({
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
      }),
      messageAttributes: {
        reason: { stringValue: 'poll', dataType: 'String', stringListValues: [], binaryListValues: [] },
        raw: { binaryValue: 'AQI=', dataType: 'Binary', stringListValues: [], binaryListValues: [] },
      },
      md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:shape',
      awsRegion: 'us-east-1',
    });
  });

  it('settles the batch under way before it is closed', async () => {
    let release: (value: Invocation) => void = () => {};
    let started = false;
    const source = feed('closing', () => {
      started = true;
      return new Promise<Invocation>((resolve) => {
        release = resolve;
      });
    });
    await send('closing', 'a');
    await until(() => started);
    const closing = source.close();
    release(ok());
    await closing;
    expect(total('closing')).toBe(0);
  });
});
