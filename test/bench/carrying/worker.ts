import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import { workOff as takeDelivery } from '../../../lib/flows/sync/work-off.ts';

/** As Lambda begins to poll a queue, and as the stack sets the worker: deliveries of ten, five minutes each. */
const WORKERS = 5;
const BATCH = 10;
const TIMEOUT_MS = 300_000;

/** What is hidden for longer waits for a vendor's window: the next call takes it up. */
const LONGEST_WAIT_MS = 30_000;

/** What the worker works with: a rig, or as much of it as another process has. */
export interface Hands {
  deployment: Deployment;
  aws: {
    clients: { sqs: SQSClient };
    queue: { url: string; length(): number; nextVisible(): number | undefined };
  };
}

/** What came of the invocations of the worker. */
export interface Worked {
  invocations: number;
  /** Milliseconds by the rig's clock that each invocation took. */
  durations: number[];
}

/** Works off everything in the queue, what is hidden in it for some seconds too. */
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
  const { clock } = rig.deployment;
  for (;;) {
    await Promise.all(Array.from({ length: workers }, work));
    const next = rig.aws.queue.nextVisible();
    const wait = next === undefined ? Number.POSITIVE_INFINITY : next - clock.now().getTime();
    if (wait > LONGEST_WAIT_MS) return worked;
    await clock.sleep(Math.max(1, wait));
  }
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
  const failed = new Set(await takeDelivery(messages, deployment, secondsLeft));
  await deployment.governor.rest();
  const Entries = batch
    .filter(({ MessageId }) => !failed.has(MessageId!))
    .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  if (Entries.length > 0)
    await aws.clients.sqs.send(new DeleteMessageBatchCommand({ QueueUrl: aws.queue.url, Entries }));
}
