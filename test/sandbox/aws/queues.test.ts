import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { clientOptions } from '../../../lib/sandbox/aws/identity.ts';
import { startQueues } from '../../../lib/sandbox/aws/queues.ts';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of cleanUp.splice(0).reverse()) await each();
});

function dataFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'queues-'));
  cleanUp.push(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function start(folder?: string, VisibilityTimeout = '120') {
  const queues = await startQueues(
    [{ logicalId: 'Changes', name: 'changes', attributes: { VisibilityTimeout } }],
    folder,
  );
  const sqs = new SQSClient({ ...clientOptions, endpoint: queues.url });
  cleanUp.push(queues.close, () => sqs.destroy());
  const QueueUrl = queues.queueUrl('changes');
  return {
    ...queues,
    send: (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody })),
    async receive() {
      const command = new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'] });
      return (await sqs.send(command)).Messages?.[0];
    },
    release: (ReceiptHandle?: string) =>
      sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 })),
    attributes: async () =>
      (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes,
  };
}

describe.each([
  ['in memory', () => undefined],
  ['in a data folder', dataFolder],
])('queues kept %s', (_, folder) => {
  it('hand a message out again at once when its visibility is set to 0, counting on', async () => {
    const queues = await start(folder());
    await queues.send('order');
    await queues.release((await queues.receive())?.ReceiptHandle);
    expect(queues.depth('changes')).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
    const again = await queues.receive();
    expect(again).toMatchObject({ Body: 'order', Attributes: { ApproximateReceiveCount: '2' } });
  });
});

describe('queues after a restart', () => {
  it('still hold what was waiting, what was in flight and how often it was received', async () => {
    const folder = dataFolder();
    const before = await start(folder);
    await before.send('in flight');
    await before.release((await before.receive())?.ReceiptHandle);
    await before.receive();
    await before.send('waiting');
    await before.close();

    const after = await start(folder);
    expect(after.depth('changes')).toEqual({ visible: 1, inFlight: 1, delayed: 0 });
    await after.releaseInFlight('changes');
    expect(after.depth('changes')).toEqual({ visible: 2, inFlight: 0, delayed: 0 });
    const received = [await after.receive(), await after.receive()];
    const counts = received.map((message) => [message?.Body, message?.Attributes?.ApproximateReceiveCount]);
    expect(counts.sort()).toEqual([
      ['in flight', '3'],
      ['waiting', '1'],
    ]);
  });

  it('hold a released message as waiting', async () => {
    const folder = dataFolder();
    const before = await start(folder);
    await before.send('order');
    await before.release((await before.receive())?.ReceiptHandle);
    await before.close();
    const after = await start(folder);
    expect(await after.receive()).toMatchObject({ Attributes: { ApproximateReceiveCount: '2' } });
  });

  it('take the attributes that the template has by then, and keep their messages', async () => {
    const folder = dataFolder();
    const before = await start(folder, '30');
    await before.send('order');
    await before.close();
    const after = await start(folder, '60');
    expect(await after.attributes()).toMatchObject({
      VisibilityTimeout: '60',
      ApproximateNumberOfMessages: '1',
    });
  });
});
