import * as z from 'zod/mini';
import type { Backfill, BackfillItem } from '../core/backfill/backfill.ts';
import type { Clock } from '../core/ports.ts';
import { keys } from './keys.ts';
import type { Revised, Table } from './table.ts';
import { getItem, putItem, putRevised, queryItems, removeItem } from './table.ts';

/** The latest backfill of each connection, and the documents that it carries. */
export interface Backfills {
  get(connectionId: string): Promise<Revised<Backfill> | undefined>;
  /** Replaces it as it was read (without a revision: where there is none). Throws WriteConflict. */
  put(run: Backfill & { revision?: number }): Promise<Revised<Backfill>>;
  /** Forgets it. */
  remove(connectionId: string): Promise<void>;
  /** Writes an item at its place. */
  putItem(run: Pick<Backfill, 'id' | 'connectionId'>, item: BackfillItem): Promise<void>;
  /** The items from a place on, in their order, as far as the caller wants. */
  items(run: Pick<Backfill, 'id' | 'connectionId'>, from: number): AsyncIterable<BackfillItem>;
}

/** Items are of use while their run is under way; one on the smallest Xero plan takes months. */
const KEPT_MS = 400 * 86_400_000;

const LAST_PLACE = 99_999_999;

/** Readers seldom want more. */
const AT_ONCE = 100;

const count = z.int();
const state = z.enum(['posted', 'awaiting-approval', 'parked', 'left-out', 'rejected']);
const kind = z.enum(['purchase-order', 'bill', 'credit-note', 'journal']);

const runSchema = z.object({
  id: z.string(),
  connectionId: z.string(),
  from: z.string(),
  kinds: z.array(kind),
  by: z.string(),
  startedAt: z.string(),
  state: z.enum(['running', 'paused', 'done', 'cancelled']),
  endedAt: z.exactOptional(z.string()),
  total: count,
  place: count,
  outcomes: z.record(state, count),
  marks: z.array(z.object({ at: z.string(), settled: count })),
}) satisfies z.ZodMiniType<Backfill>;

const itemSchema = z.object({
  place: count,
  kind,
  id: z.string(),
  version: z.exactOptional(z.string()),
  date: z.exactOptional(z.string()),
  queuedAt: z.exactOptional(z.string()),
  outcome: z.exactOptional(state),
}) satisfies z.ZodMiniType<BackfillItem>;

export function openBackfills(table: Table, clock: Clock): Backfills {
  return {
    async get(connectionId) {
      const item = await getItem(table, keys.backfill(connectionId));
      return item && { ...runSchema.parse(item), revision: Number(item.revision) };
    },
    async put({ revision = 0, ...run }) {
      const stored = runSchema.parse(run);
      return {
        ...stored,
        revision: await putRevised(table, keys.backfill(run.connectionId), stored, revision),
      };
    },
    remove: (connectionId) => removeItem(table, keys.backfill(connectionId)),
    async putItem({ id, connectionId }, item) {
      const expiresAt = Math.ceil((clock.now().getTime() + KEPT_MS) / 1000);
      const key = keys.backfillItem(connectionId, id, item.place);
      await putItem(table, { ...itemSchema.parse(item), ...key, expiresAt });
    },
    async *items({ id, connectionId }, from) {
      const { pk, sk } = keys.backfillItem(connectionId, id, from);
      const found = queryItems(table, {
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :last',
        ExpressionAttributeValues: {
          ':pk': pk,
          ':from': sk,
          ':last': keys.backfillItem(connectionId, id, LAST_PLACE).sk,
        },
        Limit: AT_ONCE,
      });
      for await (const item of found) yield itemSchema.parse(item);
    },
  };
}
