import * as z from 'zod/mini';
import type { GovernorState } from '../core/governor/state.ts';
import { FRESH } from '../core/governor/state.ts';
import type { Clock } from '../core/ports.ts';
import { PRIORITIES } from '../core/priority.ts';
import { keys } from './keys.ts';
import type { Revised, Table } from './table.ts';
import { getItem, putRevised } from './table.ts';

/** Whose calls a vendor counts together: Xero those of an app in one organisation, Procore those of an app. */
export interface Account {
  vendor: 'xero' | 'procore';
  id: string;
}

/** What all workers know together of each account's limits: one item, written by whoever read it last. */
export interface Limits {
  /** Fresh, at revision 0, where nothing is known. */
  get(account: Account): Promise<Revised<GovernorState>>;
  /** Replaces it as it was read. Throws WriteConflict. */
  put(account: Account, state: Revised<GovernorState>): Promise<void>;
}

/** No window is longer than a day; what is older tells nothing. */
const KEPT_SECONDS = 3 * 86_400;

const number = z.number();
const stateSchema = z.object({
  revision: z.int(),
  closedUntil: number,
  waiting: z.partialRecord(z.enum(PRIORITIES), number),
  shares: z.record(z.string(), z.object({ calls: number, slots: number, until: number })),
  windows: z.record(
    z.string(),
    z.object({
      limit: z.exactOptional(number),
      used: z.array(z.tuple([number, number])),
      elsewhere: z.exactOptional(z.object({ calls: number, until: number })),
      sure: z.exactOptional(number),
      seen: z.exactOptional(z.object({ remaining: number, sentAt: number, heardAt: number })),
      reset: z.exactOptional(z.object({ from: number, by: number })),
    }),
  ),
}) satisfies z.ZodMiniType<Revised<GovernorState>>;

export function openLimits(table: Table, clock: Clock): Limits {
  return {
    async get({ vendor, id }) {
      const item = await getItem(table, keys.limits(vendor, id));
      return item ? stateSchema.parse(item) : { ...FRESH, revision: 0 };
    },
    async put({ vendor, id }, { revision, ...state }) {
      const expiresAt = Math.ceil(clock.now().getTime() / 1000) + KEPT_SECONDS;
      await putRevised(table, keys.limits(vendor, id), { ...state, expiresAt }, revision);
    },
  };
}
