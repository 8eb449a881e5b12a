import type { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { NeedsPerson } from '../core/errors.ts';
import type { ListName } from '../core/reference-lists.ts';
import { REFERENCE_LISTS } from '../core/reference-lists.ts';
import { sendBatches } from './send-batches.ts';

/** The message of the reference-changes queue: this list may have changed, go and read it. */
export interface ReferenceChange {
  connectionId: string;
  /** `connected` asks for the webhook and every list, `webhook` for the webhook alone. */
  what: ListName | 'connected' | 'webhook';
  /** The project whose list it is; absent for all projects, and with lists of the company. */
  projectId?: string;
  /** Part of a round through all lists: nobody said that this one has changed. */
  round?: true;
  /** ISO instant at which the connector learnt of it. */
  receivedAt: string;
}

export interface ReferenceQueue {
  /** Sends all of them; throws where SQS did not take some. `delaySeconds` hides them for a while, at most 900. */
  send(changes: ReferenceChange[], options?: { delaySeconds?: number }): Promise<void>;
}

const changeSchema = z.object({
  connectionId: z.string().check(z.minLength(1)),
  what: z.enum([...REFERENCE_LISTS, 'connected', 'webhook']),
  projectId: z.exactOptional(z.string().check(z.minLength(1))),
  round: z.exactOptional(z.literal(true)),
  receivedAt: z.iso.datetime(),
}) satisfies z.ZodMiniType<ReferenceChange>;

export function openReferenceQueue(client: SQSClient, url: string): ReferenceQueue {
  return {
    send: (changes, { delaySeconds } = {}) =>
      sendBatches(client, url, changes, 'reference changes', delaySeconds),
  };
}

/** Reads a message's body. Throws NeedsPerson('message-malformed') naming what does not fit. */
export function parseReferenceChange(body: string): ReferenceChange {
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
