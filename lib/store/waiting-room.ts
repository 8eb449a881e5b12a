import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Reason } from '../core/priority.ts';
import { REASONS } from '../core/priority.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';
import { getItem, putRevised, queryItems, removeItem, whetherConditionHeld } from './table.ts';
import { WriteConflict } from './write-conflict.ts';

/** What the room has to know of a change; the rest of it is the queue's to know. */
export interface WaitingChange {
  connectionId: string;
  id: string;
  reason: Reason;
  overwrite?: string[];
}

/** One that waits, as it was read. */
export interface Waiting {
  /** The change as it was put in, in JSON. */
  body: string;
  key: { pk: string; sk: string };
  writeId: string;
}

/**
 * Where changes wait that have to wait longer than SQS hides a message. One entry per document and reason: those who
 * come again and again wait once.
 */
export interface WaitingRoom {
  /** Lets it wait until then (ISO instant). Whoever waits already waits as long as the last one said. */
  put(change: WaitingChange, notBefore: string): Promise<void>;
  /** Those of the connection who have waited long enough, the most urgent first, so many at most. */
  due(connectionId: string, now: string, atMost: number): Promise<Waiting[]>;
  /** Takes it out, unless it was put in again since it was read. */
  remove(waiting: Waiting): Promise<void>;
  /** Empties it for the connection. */
  clear(connectionId: string): Promise<void>;
}

const entrySchema = z.object({
  pk: z.string(),
  sk: z.string(),
  revision: z.int(),
  writeId: z.string(),
  notBefore: z.iso.datetime(),
  body: z.string(),
});

/** Two who put in the same document at once. */
const ATTEMPTS = 10;

/** `partition` of a connection's entries. */
export function openWaitingRoom(
  table: Table,
  partition: (connectionId: string) => string = keys.waitingRoom,
): WaitingRoom {
  async function* entries(connectionId: string, notBefore?: string) {
    const items = queryItems(table, {
      KeyConditionExpression: 'pk = :pk',
      ...(notBefore !== undefined && { FilterExpression: 'notBefore <= :now' }),
      ExpressionAttributeValues: {
        ':pk': partition(connectionId),
        ...(notBefore !== undefined && { ':now': notBefore }),
      },
    });
    for await (const item of items) yield entrySchema.parse(item);
  }

  async function put(change: WaitingChange, notBefore: string, attempt = 1): Promise<void> {
    const key = keys.waiting(partition(change.connectionId), REASONS.indexOf(change.reason), change.id);
    const item = await getItem(table, key);
    const before = item && entrySchema.parse(item);
    const known: WaitingChange | undefined = before && JSON.parse(before.body);
    try {
      const entry = { body: JSON.stringify(both(known, change)), notBefore };
      await putRevised(table, key, entry, before?.revision ?? 0);
    } catch (error) {
      if (!(error instanceof WriteConflict) || attempt === ATTEMPTS) throw error;
      await put(change, notBefore, attempt + 1);
    }
  }

  return {
    put,
    async due(connectionId, now, atMost) {
      const due: Waiting[] = [];
      for await (const { pk, sk, writeId, body } of entries(connectionId, now)) {
        due.push({ body, key: { pk, sk }, writeId });
        if (due.length === atMost) break;
      }
      return due;
    },
    async remove({ key, writeId }) {
      await whetherConditionHeld(
        table.client.send(
          new DeleteCommand({
            TableName: table.name,
            Key: key,
            // Not by its revision, which begins anew with whoever comes in after it was taken out.
            ConditionExpression: 'writeId = :writeId',
            ExpressionAttributeValues: { ':writeId': writeId },
          }),
        ),
      );
    },
    async clear(connectionId) {
      for await (const { pk, sk } of entries(connectionId)) await removeItem(table, { pk, sk });
    },
  };
}

/** The later one, with everything that people want written over. */
function both(known: WaitingChange | undefined, change: WaitingChange): WaitingChange {
  if (!known?.overwrite) return change;
  return { ...change, overwrite: [...new Set([...known.overwrite, ...(change.overwrite ?? [])])] };
}
