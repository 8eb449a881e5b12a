import { PurgeQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ChangeQueue, DocumentChange } from '../../../lib/aws/queue.ts';
import { openChangeQueue } from '../../../lib/aws/queue.ts';
import type { Verdict } from '../../../lib/flows/settle.ts';
import { settleMessages } from '../../../lib/flows/sync/settle-messages.ts';
import type { ChangeMessage } from '../../../lib/flows/sync/works.ts';
import type { TestAws } from '../../support/aws.ts';
import { startTestAws } from '../../support/aws.ts';

let aws: TestAws;
let queue: ChangeQueue;
/** The delays asked of SQS, one per call. */
let delays: (number | undefined)[];

beforeAll(async () => {
  aws = await startTestAws();
});
beforeEach(async () => {
  await aws.sqs.send(new PurgeQueueCommand({ QueueUrl: aws.queueUrl }));
  const real = openChangeQueue(aws.sqs, aws.queueUrl);
  delays = [];
  queue = {
    ...real,
    send(changes, options) {
      delays.push(options?.delaySeconds);
      return real.send(changes, options);
    },
  };
});
afterAll(() => aws.close());

const change = (count: number): DocumentChange => ({
  connectionId: 'acme',
  kind: 'purchase-order',
  id: `3f1c5a52-7a41-4c39-9d0b-${String(count).padStart(12, '0')}`,
  version: '2026-11-22T03:00:00.000Z',
  reason: 'webhook',
  receivedAt: '2026-11-22T03:01:00.000Z',
});
const message = (count: number): ChangeMessage => ({
  id: `message-${count}`,
  body: JSON.stringify(change(count)),
  receiveCount: 1,
});
const settle = (verdicts: Verdict[], to = queue) => {
  const messages = verdicts.map((_verdict, index) => message(index));
  return settleMessages(messages, new Map(messages.map(({ id }, index) => [id, verdicts[index]!])), {
    queue: to,
  });
};

async function visible(): Promise<DocumentChange[]> {
  const command = new ReceiveMessageCommand({ QueueUrl: aws.queueUrl, MaxNumberOfMessages: 10 });
  const { Messages = [] } = await aws.sqs.send(command);
  return Messages.map(({ Body }) => JSON.parse(Body!));
}

describe('messages after a batch', () => {
  it('are gone where they are dealt with', async () => {
    expect(await settle(['done', 'done'])).toEqual([]);
    expect(await queue.depth()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('stay with the queue where they are to be tried again', async () => {
    expect(await settle(['retry', 'done', 'retry'])).toEqual(['message-0', 'message-2']);
    expect(delays).toEqual([]);
  });

  it('stay with the queue where nobody came to judge them', async () => {
    expect(await settleMessages([message(0)], new Map(), { queue })).toEqual(['message-0']);
  });

  it('come back as new messages, hidden for as long as they have to wait', async () => {
    expect(await settle(['done', { postponeSeconds: 30 }, { postponeSeconds: 30 }])).toEqual([]);
    expect(delays).toEqual([30]);
    expect(await queue.depth()).toEqual({ visible: 0, inFlight: 0, delayed: 2 });
  });

  it('come back word for word: what they are about, why, and since when', async () => {
    expect(await settle([{ postponeSeconds: 0 }])).toEqual([]);
    expect(await visible()).toEqual([change(0)]);
  });

  it('are put back with one call for each wait', async () => {
    await settle([{ postponeSeconds: 30 }, { postponeSeconds: 60 }, { postponeSeconds: 30 }]);
    expect(delays).toEqual([30, 60]);
    expect((await queue.depth()).delayed).toBe(3);
  });

  it('wait as long as they have to, whatever the queue makes of it; SQS alone hides them for 15 minutes', async () => {
    expect(await settle([{ postponeSeconds: 86_400 }, { postponeSeconds: 900 }])).toEqual([]);
    expect(delays).toEqual([86_400, 900]);
    expect((await queue.depth()).delayed).toBe(2);
  });

  it('stay with the queue where they could not be put back, while others can', async () => {
    const halfBroken: ChangeQueue = {
      ...queue,
      async send(changes, options) {
        if (options?.delaySeconds === 60) throw new Error('SQS did not take 1 of 1 document changes');
        return queue.send(changes, options);
      },
    };
    const failed = await settle(
      [{ postponeSeconds: 60 }, { postponeSeconds: 30 }, 'done', 'retry'],
      halfBroken,
    );
    expect(failed.toSorted()).toEqual(['message-0', 'message-3']);
    expect((await queue.depth()).delayed).toBe(1);
  });

  it('stay with the queue where it does not exist any more', async () => {
    const gone = openChangeQueue(aws.sqs, `${aws.queueUrl}-deleted`);
    expect(await settle([{ postponeSeconds: 30 }], gone)).toEqual(['message-0']);
  });
});
