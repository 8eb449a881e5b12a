import * as z from 'zod/mini';
import type { Clock } from '../core/ports.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';
import { getItem, putItem, putRevised, queryItems } from './table.ts';
import { openTableRows } from './table-rows.ts';
import { WriteConflict } from './write-conflict.ts';

/** The rule tables that people import, each replaced as a whole. */
export type RuleTable = 'cost-codes' | 'projects';

/** Who put a version of a table in force and how, and what it did to the rows before. */
export interface VersionNote {
  by: string;
  how: string;
  rows: number;
  added: number;
  removed: number;
  changed: number;
}

/** `at` is the ISO instant since which it was in force. */
export type TableVersion = VersionNote & { version: number; at: string };

export interface Tables<Name extends string = RuleTable> {
  /**
   * Replaces the table, whole or not at all: the rows are written beside the old ones, then one pointer is turned.
   * Returns the new version. Throws WriteConflict when somebody else replaced the table meanwhile, or since the
   * version `over`. The rows that it replaces stay in DynamoDB for a while.
   */
  replace(
    connectionId: string,
    table: Name,
    rows: unknown[],
    options?: { over?: number; note?: VersionNote },
  ): Promise<number>;
  /** The rows in force, as they were given; version 0 without rows before the first import. */
  read(connectionId: string, table: Name): Promise<{ version: number; rows: unknown[] }>;
  /** The versions that carry a note and whose rows are still there, the latest first. */
  versions(connectionId: string, table: Name): Promise<TableVersion[]>;
  /** The rows of one of them; undefined where there is none or its rows are gone. */
  rowsOf(connectionId: string, table: Name, version: number): Promise<unknown[] | undefined>;
}

const noteSchema = z.object({
  by: z.string(),
  how: z.string(),
  rows: z.int(),
  added: z.int(),
  removed: z.int(),
  changed: z.int(),
}) satisfies z.ZodMiniType<VersionNote>;
const pointerSchema = z.object({
  revision: z.int(),
  versionId: z.string(),
  chunks: z.int(),
  at: z.exactOptional(z.string()),
  note: z.exactOptional(noteSchema),
});
const versionSchema = z.object({ pointer: pointerSchema, expiresAt: z.int() });

type Pointer = z.infer<typeof pointerSchema>;

const HISTORY_SECONDS = 400 * 86_400;

/** Rows that were replaced stay for `historySeconds`, by default 400 days. */
export function openTables<Name extends string = RuleTable>(
  store: Table,
  clock: Clock,
  historySeconds = HISTORY_SECONDS,
): Tables<Name> {
  const stored = openTableRows(store);
  const seconds = () => Math.ceil(clock.now().getTime() / 1000);

  async function current(connectionId: string, table: Name): Promise<Pointer | undefined> {
    const item = await getItem(store, keys.table(connectionId, table));
    return item && pointerSchema.parse(item);
  }

  /** Before the next version is in force, so that none that was is ever missing; nothing is lost by doing it twice. */
  async function keep(connectionId: string, table: Name, pointer: Pointer): Promise<void> {
    if (!pointer.note) return;
    const expiresAt = seconds() + historySeconds;
    await putItem(store, { ...keys.version(connectionId, table, pointer.revision), pointer, expiresAt });
  }

  /** Those that were replaced; DynamoDB takes its time to remove what has run out. */
  async function past(connectionId: string, table: Name): Promise<Pointer[]> {
    const items = queryItems(store, {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': keys.versions(connectionId, table) },
    });
    const versions = (await Array.fromAsync(items)).map((item) => versionSchema.parse(item));
    return versions.filter(({ expiresAt }) => expiresAt > seconds()).map(({ pointer }) => pointer);
  }

  async function pointers(connectionId: string, table: Name): Promise<Pointer[]> {
    const now = await current(connectionId, table);
    const before = await past(connectionId, table);
    return [...before.filter(({ revision }) => revision !== now?.revision), ...(now ? [now] : [])];
  }

  return {
    async replace(connectionId, table, rows, { over, note } = {}) {
      const replaced = await current(connectionId, table);
      const before = replaced?.revision ?? 0;
      if (over !== undefined && over !== before) throw new WriteConflict(keys.table(connectionId, table));
      const written = await stored.put(connectionId, table, rows);
      if (replaced) await keep(connectionId, table, replaced);
      const version = await putRevised(
        store,
        keys.table(connectionId, table),
        { ...written, ...(note && { note, at: clock.now().toISOString() }) },
        before,
      );
      if (replaced) await stored.expire(connectionId, table, replaced, seconds() + historySeconds);
      return version;
    },
    async read(connectionId, table) {
      const pointer = await current(connectionId, table);
      if (!pointer) return { version: 0, rows: [] };
      const rows = await stored.load(connectionId, table, pointer);
      if (!rows) throw new Error(`Parts of the ${table} table are missing`);
      return { version: pointer.revision, rows };
    },
    async versions(connectionId, table) {
      const all = await pointers(connectionId, table);
      return all
        .flatMap(({ revision: version, at = '', note }) => (note ? [{ version, at, ...note }] : []))
        .reverse();
    },
    async rowsOf(connectionId, table, version) {
      const all = await pointers(connectionId, table);
      const pointer = all.find(({ revision }) => revision === version);
      return pointer && stored.load(connectionId, table, pointer);
    },
  };
}
