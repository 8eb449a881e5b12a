import type { SQSClient } from '@aws-sdk/client-sqs';
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import type { DocumentKind } from '../core/documents.ts';
import { NeedsPerson } from '../core/errors.ts';
import type { Reason } from '../core/priority.ts';
import { REASONS } from '../core/priority.ts';
import { sendBatches } from './send-batches.ts';

/** The message of the document-changes queue: this document may have changed, go and look. */
export interface DocumentChange {
  connectionId: string;
  kind: DocumentKind;
  /** The Xero id, a GUID. */
  id: string;
  /** `UpdatedDateUTC` in ISO form, where the listing gave it. */
  version?: string;
  /** The document's calendar date, where it was chosen by it. */
  date?: string;
  reason: Reason;
  /** Whether Procore's side is to be compared whatever the reason, as a sweep does. */
  closely?: true;
  /** What a person has seen of Procore's side and wants written over, word for word. */
  overwrite?: string[];
  /** ISO instant at which the connector learnt of it. */
  receivedAt: string;
  /** The document as a listing of Xero's gave it at that moment (Books.read), so that it need not be fetched once more. */
  record?: unknown;
}

/** A message that was asked for instead of being delivered. */
export interface ReceivedChange {
  id: string;
  body: string;
  /** How often it was received, this time included. */
  receiveCount: number;
  /** By which SQS knows this receipt. */
  handle: string;
}

export interface ChangeQueue {
  /**
   * Sends all changes, 10 to a call. What SQS refuses singly is sent again; throws naming how many it never took.
   * `delaySeconds` hides them for a while, at most 900.
   */
  send(changes: DocumentChange[], options?: { delaySeconds?: number }): Promise<void>;
  /**
   * What else stands in the queue, up to so many messages, hidden from others from now on like what SQS delivers by
   * itself. Waits up to `waitSeconds` for more before it takes the queue for empty.
   */
  receive(most: number, options?: { waitSeconds?: number }): Promise<ReceivedChange[]>;
  /** Takes messages that were received so out of the queue. */
  remove(messages: ReceivedChange[]): Promise<void>;
  /** Approximate numbers of messages, as SQS counts them. */
  depth(): Promise<{ visible: number; inFlight: number; delayed: number }>;
}

/** SQS gives and takes no more to a call. */
const LARGEST_RECEIPT = 10;

const changeSchema = z.object({
  connectionId: z.string().check(z.minLength(1)),
  kind: z.enum(['purchase-order', 'bill', 'credit-note', 'contact', 'journal']),
  id: z.guid(),
  version: z.exactOptional(z.iso.datetime()),
  date: z.exactOptional(z.iso.date()),
  reason: z.enum(REASONS),
  closely: z.exactOptional(z.literal(true)),
  overwrite: z.exactOptional(z.array(z.string())),
  receivedAt: z.iso.datetime(),
  record: z.exactOptional(z.unknown()),
}) satisfies z.ZodMiniType<DocumentChange>;

export function openChangeQueue(client: SQSClient, url: string): ChangeQueue {
  return {
    send: (changes, { delaySeconds } = {}) =>
      sendBatches(client, url, changes, 'document changes', delaySeconds),
    async receive(most, { waitSeconds = 0 } = {}) {
      const received: ReceivedChange[] = [];
      while (received.length < most) {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl: url,
            MaxNumberOfMessages: Math.min(LARGEST_RECEIPT, most - received.length),
            WaitTimeSeconds: waitSeconds,
            MessageSystemAttributeNames: ['ApproximateReceiveCount'],
          }),
        );
        if (Messages.length === 0) break;
        for (const { MessageId, Body, ReceiptHandle, Attributes } of Messages) {
          const receiveCount = Number(Attributes?.ApproximateReceiveCount ?? 1);
          received.push({ id: MessageId!, body: Body!, receiveCount, handle: ReceiptHandle! });
        }
      }
      return received;
    },
    async remove(messages) {
      for (let start = 0; start < messages.length; start += LARGEST_RECEIPT) {
        const Entries = messages
          .slice(start, start + LARGEST_RECEIPT)
          .map(({ handle }, at) => ({ Id: String(at), ReceiptHandle: handle }));
        // One that stays comes again and changes nothing.
        await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
      }
    },
    async depth() {
      const { Attributes: counts = {} } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: url,
          AttributeNames: [
            'ApproximateNumberOfMessages',
            'ApproximateNumberOfMessagesNotVisible',
            'ApproximateNumberOfMessagesDelayed',
          ],
        }),
      );
      return {
        visible: Number(counts.ApproximateNumberOfMessages),
        inFlight: Number(counts.ApproximateNumberOfMessagesNotVisible),
        delayed: Number(counts.ApproximateNumberOfMessagesDelayed),
      };
    },
  };
}

/** Reads a message's body. Throws NeedsPerson('message-malformed') naming what does not fit. */
export function parseChange(body: string): DocumentChange {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (cause) {
    throw new NeedsPerson('message-malformed', { facts: { problem: 'not JSON' }, cause });
  }
  const { success, data, error } = changeSchema.safeParse(json);
  if (success) return data;
  const fields = error.issues.map(({ path }) => path.join('.') || 'not an object');
  throw new NeedsPerson('message-malformed', { facts: { problem: fields } });
}
