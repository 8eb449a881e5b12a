import * as z from 'zod';
import { readBody } from './body.ts';
import { fieldErrors, Refusal } from './errors.ts';
import type { CompanyCall } from './route.ts';

/** A sync takes so many items; more is a 413. */
const MOST_UPDATES = 1000;

/** The body of a sync before its items are read one by one. */
export const updatesBody = z.object({
  updates: z.array(z.record(z.string(), z.unknown()), { error: 'is missing' }),
});

interface SyncOf<F, R> {
  fields: z.ZodType<F>;
  find(id: number): R | undefined;
  findByOrigin(originId: string): R | undefined;
  create(fields: F): R;
  update(record: R, fields: F): R;
  view(record: R): unknown;
}

type Keys = { id?: number | null | undefined; origin_id?: string | null | undefined };

/**
 * A sync action (Procore docs: Using Sync Actions): always a 200, in which items that could not be saved come back
 * as sent, with their errors. Without id and origin_id an item always creates.
 */
export function sync<F extends Keys, R>(
  call: CompanyCall<unknown>,
  updates: Record<string, unknown>[],
  of: SyncOf<F, R>,
) {
  if (updates.length > MOST_UPDATES) {
    throw new Refusal(413, { message: `At most ${MOST_UPDATES} updates fit into one sync` });
  }
  const entities: unknown[] = [];
  const errors: unknown[] = [];
  for (const item of updates) {
    try {
      const fields = readBody(of.fields, item, (field) => call.unknown(`updates[].${field}`));
      entities.push(of.view(save(fields, of)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      errors.push({ ...item, errors: fieldErrors(error) });
    }
  }
  return { entities, errors };
}

function save<F extends Keys, R>(fields: F, of: SyncOf<F, R>): R {
  if (fields.id) {
    const record = of.find(fields.id);
    if (record === undefined) throw new Refusal(422, { errors: { id: ['Entity with this ID not found'] } });
    return of.update(record, fields);
  }
  const record = fields.origin_id ? of.findByOrigin(fields.origin_id) : undefined;
  return record === undefined ? of.create(fields) : of.update(record, fields);
}
