import type { SQSClient } from '@aws-sdk/client-sqs';
import { GetQueueAttributesCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import type { DocumentKind } from '../core/documents.ts';
import { NeedsPerson } from '../core/errors.ts';

/** The message of the document-changes queue: this document may have changed, go and look. */
export interface DocumentChange {
  connectionId: string;
  kind: DocumentKind;
  /** The Xero id, a GUID. */
  id: string;
  /** `UpdatedDateUTC` in ISO form, where the listing gave it. */
  version?: string;
  reason: 'webhook' | 'poll' | 'sweep' | 'retry';
  /** ISO instant at which the connector learnt of it. */
  receivedAt: string;
}

export interface ChangeQueue {
  /**
   * Sends all changes, 10 to a call. What SQS refuses singly is sent again; throws naming how many it never took.
   * `delaySeconds` (at most 900) hides them for a while.
   */
  send(changes: DocumentChange[], options?: { delaySeconds?: number }): Promise<void>;
  /** Approximate numbers of messages, as SQS counts them. */
  depth(): Promise<{ visible: number; inFlight: number; delayed: number }>;
}

const changeSchema = z.object({
  connectionId: z.string().check(z.minLength(1)),
  kind: z.enum(['purchase-order', 'bill', 'credit-note', 'contact', 'journal']),
  id: z.guid(),
  version: z.exactOptional(z.iso.datetime()),
  reason: z.enum(['webhook', 'poll', 'sweep', 'retry']),
  receivedAt: z.iso.datetime(),
}) satisfies z.ZodMiniType<DocumentChange>;

const BATCH = 10;
const ATTEMPTS = 3;

export function openChangeQueue(client: SQSClient, url: string): ChangeQueue {
  /** Returns the reasons of those that SQS still refused at the last attempt. */
  async function sendBatch(
    batch: DocumentChange[],
    delaySeconds: number | undefined,
    attempt = 1,
  ): Promise<string[]> {
    const Entries = batch.map((change, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify(change),
      ...(delaySeconds !== undefined && { DelaySeconds: delaySeconds }),
    }));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    if (Failed.length === 0) return [];
    if (attempt === ATTEMPTS) return Failed.map(({ Code = 'no reason given' }) => Code);
    const refused = Failed.map(({ Id }) => batch[Number(Id)]!);
    return sendBatch(refused, delaySeconds, attempt + 1);
  }

  return {
    async send(changes, { delaySeconds } = {}) {
      const batches = chunk(changes, BATCH).map((batch) => sendBatch(batch, delaySeconds));
      const refusals = (await Promise.all(batches)).flat();
      if (refusals.length > 0) {
        const reasons = [...new Set(refusals)].join(', ');
        throw new Error(
          `SQS did not take ${refusals.length} of ${changes.length} document changes: ${reasons}`,
        );
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

function chunk<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
