import type { World } from './world.ts';

/** Writes into a record as a person's save does. */
export function change<T extends { updated_at: string }>(world: World, record: T, changes: Partial<T>): void {
  Object.assign(record, changes, { updated_at: world.now() });
}

/** The record, or an error that names the id. */
export function found<T>(record: T | undefined, id: number): T {
  if (record === undefined) throw new Error(`Procore holds no record ${id}`);
  return record;
}
