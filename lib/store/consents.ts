import * as z from 'zod/mini';
import type { Key } from './keys.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';
import { getItem, putRevised } from './table.ts';

/** What is kept of a consent until it is through, as the vault sealed it; the store never sees inside. */
export interface SealedConsent {
  sealed: Uint8Array;
  /** ISO instant up to which it may be gone on with. */
  until: string;
}

/**
 * Attempts to get a consent, and the visits to the vendor's consent page in each. DynamoDB deletes both some time
 * after their end. Writes replace what was read as `expectedRevision` (0: nothing there yet), else throw WriteConflict;
 * they return the new revision.
 */
export interface Consents {
  attempt(id: string): Promise<(SealedConsent & { revision: number }) | undefined>;
  putAttempt(id: string, consent: SealedConsent, expectedRevision: number): Promise<number>;
  visit(id: string, stateHash: string): Promise<(SealedConsent & { revision: number }) | undefined>;
  putVisit(id: string, stateHash: string, consent: SealedConsent, expectedRevision: number): Promise<number>;
}

const itemSchema = z.object({ sealed: z.instanceof(Uint8Array), until: z.string(), revision: z.int() });

/** Late comers are told for an hour that they are late, and not that there was nothing. */
const SHOWN_LATE_SECONDS = 3600;

export function openConsents(table: Table): Consents {
  async function get(key: Key) {
    const item = await getItem(table, key);
    return item && itemSchema.parse(item);
  }

  function put(key: Key, { sealed, until }: SealedConsent, expectedRevision: number): Promise<number> {
    const expiresAt = Math.ceil(Date.parse(until) / 1000) + SHOWN_LATE_SECONDS;
    return putRevised(table, key, { sealed, until, expiresAt }, expectedRevision);
  }

  return {
    attempt: (id) => get(keys.consent(id)),
    putAttempt: (id, consent, expected) => put(keys.consent(id), consent, expected),
    visit: (id, stateHash) => get(keys.consentVisit(id, stateHash)),
    putVisit: (id, stateHash, consent, expected) => put(keys.consentVisit(id, stateHash), consent, expected),
  };
}
