import type { SQSClient } from '@aws-sdk/client-sqs';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
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
  reason: Reason;
  /** What a person has seen of Procore's side and wants written over, word for word. */
  overwrite?: string[];
  /** ISO instant at which the connector learnt of it. */
  receivedAt: string;
}

export interface ChangeQueue {
  /**
   * Sends all changes, 10 to a call. What SQS refuses singly is sent again; throws naming how many it never took.
   * `delaySeconds` hides them for a while, at most 900.
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
  reason: z.enum(REASONS),
  overwrite: z.exactOptional(z.array(z.string())),
  receivedAt: z.iso.datetime(),
}) satisfies z.ZodMiniType<DocumentChange>;

export function openChangeQueue(client: SQSClient, url: string): ChangeQueue {
  return {
    send(changes, { delaySeconds } = {}) {
      const messages = changes.map((change) => ({
        body: JSON.stringify(change),
        group: change.connectionId,
      }));
      return sendBatches(
        client,
        url,
        messages,
        'document changes',
        delaySeconds && Math.min(delaySeconds, 900),
      );
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
