import * as z from 'zod/mini';
import { ProcoreRefused, Stop } from '../core/errors.ts';
import { id, optionalText } from '../http/fields.ts';
import type { ProcoreApi } from './api.ts';
import type { Call } from './paging.ts';
import type { Fields } from './refusal.ts';
import { merge, reasonsIn } from './refusal.ts';

/** Procore docs, Using Sync Actions: more are answered with 413. */
const LARGEST_BATCH = 1000;

/** What every sync shows of a record. */
export const syncedWire = z.object({ id, origin_id: optionalText });
const failureWire = z.looseObject({ origin_id: optionalText, errors: z.unknown() });

/** One record to create or update. Without an origin_id a sync would create a copy each time. */
export interface Update {
  origin_id: string;
  [field: string]: unknown;
}

type SyncCall = Call & { body?: Record<string, unknown> };

/**
 * Creates or updates records by their origin_id, in batches, and returns the Procore id of each.
 * A sync answers 200 even where it refused records. Throws ProcoreRefused with the reasons of all that failed in
 * a batch; records beside them may have been saved.
 */
export async function syncByOrigin(
  api: ProcoreApi,
  call: SyncCall,
  updates: Update[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for await (const { batch, entities, failed } of batches(api, call, updates, syncedWire)) {
    if (failed.length > 0) throw new ProcoreRefused(call.what, 200, reasons(failed, batch.length > 1));
    for (const [originId, entity] of entities) ids.set(originId, entity.id);
  }
  return ids;
}

/**
 * Like syncByOrigin, but what Procore refuses of one record concerns no other: returns by origin_id the record as
 * Procore shows it now, read by `entity`, or why it was refused.
 */
export async function syncEachByOrigin<S extends typeof syncedWire>(
  api: ProcoreApi,
  call: SyncCall,
  updates: Update[],
  entity: S,
): Promise<Map<string, z.output<S> | ProcoreRefused>> {
  const outcomes = new Map<string, z.output<S> | ProcoreRefused>();
  try {
    for await (const batch of batches(api, call, updates, entity)) noteEach(batch, call.what, outcomes);
    return outcomes;
  } catch (error) {
    if (!(error instanceof ProcoreRefused && OF_THE_BODY.has(error.status))) throw error;
    const rest = updates.filter(({ origin_id }) => !outcomes.has(origin_id));
    if (rest.length <= 1)
      return new Map([...outcomes, ...rest.map((one) => [one.origin_id, error] as const)]);
    // Somewhere in it is what Procore does not take at all.
    const middle = Math.ceil(rest.length / 2);
    for (const half of [rest.slice(0, middle), rest.slice(middle)]) {
      const found = await syncEachByOrigin(api, call, half, entity);
      for (const [originId, outcome] of found) outcomes.set(originId, outcome);
    }
    return outcomes;
  }
}

/** Refusals of a request as a whole that a single record in it may cause. */
const OF_THE_BODY = new Set([400, 413, 422]);

type Batch<Entity> = {
  batch: Update[];
  entities: Map<string, Entity>;
  failed: z.output<typeof failureWire>[];
};

function noteEach<Entity>(
  { batch, entities, failed }: Batch<Entity>,
  what: string,
  outcomes: Map<string, Entity | ProcoreRefused>,
): void {
  // Each comes back as it was sent; should one ever lack its origin_id, its reason is that of all without an answer.
  const unnamed = failed.filter(({ origin_id }) => origin_id === undefined);
  for (const { origin_id } of batch) {
    const own = failed.filter((failure) => failure.origin_id === origin_id);
    const saved = own.length > 0 ? undefined : entities.get(origin_id);
    const why = own.length > 0 ? own : unnamed;
    outcomes.set(origin_id, saved ?? new ProcoreRefused(what, 200, reasons(why, false)));
  }
}

/** Each batch with what came of it. Throws Stop('answer-unreadable') where Procore says nothing of a record. */
async function* batches<S extends typeof syncedWire>(
  api: ProcoreApi,
  call: SyncCall,
  updates: Update[],
  entity: S,
): AsyncGenerator<Batch<z.output<S>>> {
  const wire = z.object({
    entities: z.array(entity),
    errors: z.optional(z.nullable(z.array(failureWire))),
  });
  for (let start = 0; start < updates.length; start += LARGEST_BATCH) {
    const batch = updates.slice(start, start + LARGEST_BATCH);
    const reply = await api.patch({ ...call, body: { ...call.body, updates: batch } }, wire);
    const failed = reply.errors ?? [];
    const entities = new Map<string, z.output<S>>();
    for (const saved of reply.entities as z.output<S>[]) {
      if (saved.origin_id) entities.set(saved.origin_id, saved);
    }
    const lost = batch.filter(({ origin_id }) => !entities.has(origin_id)).map(({ origin_id }) => origin_id);
    if (lost.length > failed.length)
      throw new Stop('answer-unreadable', { facts: { what: call.what, lost } });
    yield { batch, entities, failed };
  }
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
