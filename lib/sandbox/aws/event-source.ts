import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import type { EventSourceSettings } from './event-source-settings.ts';
import type { Invocation } from './execution-environment.ts';
import { reportedFailures, toSqsEvent } from './sqs-records.ts';

export interface EventSourceParts {
  sqs: SQSClient;
  queueUrl: string;
  invoke(functionName: string, event: unknown): Promise<Invocation>;
  /**
   * Makes the messages of a failed invocation visible at once, where AWS leaves them until their visibility
   * timeout. Messages that the function itself reports as failed keep their timeout.
   */
  redeliverAtOnce?: boolean;
  log?(line: string): void;
}

export interface EventSource {
  /** Receives no more and waits until the batches under way are settled. */
  close(): Promise<void>;
}

/** Feeds a function from a queue as Lambda's poller does. */
export function startEventSource(settings: EventSourceSettings, parts: EventSourceParts): EventSource {
  const stop = new AbortController();
  const batches = new Set<Promise<void>>();
  const poll = async () => {
    while (!stop.signal.aborted) {
      if (batches.size >= settings.concurrency) {
        await Promise.race(batches);
        continue;
      }
      const messages = await collect(settings, parts, stop.signal);
      if (messages.length === 0) continue;
      const batch = handle(messages, settings, parts).catch((error) => parts.log?.(`${error}`));
      batches.add(batch);
      void batch.finally(() => batches.delete(batch));
    }
  };
  const polling = poll();
  return {
    async close() {
      stop.abort();
      await polling;
      await Promise.all(batches);
    },
  };
}

/** The next batch: what is there, topped up until it is full or the batching window has passed. */
async function collect(settings: EventSourceSettings, parts: EventSourceParts, signal: AbortSignal) {
  const batch = await receive(parts, settings.batchSize, 20, signal);
  const end = Date.now() + settings.windowSeconds * 1000;
  while (batch.length > 0 && batch.length < settings.batchSize && !signal.aborted) {
    const seconds = Math.ceil((end - Date.now()) / 1000);
    if (seconds <= 0) break;
    batch.push(...(await receive(parts, settings.batchSize - batch.length, Math.min(seconds, 20), signal)));
  }
  return batch;
}

async function receive(parts: EventSourceParts, wanted: number, seconds: number, signal: AbortSignal) {
  const command = new ReceiveMessageCommand({
    QueueUrl: parts.queueUrl,
    MaxNumberOfMessages: Math.min(wanted, 10),
    WaitTimeSeconds: seconds,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  try {
    return (await parts.sqs.send(command, { abortSignal: signal })).Messages ?? [];
  } catch (error) {
    if (!signal.aborted) {
      parts.log?.(`Receiving from ${parts.queueUrl}: ${error}`);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    return [];
  }
}

async function handle(messages: Message[], settings: EventSourceSettings, parts: EventSourceParts) {
  const invocation = await parts.invoke(settings.functionName, toSqsEvent(messages, settings.queueArn));
  const failures = failedOf(invocation, messages, settings);
  if (failures === 'all') {
    if (invocation.ok)
      parts.log?.(`The batch response is not readable: all ${messages.length} count as failed`);
    if (parts.redeliverAtOnce) await redeliver(messages, parts);
    return;
  }
  await remove(
    messages.filter((message) => !failures.has(message.MessageId!)),
    parts,
  );
}

function failedOf(invocation: Invocation, messages: Message[], settings: EventSourceSettings) {
  if (!invocation.ok) return 'all';
  if (!settings.reportsFailures) return new Set<string>();
  return reportedFailures(invocation.payload, messages) ?? 'all';
}

async function remove(messages: Message[], { sqs, queueUrl }: EventSourceParts) {
  for (const Entries of entriesOfTen(messages)) {
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  }
}

async function redeliver(messages: Message[], { sqs, queueUrl }: EventSourceParts) {
  for (const entries of entriesOfTen(messages)) {
    const Entries = entries.map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
  }
}

/** SQS takes ten messages to a call. */
function entriesOfTen(messages: Message[]) {
  const entries = messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
  return Array.from({ length: Math.ceil(entries.length / 10) }, (_, n) => entries.slice(n * 10, n * 10 + 10));
}
