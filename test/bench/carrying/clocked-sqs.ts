import { createHash, randomUUID } from 'node:crypto';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Clock } from '../../../lib/core/ports.ts';
import { clientOptions } from '../../../lib/sandbox/aws/identity.ts';

interface Waiting {
  id: string;
  body: string;
  received: number;
  visibleAt: number;
  receipt?: string;
}

/** One queue as SQS keeps it, by the bench's clock. */
export interface ClockedQueue {
  client: SQSClient;
  url: string;
  /** Messages that are not dealt with yet. */
  length(): number;
  /** When the next message becomes visible, in epoch milliseconds; undefined where none waits. */
  nextVisible(): number | undefined;
  /** Messages that were given up after five deliveries. */
  deadLetters: string[];
}

interface Asked {
  Entries: {
    Id: string;
    MessageBody: string;
    DelaySeconds?: number;
    ReceiptHandle: string;
    VisibilityTimeout?: number;
  }[];
  MessageBody: string;
  DelaySeconds?: number;
  MaxNumberOfMessages?: number;
  VisibilityTimeout?: number;
  ReceiptHandle: string;
}

/** As the stack sets them: twice the worker's time, and five deliveries. */
const VISIBILITY_MS = 600_000;
const DELIVERIES = 5;

/**
 * SQS behind the SDK's own client, which serialises, signs and checks as ever; only the way to AWS is left out.
 */
export function clockedSqs(clock: Clock): ClockedQueue {
  // By the time at which they become visible: those that may be received stand in front.
  const waiting = new Map<string, Waiting>();
  const deadLetters: string[] = [];
  const now = () => clock.now().getTime();
  const put = (body: string, delaySeconds = 0) => {
    const id = randomUUID();
    waiting.set(id, { id, body, received: 0, visibleAt: now() + delaySeconds * 1000 });
    return { MessageId: id, MD5OfMessageBody: md5(body) };
  };
  const byReceipt = (receipt: string) => waiting.get(receipt.split('/')[0]!);
  const remove = (receipt: string) => {
    const message = byReceipt(receipt);
    if (message?.receipt === receipt) waiting.delete(message.id);
  };
  const hide = (receipt: string, seconds: number) => {
    const message = byReceipt(receipt);
    if (message) message.visibleAt = now() + seconds * 1000;
  };

  const operations: Record<string, (asked: Asked) => unknown> = {
    SendMessage: ({ MessageBody, DelaySeconds }) => put(MessageBody, DelaySeconds),
    SendMessageBatch: ({ Entries }) => ({
      Successful: Entries.map(({ Id, MessageBody, DelaySeconds }) => ({
        Id,
        ...put(MessageBody, DelaySeconds),
      })),
      Failed: [],
    }),
    ReceiveMessage: ({ MaxNumberOfMessages = 1, VisibilityTimeout }) => {
      const found: Waiting[] = [];
      for (const message of waiting.values()) {
        if (found.length === MaxNumberOfMessages) break;
        if (message.visibleAt > now()) continue;
        if (message.received >= DELIVERIES) {
          waiting.delete(message.id);
          deadLetters.push(message.body);
        } else found.push(message);
      }
      for (const message of found) {
        message.received++;
        message.receipt = `${message.id}/${message.received}`;
        message.visibleAt =
          now() + (VisibilityTimeout === undefined ? VISIBILITY_MS : VisibilityTimeout * 1000);
        // Behind all that can be received: what is given out must not be passed over again and again.
        waiting.delete(message.id);
        waiting.set(message.id, message);
      }
      return {
        Messages: found.map(({ id, body, received, receipt }) => ({
          MessageId: id,
          ReceiptHandle: receipt,
          Body: body,
          MD5OfBody: md5(body),
          Attributes: { ApproximateReceiveCount: String(received), SentTimestamp: String(now()) },
        })),
      };
    },
    DeleteMessage: ({ ReceiptHandle }) => void remove(ReceiptHandle),
    DeleteMessageBatch: ({ Entries }) => {
      for (const { ReceiptHandle } of Entries) remove(ReceiptHandle);
      return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
    },
    ChangeMessageVisibility: ({ ReceiptHandle, VisibilityTimeout = 0 }) =>
      void hide(ReceiptHandle, VisibilityTimeout),
    ChangeMessageVisibilityBatch: ({ Entries }) => {
      for (const { ReceiptHandle, VisibilityTimeout = 0 } of Entries) hide(ReceiptHandle, VisibilityTimeout);
      return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
    },
    GetQueueAttributes: () => {
      const all = [...waiting.values()];
      const visible = all.filter(({ visibleAt }) => visibleAt <= now()).length;
      const inFlight = all.filter(({ visibleAt, receipt }) => visibleAt > now() && receipt).length;
      return {
        Attributes: {
          ApproximateNumberOfMessages: String(visible),
          ApproximateNumberOfMessagesNotVisible: String(inFlight),
          ApproximateNumberOfMessagesDelayed: String(all.length - visible - inFlight),
        },
      };
    },
  };

  const client = new SQSClient({
    ...clientOptions,
    requestHandler: {
      async handle({ body, headers }: { body: string | Uint8Array; headers: Record<string, string> }) {
        const target = headers['x-amz-target'] ?? headers['X-Amz-Target'] ?? '';
        const operation = operations[target.split('.')[1] ?? ''];
        if (!operation) throw new Error(`the bench's SQS knows no ${target}`);
        const asked = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
        const answer = Buffer.from(JSON.stringify(operation(asked) ?? {}));
        return { response: { statusCode: 200, headers: {}, body: answer } };
      },
    },
  });
  return {
    client,
    url: 'https://sqs.us-east-1.amazonaws.com/000000000000/document-changes',
    deadLetters,
    length: () => waiting.size,
    nextVisible() {
      let next: number | undefined;
      for (const { visibleAt } of waiting.values()) next = Math.min(next ?? visibleAt, visibleAt);
      return next;
    },
  };
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
