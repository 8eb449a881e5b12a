import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Clock } from '../core/ports.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';
import { getItem, itemsUnder, putItem, putRevised } from './table.ts';

/** The rule tables that people import, each replaced as a whole. */
export type RuleTable = 'cost-codes' | 'projects';

export interface Tables<Name extends string = RuleTable> {
  /**
   * Replaces the table, whole or not at all: the rows are written beside the old ones, then one pointer is turned.
   * Returns the new version. Throws WriteConflict when somebody else replaced the table meanwhile. The rows that it
   * replaces stay in DynamoDB for a while.
   */
  replace(connectionId: string, table: Name, rows: unknown[]): Promise<number>;
  /** The rows in force, as they were given; version 0 without rows before the first import. */
  read(connectionId: string, table: Name): Promise<{ version: number; rows: unknown[] }>;
}

const pointerSchema = z.object({ revision: z.int(), versionId: z.string(), chunks: z.int() });
const chunkSchema = z.object({ rows: z.string() });

type Pointer = z.infer<typeof pointerSchema>;

/** DynamoDB takes items of up to 400 KB. */
const CHUNK_BYTES = 300_000;
const HISTORY_SECONDS = 400 * 86_400;

/** Rows that were replaced stay for `historySeconds`, by default 400 days. */
export function openTables<Name extends string = RuleTable>(
  store: Table,
  clock: Clock,
  historySeconds = HISTORY_SECONDS,
): Tables<Name> {
  async function pointer(connectionId: string, table: Name): Promise<Pointer | undefined> {
    const item = await getItem(store, keys.table(connectionId, table));
    return item && pointerSchema.parse(item);
  }

  async function retire(connectionId: string, table: Name, { versionId, chunks }: Pointer): Promise<void> {
    const expiresAt = Math.ceil(clock.now().getTime() / 1000) + historySeconds;
    for (let chunk = 0; chunk < chunks; chunk++) {
      await store.client.send(
        new UpdateCommand({
          TableName: store.name,
          Key: keys.chunk(connectionId, table, versionId, chunk),
          UpdateExpression: 'SET expiresAt = :expiresAt',
          ExpressionAttributeValues: { ':expiresAt': expiresAt },
        }),
      );
    }
  }

  return {
    async replace(connectionId, table, rows) {
      const replaced = await pointer(connectionId, table);
      const versionId = randomUUID();
      const chunks = chunked(rows);
      for (const [index, chunk] of chunks.entries()) {
        await putItem(store, { ...keys.chunk(connectionId, table, versionId, index), rows: chunk });
      }
      const version = await putRevised(
        store,
        keys.table(connectionId, table),
        { versionId, chunks: chunks.length },
        replaced?.revision ?? 0,
      );
      if (replaced) await retire(connectionId, table, replaced);
      return version;
    },
    async read(connectionId, table) {
      const current = await pointer(connectionId, table);
      if (!current) return { version: 0, rows: [] };
      const items = itemsUnder(store, keys.rows(connectionId, table), keys.chunks(current.versionId));
      const chunks = (await Array.fromAsync(items)).map((item) => chunkSchema.parse(item).rows);
      if (chunks.length !== current.chunks) {
        throw new Error(`${chunks.length} of ${current.chunks} parts of the ${table} table are there`);
      }
      return { version: current.revision, rows: chunks.flatMap((chunk) => JSON.parse(chunk) as unknown[]) };
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
