import * as z from 'zod/mini';
import { ProcoreRefused, Stop } from '../core/errors.ts';
import { id, optionalText } from '../http/fields.ts';
import type { ProcoreApi } from './api.ts';
import type { Call } from './paging.ts';
import type { Fields } from './refusal.ts';
import { merge, reasonsIn } from './refusal.ts';

/** Procore docs, Using Sync Actions: more are answered with 413. */
const LARGEST_BATCH = 1000;

const syncWire = z.object({
  entities: z.array(z.object({ id, origin_id: optionalText })),
  errors: z.optional(z.nullable(z.array(z.looseObject({ origin_id: optionalText, errors: z.unknown() })))),
});

/** One record to create or update. Without an origin_id a sync would create a copy each time. */
export interface Update {
  origin_id: string;
  [field: string]: unknown;
}

/**
 * Creates or updates records by their origin_id, in batches, and returns the Procore id of each.
 * A sync answers 200 even where it refused records. Throws ProcoreRefused with the reasons of all that failed in
 * a batch; records beside them may have been saved.
 */
export async function syncByOrigin(
  api: ProcoreApi,
  call: Call & { body?: Record<string, unknown> },
  updates: Update[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (let start = 0; start < updates.length; start += LARGEST_BATCH) {
    const batch = updates.slice(start, start + LARGEST_BATCH);
    const reply = await api.patch({ ...call, body: { ...call.body, updates: batch } }, syncWire);
    const failed = reply.errors ?? [];
    if (failed.length > 0) throw new ProcoreRefused(call.what, 200, reasons(failed, batch.length > 1));
    for (const entity of reply.entities) {
      if (entity.origin_id) ids.set(entity.origin_id, entity.id);
    }
    const lost = batch.filter((update) => !ids.has(update.origin_id)).map((update) => update.origin_id);
    if (lost.length > 0) throw new Stop('answer-unreadable', { facts: { what: call.what, lost } });
  }
  return ids;
}

/** Reasons by field; among several records each names its own. */
function reasons(failed: { origin_id?: string | undefined; errors: unknown }[], named: boolean): Fields {
  return failed
    .map(({ origin_id, errors }) => {
      const fields = reasonsIn(errors);
      if (!named || !origin_id) return fields;
      const entries = Object.entries(fields).map(([field, said]) => [`${origin_id} ${field}`, said]);
      return Object.fromEntries(entries) as Fields;
    })
    .reduce(merge, {});
}
