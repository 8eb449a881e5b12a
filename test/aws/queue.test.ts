import { PurgeQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DocumentChange } from '../../lib/aws/queue.ts';
import { openChangeQueue, parseChange } from '../../lib/aws/queue.ts';
import { NeedsPerson } from '../../lib/core/errors.ts';
import type { TestAws } from '../support/aws.ts';
import { startTestAws } from '../support/aws.ts';

let aws: TestAws;

beforeAll(async () => {
  aws = await startTestAws();
});
beforeEach(() => aws.sqs.send(new PurgeQueueCommand({ QueueUrl: aws.queueUrl })));
afterAll(() => aws.close());

const change = (count: number): DocumentChange => ({
  connectionId: 'acme',
  kind: 'purchase-order',
  id: `3f1c5a52-7a41-4c39-9d0b-${String(count).padStart(12, '0')}`,
  version: '2026-11-22T03:00:00.000Z',
  reason: 'poll',
  receivedAt: '2026-11-22T03:01:00.000Z',
});
const changes = (count: number) => Array.from({ length: count }, (_, index) => change(index));

async function received(): Promise<DocumentChange[]> {
  const all: DocumentChange[] = [];
  for (;;) {
    const { Messages = [] } = await aws.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: aws.queueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    all.push(...Messages.map(({ Body }) => parseChange(Body!)));
  }
}

/** The real queue behind an SQS that refuses entries of a batch by its rule, as it may under load. */
function refusing(refuses: (change: DocumentChange, call: number) => boolean): {
  client: SQSClient;
  calls: () => number;
} {
  const { endpoint, credentials } = aws.sqs.config;
  const client = new SQSClient({ region: 'us-east-1', endpoint: endpoint!, credentials });
  let calls = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as { Entries: { Id: string; MessageBody: string }[] };
      const call = ++calls;
      const refused = input.Entries.filter(({ MessageBody }) => refuses(JSON.parse(MessageBody), call));
      const Failed = refused.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false }));
      const taken = input.Entries.filter((entry) => !refused.includes(entry));
      if (taken.length === 0) return { output: { Successful: [], Failed }, response: {} } as never;
      const result = await next({ ...args, input: { ...input, Entries: taken } as never });
      return { ...result, output: { ...result.output, Failed } as never };
    },
    { step: 'initialize' },
  );
  return { client, calls: () => calls };
}

describe('the change queue', () => {
  it('carries 25 changes of one poll in batches, whole', async () => {
    await openChangeQueue(aws.sqs, aws.queueUrl).send(changes(25));
    expect(await received()).toEqual(changes(25));
  });

  it('says whose each change is, so that a busy connection does not make others wait', async () => {
    const groups: unknown[] = [];
    const { client } = refusing(() => false);
    client.middlewareStack.add(
      (next) => (args) => {
        const { Entries } = args.input as { Entries: { MessageGroupId?: string }[] };
        groups.push(...Entries.map(({ MessageGroupId }) => MessageGroupId));
        return next(args);
      },
      { step: 'initialize' },
    );
    const queue = openChangeQueue(client, aws.queueUrl);
    await queue.send([change(1), { ...change(2), connectionId: 'other' }]);
    expect(groups.toSorted()).toEqual(['acme', 'other']);
  });

  it('carries large documents in as many calls as their bytes want', async () => {
    const large = (count: number) => ({ ...change(count), record: { Text: 'x'.repeat(60_000) } });
    const { client, calls } = refusing(() => false);
    await openChangeQueue(client, aws.queueUrl).send([1, 2, 3, 4, 5].map(large));
    expect(calls()).toBe(2);
    expect(await received()).toEqual([1, 2, 3, 4, 5].map(large));
  });

  it('gives what else stands in it, as many as are wanted, until they are removed', async () => {
    const queue = openChangeQueue(aws.sqs, aws.queueUrl);
    await queue.send(changes(14));
    const some = await queue.receive(12);
    expect(some.map(({ receiveCount }) => receiveCount)).toEqual(Array.from({ length: 12 }, () => 1));
    expect(await queue.depth()).toEqual({ visible: 2, inFlight: 12, delayed: 0 });
    await queue.remove(some);
    expect(await queue.depth()).toEqual({ visible: 2, inFlight: 0, delayed: 0 });
  });

  it('sends nothing when nothing changed', async () => {
    const queue = openChangeQueue(aws.sqs, aws.queueUrl);
    await queue.send([]);
    expect(await queue.depth()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('counts what waits, what is being worked on and what is hidden for later', async () => {
    const queue = openChangeQueue(aws.sqs, aws.queueUrl);
    await queue.send(changes(3));
    await queue.send([change(9)], { delaySeconds: 600 });
    await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl: aws.queueUrl, MaxNumberOfMessages: 1 }));
    expect(await queue.depth()).toEqual({ visible: 2, inFlight: 1, delayed: 1 });
  });

  it('sends again just those changes that SQS refused the first time', async () => {
    const { client, calls } = refusing((candidate, call) => call === 1 && candidate.id === change(3).id);
    await openChangeQueue(client, aws.queueUrl).send(changes(10));
    expect(calls()).toBe(2);
    expect(await received()).toEqual(changes(10));
  });

  it('fails with the number of changes that SQS never took, having sent all others', async () => {
    const lost = new Set([change(2).id, change(17).id]);
    const { client } = refusing(({ id }) => lost.has(id));
    await expect(openChangeQueue(client, aws.queueUrl).send(changes(20))).rejects.toThrow(
      'SQS did not take 2 of 20 document changes: InternalError',
    );
    expect(await received()).toEqual(changes(20).filter(({ id }) => !lost.has(id)));
  });
});

describe('a message of the queue', () => {
  it('is read with and without a version', () => {
    const { version: _, ...unversioned } = change(1);
    expect(parseChange(JSON.stringify(unversioned))).toEqual(unversioned);
    expect(parseChange(JSON.stringify(change(1)))).toEqual(change(1));
  });

  it.each([
    ['', 'not JSON'],
    ['{"connectionId":"acme"', 'not JSON'],
    ['null', 'not an object'],
    ['[]', 'not an object'],
    ['{}', 'connectionId, kind, id, reason, receivedAt'],
    [JSON.stringify({ ...change(1), connectionId: '' }), 'connectionId'],
    [JSON.stringify({ ...change(1), kind: 'quote' }), 'kind'],
    [JSON.stringify({ ...change(1), id: '../Invoices' }), 'id'],
    [JSON.stringify({ ...change(1), version: 'yesterday' }), 'version'],
  ])('is refused with what does not fit: %s', (body, problem) => {
    const parse = () => parseChange(body);
    expect(parse).toThrow(NeedsPerson);
    expect(parse).toThrow(expect.objectContaining({ code: 'message-malformed' }));
    expect(parse).toThrow(problem);
  });
});
