import type { Books } from './books.ts';
import type { Desk } from './complete-documents.ts';
import type { BookEvent } from './events.ts';

/** What the people of the organisations work with. */
export interface Office extends Desk {
  /** Throws where there is no such organisation. */
  books(tenantId: string): Books;
  publish(event: BookEvent): void;
}

/** A new record, or changes to the one with the id: fields that are not named stay as they were. */
export type Edit<Draft, Id extends string> = Draft | (Partial<Draft> & Record<Id, string>);

export interface EditOptions {
  /** Some edits in Xero move no `UpdatedDateUTC` and send no webhook; this makes the edit one of them. */
  silent?: boolean;
}

/** Enters the edit into its table and says what it was before, if it was. */
export function enter<R extends object, K extends keyof R & string, D extends object>(
  table: Map<string, R>,
  id: K,
  edit: Edit<D, K>,
  complete: (draft: D) => R,
  stamp: (before: R | undefined) => { UpdatedDateUTC?: string },
): { record: R; before: R | undefined } {
  const before = table.get(String((edit as Record<string, unknown>)[id]));
  // The edit of a known record lacks only what the record before has.
  const record = complete({ ...before, ...edit, ...stamp(before) } as unknown as D);
  table.set(String(record[id]), record);
  return { record, before };
}

/** Stamps an edit as `stampOf` does. */
export function stamping(office: Office, options?: EditOptions) {
  return (before: { UpdatedDateUTC: string } | undefined) => stampOf(office, before, options);
}

/** The stamp of an edit: the present, unless it is a silent one. */
export function stampOf(
  office: Office,
  before: { UpdatedDateUTC: string } | undefined,
  { silent = false }: EditOptions = {},
): { UpdatedDateUTC: string } {
  return { UpdatedDateUTC: silent && before ? before.UpdatedDateUTC : office.now().toISOString() };
}
