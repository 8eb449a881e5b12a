import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import { settleMessages } from '../../../lib/flows/sync/settle-messages.ts';
import { syncDocuments } from '../../../lib/flows/sync/sync-documents.ts';

/** As the stack runs the worker: batches of ten, two at a time, a minute each. */
const WORKERS = 2;
const BATCH = 10;
const TIMEOUT_MS = 60_000;

/** What the worker works with: a rig, or as much of it as another process has. */
export interface Hands {
  deployment: Deployment;
  aws: { clients: { sqs: SQSClient }; queue: { url: string; length(): number } };
}

/** What came of the invocations of the worker. */
export interface Worked {
  invocations: number;
  /** Milliseconds by the rig's clock that each invocation took. */
  durations: number[];
}

/** Works off everything that is visible in the queue, by as many workers as the stack has. */
export async function workOff(rig: Hands, workers = WORKERS, say?: (left: number) => void): Promise<Worked> {
  const worked: Worked = { invocations: 0, durations: [] };
  const work = async () => {
    for (let batch = await receive(rig); batch.length > 0; batch = await receive(rig)) {
      const began = rig.deployment.clock.now().getTime();
      await invoke(rig, batch);
      worked.durations.push(rig.deployment.clock.now().getTime() - began);
      worked.invocations++;
      say?.(rig.aws.queue.length());
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return worked;
}

async function receive({ aws }: Hands): Promise<Message[]> {
  const { Messages = [] } = await aws.clients.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: aws.queue.url,
      MaxNumberOfMessages: BATCH,
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return Messages;
}

/** What Lambda and functions/sync-documents do with one batch. */
async function invoke({ aws, deployment }: Hands, batch: Message[]): Promise<void> {
  const ends = deployment.clock.now().getTime() + TIMEOUT_MS;
  const messages = batch.map(({ MessageId, Body, Attributes }) => ({
    id: MessageId!,
    body: Body!,
    receiveCount: Number(Attributes!.ApproximateReceiveCount),
  }));
  const secondsLeft = () => (ends - deployment.clock.now().getTime()) / 1000;
  const verdicts = await syncDocuments(messages, deployment, secondsLeft);
  const failed = new Set(await settleMessages(messages, verdicts, deployment));
  const Entries = batch
    .filter(({ MessageId }) => !failed.has(MessageId!))
    .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  if (Entries.length > 0)
    await aws.clients.sqs.send(new DeleteMessageBatchCommand({ QueueUrl: aws.queue.url, Entries }));
}
