import * as z from 'zod/mini';
import type { Clock } from '../core/ports.ts';
import type { Table } from './table.ts';
import { openTables } from './tables.ts';

/** One list of a vendor as it was last read. */
export interface Snapshot {
  /** ISO instant. */
  fetchedAt: string;
  entries: unknown[];
}

/** `procore/vendors`, `procore/cost-codes/<project>`, `xero/accounts`, … */
export type SnapshotName = `${'procore' | 'xero'}/${string}`;

/** The vendors' lists per connection, each kept as a whole. */
export interface Snapshots {
  get(connectionId: string, list: SnapshotName): Promise<Snapshot | undefined>;
  /** Throws WriteConflict when somebody else put the same list meanwhile. */
  put(connectionId: string, list: SnapshotName, snapshot: Snapshot): Promise<void>;
}

/** Long enough that nobody is still reading what was replaced. */
const HISTORY_SECONDS = 3600;

const headSchema = z.object({ fetchedAt: z.string() });

/** Kept like the rule tables, beside them; the first row says when the others were read. */
export function openSnapshots(store: Table, clock: Clock): Snapshots {
  const tables = openTables<SnapshotName>(store, clock, HISTORY_SECONDS);
  return {
    async get(connectionId, list) {
      const { version, rows } = await tables.read(connectionId, list);
      if (version === 0) return undefined;
      const [head, ...entries] = rows;
      return { ...headSchema.parse(head), entries };
    },
    async put(connectionId, list, { fetchedAt, entries }) {
      await tables.replace(connectionId, list, [{ fetchedAt }, ...entries]);
    },
  };
}
