import * as z from 'zod/mini';
import { keys } from './keys.ts';
import type { Table } from './table.ts';
import { getItem, putRevised, removeItem } from './table.ts';
import { WriteConflict } from './write-conflict.ts';

/** A secret as the vault sealed it; the store never sees inside. */
export interface SealedSecret {
  sealed: Uint8Array;
  revision: number;
  /** ISO instant at which what is inside stops working, where it does. */
  expiresAt?: string;
}

export interface Secrets {
  get(connectionId: string, purpose: string): Promise<SealedSecret | undefined>;
  /**
   * Replaces the secret and returns its new revision. With `expectedRevision` only if it is still that one
   * (0: there must be none yet), else throws WriteConflict with nothing written.
   */
  put(
    connectionId: string,
    purpose: string,
    sealed: Uint8Array,
    options?: { expectedRevision?: number; expiresAt?: string },
  ): Promise<number>;
  /** Does nothing where there is none. */
  remove(connectionId: string, purpose: string): Promise<void>;
}

/** `worksUntil` and not `expiresAt`: DynamoDB deletes items by that one. */
const secretSchema = z.object({
  sealed: z.instanceof(Uint8Array),
  revision: z.int(),
  worksUntil: z.exactOptional(z.string()),
});

const ATTEMPTS = 5;

export function openSecrets(table: Table): Secrets {
  async function get(connectionId: string, purpose: string): Promise<SealedSecret | undefined> {
    const item = await getItem(table, keys.secret(connectionId, purpose));
    if (!item) return undefined;
    const { worksUntil, ...secret } = secretSchema.parse(item);
    return { ...secret, ...(worksUntil !== undefined && { expiresAt: worksUntil }) };
  }

  return {
    get,
    async put(connectionId, purpose, sealed, { expectedRevision, expiresAt } = {}) {
      const write = (expected: number) =>
        putRevised(table, keys.secret(connectionId, purpose), { sealed, worksUntil: expiresAt }, expected);
      if (expectedRevision !== undefined) return write(expectedRevision);
      for (let attempt = 1; ; attempt++) {
        const found = await get(connectionId, purpose);
        try {
          return await write(found?.revision ?? 0);
        } catch (error) {
          if (!(error instanceof WriteConflict) || attempt === ATTEMPTS) throw error;
        }
      }
    },
    remove: (connectionId, purpose) => removeItem(table, keys.secret(connectionId, purpose)),
  };
}
