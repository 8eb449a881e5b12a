import * as z from 'zod/mini';
import type { Clock } from '../core/ports.ts';
import type { Table } from './table.ts';
import { openTables } from './tables.ts';

/** One list of Procore as it was last read. */
export interface Snapshot {
  /** ISO instant. */
  fetchedAt: string;
  entries: unknown[];
}

/** Lists of Procore per connection, each kept as a whole. `list` is such as `vendors` or `cost-codes/<project>`. */
export interface Snapshots {
  get(connectionId: string, list: string): Promise<Snapshot | undefined>;
  /** Throws WriteConflict when somebody else put the same list meanwhile. */
  put(connectionId: string, list: string, snapshot: Snapshot): Promise<void>;
}

/** Long enough that nobody is still reading what was replaced. */
const HISTORY_SECONDS = 3600;

const headSchema = z.object({ fetchedAt: z.string() });

/** Kept like the rule tables, beside them; the first row says when the others were read. */
export function openSnapshots(store: Table, clock: Clock): Snapshots {
  const tables = openTables<`procore/${string}`>(store, clock, HISTORY_SECONDS);
  return {
    async get(connectionId, list) {
      const { version, rows } = await tables.read(connectionId, `procore/${list}`);
      if (version === 0) return undefined;
      const [head, ...entries] = rows;
      return { ...headSchema.parse(head), entries };
    },
    async put(connectionId, list, { fetchedAt, entries }) {
      await tables.replace(connectionId, `procore/${list}`, [{ fetchedAt }, ...entries]);
    },
  };
}
