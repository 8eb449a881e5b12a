import type { Vault } from '../../aws/vault.ts';
import { RetryLater, Stop } from '../../core/errors.ts';
import type { SealedItems } from '../../store/sealed-items.ts';
import { WriteConflict } from '../../store/write-conflict.ts';
import { tellOfConnection } from '../connections/connection-trail.ts';
import type { Deployment } from '../deployment.ts';
import { inTurn } from '../in-turn.ts';
import { openSecret } from '../tokens/secrets.ts';
import { renewDirectory } from '../webhook/webhook-directory.ts';
import type { SealedThing } from './sealed-thing.ts';
import { isXeroDirectory, sealedThing } from './sealed-thing.ts';

/** What re-sealing needs beside the deployment. */
export interface ResealDeployment extends Deployment {
  sealedItems: SealedItems;
  /** Seals with the key of the deployment and also opens what an earlier key sealed; absent where there was none. */
  earlierVault?: Vault;
}

export interface Resealed {
  resealed: number;
  /** Sealed by the present key already, or by somebody else in the meantime. */
  current: number;
  /** Names of what does not open, by neither key. */
  unreadable: string[];
  /** Whether tenants are hashed with a new key: not where the tenant of a connection does not open. */
  hashKeyReplaced: boolean;
}

type Fate = 'resealed' | 'current' | 'unreadable' | 'gone';

/**
 * Opens everything that is sealed and seals it anew with the deployment's key, each under a data key of its own, and
 * hashes the tenants with a new key. With an earlier vault it leaves alone what the present key has sealed. Safe beside
 * workers; one that broke off is simply run again. Throws RetryLater('lease-held') where a connection is busy for long.
 */
export async function reseal(
  deployment: ResealDeployment,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Resealed> {
  const keys = await Array.fromAsync(deployment.sealedItems.list());
  const things = keys.flatMap((key) => sealedThing(key) ?? []);
  const result: Resealed = { resealed: 0, current: 0, unreadable: [], hashKeyReplaced: false };
  let done = 0;
  for (const [connectionId, ofOne] of Map.groupBy(things, (thing) => thing.connectionId)) {
    const before = { ...result };
    for (const thing of ofOne) {
      count(result, thing.name, await resealAlone(deployment, thing));
      done += 1;
      onProgress(done, keys.length);
    }
    if (connectionId === undefined) continue;
    await tellOfConnection(deployment, connectionId, 'resealed', {
      resealed: result.resealed - before.resealed,
      'already current': result.current - before.current,
    });
  }
  for (const key of keys.filter((other) => !sealedThing(other) && !isXeroDirectory(other))) {
    result.unreadable.push(`${key.pk} ${key.sk}, of another version`);
  }
  if (keys.some(isXeroDirectory)) await resealDirectory(deployment, result);
  return result;
}

function count(result: Resealed, name: string, fate: Fate): void {
  if (fate === 'unreadable') result.unreadable.push(name);
  else if (fate !== 'gone') result[fate] += 1;
}

/** How often to wait ten seconds for a lease: longer than one that a dead worker left behind. */
const WAITS = 8;

/** A renewal that is under way must find the refresh token as it left it. */
async function resealAlone(deployment: ResealDeployment, thing: SealedThing): Promise<Fate> {
  const { connection, purpose } = thing.context;
  if (purpose !== 'xero-refresh-token') return resealOne(deployment, thing);
  for (let wait = 1; ; wait += 1) {
    try {
      return await inTurn(deployment, `xero-token:${connection}`, () => resealOne(deployment, thing));
    } catch (error) {
      if (!(error instanceof RetryLater) || error.code !== 'lease-held' || wait === WAITS) throw error;
    }
  }
}

async function resealOne(deployment: ResealDeployment, { key, context }: SealedThing): Promise<Fate> {
  const { earlierVault, sealedItems, vault } = deployment;
  let seen: Uint8Array | undefined;
  for (;;) {
    const stored = await sealedItems.get(key);
    if (!stored) return 'gone';
    // Somebody sealed it anew meanwhile, with the key that is in force.
    if (seen && Buffer.compare(seen, stored.sealed) !== 0) return 'current';
    seen = stored.sealed;
    if (earlierVault && (await opens(vault, stored.sealed, context))) return 'current';
    const value = await opens(earlierVault ?? vault, stored.sealed, context);
    if (!value) return 'unreadable';
    try {
      await sealedItems.replace(key, await vault.seal(value.reveal(), context), stored.revision);
      return 'resealed';
    } catch (error) {
      if (!(error instanceof WriteConflict)) throw error;
    }
  }
}

async function opens(vault: Vault, sealed: Uint8Array, context: SealedThing['context']) {
  try {
    return await vault.open(sealed, context);
  } catch (error) {
    if (error instanceof Stop && error.code === 'secret-unreadable') return undefined;
    throw error;
  }
}

async function resealDirectory(deployment: ResealDeployment, result: Resealed): Promise<void> {
  const { directory, secrets, earlierVault, vault } = deployment;
  const opening = { directory, secrets, vault: earlierVault ?? vault };
  const tenantOf = async (connectionId: string) =>
    (await openSecret(opening, connectionId, 'xero-tenant'))?.value;
  for (let attempt = 1; ; attempt += 1) {
    try {
      result.hashKeyReplaced = await renewDirectory(opening, tenantOf);
      result.resealed += 1;
      return;
    } catch (error) {
      if (error instanceof Stop && error.code === 'secret-unreadable') {
        result.unreadable.push('the directory of Xero webhooks');
        return;
      }
      if (!(error instanceof WriteConflict) || attempt === WAITS) throw error;
    }
  }
}
