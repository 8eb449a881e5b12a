import { randomUUID } from 'node:crypto';
import { ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Key } from './keys.ts';
import type { Table } from './table.ts';
import { getItem, whetherConditionHeld } from './table.ts';
import { WriteConflict } from './write-conflict.ts';

/** Whatever the vault sealed, wherever in the table it lies. */
export interface SealedItems {
  /** The keys of all items that hold something sealed. Reads the whole table. */
  list(): AsyncGenerator<Key>;
  get(key: Key): Promise<{ sealed: Uint8Array; revision: number } | undefined>;
  /** Replaces what is sealed and nothing else, if the item is still the revision that was read. Throws WriteConflict. */
  replace(key: Key, sealed: Uint8Array, expectedRevision: number): Promise<void>;
}

const keySchema = z.object({ pk: z.string(), sk: z.string() });
const itemSchema = z.object({ sealed: z.instanceof(Uint8Array), revision: z.int() });

export function openSealedItems(table: Table): SealedItems {
  return {
    async *list() {
      let start: Record<string, unknown> | undefined;
      do {
        const page = await table.client.send(
          new ScanCommand({
            TableName: table.name,
            ConsistentRead: true,
            FilterExpression: 'attribute_exists(sealed)',
            ProjectionExpression: 'pk, sk',
            ExclusiveStartKey: start,
          }),
        );
        for (const item of page.Items ?? []) yield keySchema.parse(item);
        start = page.LastEvaluatedKey;
      } while (start);
    },
    async get(key) {
      const item = await getItem(table, key);
      return item && itemSchema.parse(item);
    },
    async replace(key, sealed, expectedRevision) {
      const writeId = randomUUID();
      const replaced = await whetherConditionHeld(
        table.client.send(
          new UpdateCommand({
            TableName: table.name,
            Key: key,
            UpdateExpression: 'SET sealed = :sealed, revision = :next, writeId = :writeId',
            // The second half lets a write through that the SDK repeats because its first answer was lost.
            ConditionExpression: 'revision = :expected OR writeId = :writeId',
            ExpressionAttributeValues: {
              ':sealed': sealed,
              ':expected': expectedRevision,
              ':next': expectedRevision + 1,
              ':writeId': writeId,
            },
          }),
        ),
      );
      if (!replaced) throw new WriteConflict(key);
    },
  };
}
