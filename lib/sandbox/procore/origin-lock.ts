import { invalid } from './errors.ts';

interface Synced {
  origin_id?: string | null | undefined;
}

interface Lock {
  /** Whether `origin_id: null` takes the lock off. */
  unlocks: boolean;
  /** Whether other changes may come along with it. */
  withChanges: boolean;
  /** Fields that stay writable. */
  open?: string[];
}

/** Throws a 422 where a record with an origin_id does not take what was sent. */
export function checkLock(what: string, record: Synced, sent: Synced, lock: Lock): void {
  if (!record.origin_id) return;
  const released = sent.origin_id === null && lock.unlocks;
  const shut = Object.entries(sent).filter(
    ([name, value]) =>
      value !== undefined && !lock.open?.includes(name) && !(released && name === 'origin_id'),
  );
  if (shut.length === 0 || (released && lock.withChanges)) return;
  throw frozen(what);
}

/** Throws a 422 where an origin_id freezes the record. */
export function checkUnlocked(what: string, record: Synced): void {
  if (record.origin_id) throw frozen(what);
}

export function frozen(what: string) {
  return invalid({ base: [`${what} is synced with another system and cannot be changed`] });
}
