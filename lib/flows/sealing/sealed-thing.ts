import type { SecretContext } from '../../aws/vault.ts';
import type { Key } from '../../store/keys.ts';
import { keys } from '../../store/keys.ts';

/** Something sealed: where it lies, what it is sealed for, and how people are told of it. */
export interface SealedThing {
  key: Key;
  context: SecretContext;
  /** Names no secret: `xero-refresh-token of acme-1a2b3c4d`. */
  name: string;
  /** The connection that it belongs to, if it belongs to one. */
  connectionId?: string;
}

/** Recognises a sealed item by its key; undefined where this version knows no such item. */
export function sealedThing(key: Key): SealedThing | undefined {
  const [, connectionId] = /^connection#(.+)$/.exec(key.pk) ?? [];
  const [, purpose] = /^secret#(.+)$/.exec(key.sk) ?? [];
  if (connectionId !== undefined && purpose !== undefined) {
    const context = { connection: connectionId, purpose };
    return { key, context, name: `${purpose} of ${connectionId}`, connectionId };
  }
  const [, attempt] = /^consent#(.+)$/.exec(key.pk) ?? [];
  if (attempt !== undefined) {
    return { key, context: { connection: attempt, purpose: 'consent' }, name: 'a consent under way' };
  }
  if (isSame(key, keys.procoreDirectory)) {
    const context = { connection: '*', purpose: 'webhook-directory-procore' };
    return { key, context, name: 'the directory of Procore webhooks' };
  }
  return undefined;
}

/** The directory of Xero's webhooks, which is renewed as a whole with its hash key. */
export function isXeroDirectory(key: Key): boolean {
  return isSame(key, keys.webhookDirectory);
}

function isSame(one: Key, other: Key): boolean {
  return one.pk === other.pk && one.sk === other.sk;
}
