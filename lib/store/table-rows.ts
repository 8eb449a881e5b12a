import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { keys } from './keys.ts';
import type { Table } from './table.ts';
import { itemsUnder, putItem } from './table.ts';

/** The rows of one version of a table: JSON in so many items. */
export interface StoredRows {
  versionId: string;
  chunks: number;
}

/** DynamoDB takes items of up to 400 KB. */
const CHUNK_BYTES = 300_000;

const chunkSchema = z.object({ rows: z.string() });

/** Writes and reads the rows of a version, whatever their number. */
export function openTableRows(store: Table) {
  return {
    async put(connectionId: string, table: string, rows: unknown[]): Promise<StoredRows> {
      const versionId = randomUUID();
      const chunks = chunked(rows);
      for (const [index, chunk] of chunks.entries()) {
        await putItem(store, { ...keys.chunk(connectionId, table, versionId, index), rows: chunk });
      }
      return { versionId, chunks: chunks.length };
    },

    /** Undefined where not all parts are there (any more). */
    async load(connectionId: string, table: string, stored: StoredRows): Promise<unknown[] | undefined> {
      const items = itemsUnder(store, keys.rows(connectionId, table), keys.chunks(stored.versionId));
      const chunks = (await Array.fromAsync(items)).map((item) => chunkSchema.parse(item).rows);
      if (chunks.length !== stored.chunks) return undefined;
      return chunks.flatMap((chunk) => JSON.parse(chunk) as unknown[]);
    },

    /** Lets DynamoDB remove them from then on; in seconds since 1970. */
    async expire(connectionId: string, table: string, stored: StoredRows, expiresAt: number): Promise<void> {
      for (let chunk = 0; chunk < stored.chunks; chunk++) {
        await store.client.send(
          new UpdateCommand({
            TableName: store.name,
            Key: keys.chunk(connectionId, table, stored.versionId, chunk),
            UpdateExpression: 'SET expiresAt = :expiresAt',
            ExpressionAttributeValues: { ':expiresAt': expiresAt },
          }),
        );
      }
    },
  };
}

/** The rows as JSON arrays of at most CHUNK_BYTES each (a row that is larger stands alone). */
function chunked(rows: unknown[]): string[] {
  const chunks: string[][] = [];
  let room = 0;
  for (const row of rows) {
    const json = JSON.stringify(row);
    const bytes = Buffer.byteLength(json) + 1;
    if (bytes > room) {
      chunks.push([]);
      room = CHUNK_BYTES - 1;
    }
    chunks.at(-1)!.push(json);
    room -= bytes;
  }
  return chunks.map((chunk) => `[${chunk.join()}]`);
}
