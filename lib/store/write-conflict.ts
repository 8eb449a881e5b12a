import { RetryLater } from '../core/errors.ts';
import type { Key } from './keys.ts';

/**
 * Thrown when somebody else wrote the item since it was read: nothing was written.
 * Passes as "try later", when everything is read anew.
 */
export class WriteConflict extends RetryLater {
  override name = 'WriteConflict';

  constructor(key: Key) {
    super('lease-held', 5, { facts: { record: `${key.pk} ${key.sk}` } });
  }
}
