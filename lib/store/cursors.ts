import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { keys } from './keys.ts';
import type { Table } from './table.ts';
import { getItem, removeItem, whetherConditionHeld } from './table.ts';

/** How far the poll of one connection has come. All are ISO instants as Date.toISOString() writes them. */
export interface Cursor {
  /** Xero's clock when the orders, bills, credit notes or journals were last read whole: the next poll's `since`. */
  purchaseOrders?: string;
  bills?: string;
  creditNotes?: string;
  journals?: string;
  lastActivityAt?: string;
  /** When a webhook of Xero last led to work. */
  lastWebhookAt?: string;
  lastSweepAt?: string;
  nextPollAt?: string;
  /** When the connection last began to work again after it was broken or paused. */
  lastResumedAt?: string;
}

export interface Cursors {
  /** Empty before the first poll. */
  get(connectionId: string): Promise<Cursor>;
  /**
   * Moves the instants that are given and leaves the others. None ever moves backwards, however late a slow run
   * reports: an older one is passed over. Only `nextPollAt` may, because activity brings the next poll forward.
   */
  put(connectionId: string, cursor: Cursor): Promise<void>;
  /** Forgets it: the next poll reads everything. */
  remove(connectionId: string): Promise<void>;
}

const instant = z.exactOptional(z.iso.datetime({ precision: 3 }));
const cursorSchema = z.object({
  purchaseOrders: instant,
  bills: instant,
  creditNotes: instant,
  journals: instant,
  lastActivityAt: instant,
  lastWebhookAt: instant,
  lastSweepAt: instant,
  nextPollAt: instant,
  lastResumedAt: instant,
}) satisfies z.ZodMiniType<Cursor>;

export function openCursors(table: Table): Cursors {
  async function move(connectionId: string, name: string, to: string): Promise<void> {
    await whetherConditionHeld(
      table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: keys.cursor(connectionId),
          UpdateExpression: 'SET #name = :to',
          ...(name !== 'nextPollAt' && {
            ConditionExpression: 'attribute_not_exists(#name) OR #name <= :to',
          }),
          ExpressionAttributeNames: { '#name': name },
          ExpressionAttributeValues: { ':to': to },
        }),
      ),
    );
  }

  return {
    async get(connectionId) {
      return cursorSchema.parse((await getItem(table, keys.cursor(connectionId))) ?? {});
    },
    async put(connectionId, cursor) {
      const moves = Object.entries(cursorSchema.parse(cursor));
      await Promise.all(moves.map(([name, to]) => move(connectionId, name, to)));
    },
    remove: (connectionId) => removeItem(table, keys.cursor(connectionId)),
  };
}
