import { createHmac, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import type { Vault } from '../../aws/vault.ts';
import { BadInput, Stop } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import type { Secret } from '../../core/secret.ts';
import type { WebhookDirectoryStore } from '../../store/webhook-directory.ts';
import type { Kept } from './reread.ts';
import { keep } from './reread.ts';

interface Sealing {
  directory: WebhookDirectoryStore;
  vault: Vault;
}

/** The directory, opened. */
export interface OpenDirectory {
  /** The signing keys of all connected Xero apps; several organisations of one app share one. */
  webhookKeys: string[];
  /** The connection of a Xero tenant id, if it is ours. */
  connectionOf(tenantId: string): string | undefined;
}

export type DirectoryCache = Kept<OpenDirectory>;

const CONTEXT = { connection: '*', purpose: 'webhook-directory' };
const secretsSchema = z.object({ hashKey: z.string(), webhookKeys: z.array(z.string()) });

export function cacheDirectory(sealing: Sealing, clock: Clock): DirectoryCache {
  return keep(() => openDirectory(sealing), clock);
}

async function openDirectory(sealing: Sealing): Promise<OpenDirectory> {
  const { secrets, tenants } = await readDirectory(sealing);
  // A delivery names one tenant up to hundreds of times. Only signed ones get here, so this grows with real tenants.
  const answers = new Map<string, string | undefined>();
  return {
    webhookKeys: secrets.webhookKeys,
    connectionOf(tenantId) {
      if (!answers.has(tenantId)) answers.set(tenantId, tenants[hashTenant(secrets.hashKey, tenantId)]);
      return answers.get(tenantId);
    },
  };
}

/** The connection that a tenant belongs to by the directory, read now. */
export async function ownerOfTenant(sealing: Sealing, tenantId: string): Promise<string | undefined> {
  return (await openDirectory(sealing)).connectionOf(tenantId);
}

/**
 * Adds a connection's tenant and signing key. `retiredKey` no longer signs for anybody; `insteadOf` is a connection
 * that gives the tenant up. Safe to repeat. Throws BadInput('connection-exists') where the tenant is another
 * connection's, RetryLater('lease-held') on a rival's write.
 */
export async function addToDirectory(
  sealing: Sealing,
  entry: {
    tenantId: string;
    webhookKey: string;
    connectionId: string;
    retiredKey?: string | undefined;
    insteadOf?: string | undefined;
  },
): Promise<void> {
  const { secrets, tenants, revision } = await readDirectory(sealing);
  const hash = hashTenant(secrets.hashKey, entry.tenantId);
  const owner = tenants[hash];
  if (owner !== undefined && owner !== entry.connectionId && owner !== entry.insteadOf) {
    throw new BadInput('connection-exists', { facts: { connection: owner } });
  }
  const kept = secrets.webhookKeys.filter((key) => key !== entry.retiredKey);
  const webhookKeys = [...new Set([...kept, entry.webhookKey])];
  const sealed = await sealing.vault.seal(JSON.stringify({ ...secrets, webhookKeys }), CONTEXT);
  await sealing.directory.write({ sealed, tenants: { ...tenants, [hash]: entry.connectionId } }, revision);
}

/**
 * Takes a connection's tenant out again, and `retiredKey`, which no longer signs for anybody. Leaves a tenant alone that
 * is another's. Throws RetryLater('lease-held').
 */
export async function removeFromDirectory(
  sealing: Sealing,
  {
    tenantId,
    connectionId,
    retiredKey,
  }: { tenantId: string; connectionId: string; retiredKey?: string | undefined },
): Promise<void> {
  const { secrets, tenants, revision } = await readDirectory(sealing);
  const { [hashTenant(secrets.hashKey, tenantId)]: owner, ...others } = tenants;
  if (owner !== connectionId) return;
  const webhookKeys = secrets.webhookKeys.filter((key) => key !== retiredKey);
  const sealed = await sealing.vault.seal(JSON.stringify({ ...secrets, webhookKeys }), CONTEXT);
  await sealing.directory.write({ sealed, tenants: others }, revision);
}

/**
 * Seals the directory anew and hashes all tenants with a new key; a connection that has no tenant (any more) drops out.
 * False where a tenant does not open: then the hash key stays, or its webhooks would be nobody's. Throws
 * Stop('secret-unreadable') where the directory itself does not open, WriteConflict on a rival's write.
 */
export async function renewDirectory(
  sealing: Sealing,
  tenantOf: (connectionId: string) => Promise<Secret | undefined>,
): Promise<boolean> {
  const { secrets, tenants, revision } = await readDirectory(sealing);
  const hashKey = newHashKey();
  const rehashed = await rehash(hashKey, Object.values(tenants), tenantOf);
  const renewed = { ...secrets, hashKey: rehashed ? hashKey : secrets.hashKey };
  const sealed = await sealing.vault.seal(JSON.stringify(renewed), CONTEXT);
  await sealing.directory.write({ sealed, tenants: rehashed ?? tenants }, revision);
  return rehashed !== undefined;
}

async function rehash(
  hashKey: string,
  connectionIds: string[],
  tenantOf: (connectionId: string) => Promise<Secret | undefined>,
): Promise<Record<string, string> | undefined> {
  const tenants: Record<string, string> = {};
  for (const connectionId of connectionIds) {
    try {
      const tenant = await tenantOf(connectionId);
      if (tenant) tenants[hashTenant(hashKey, tenant.reveal())] = connectionId;
    } catch (error) {
      if (error instanceof Stop && error.code === 'secret-unreadable') return undefined;
      throw error;
    }
  }
  return tenants;
}

const newHashKey = (): string => randomBytes(32).toString('base64');

async function readDirectory({ directory, vault }: Sealing) {
  const stored = await directory.read();
  if (!stored) {
    return {
      secrets: { hashKey: newHashKey(), webhookKeys: [] as string[] },
      tenants: {} as Record<string, string>,
      revision: 0,
    };
  }
  const opened = await vault.open(stored.sealed, CONTEXT);
  const secrets = secretsSchema.parse(JSON.parse(opened.reveal()));
  return { secrets, tenants: stored.tenants, revision: stored.revision };
}

/** Keyed, so that whoever reads the table cannot try tenant ids against it. Xero writes GUIDs in either case. */
function hashTenant(hashKey: string, tenantId: string): string {
  return createHmac('sha256', Buffer.from(hashKey, 'base64')).update(tenantId.toLowerCase()).digest('hex');
}
