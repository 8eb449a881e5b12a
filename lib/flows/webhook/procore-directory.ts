import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import type { Vault } from '../../aws/vault.ts';
import type { Clock } from '../../core/ports.ts';
import type { WebhookDirectoryStore } from '../../store/webhook-directory.ts';
import type { Kept } from './reread.ts';
import { keep } from './reread.ts';

export interface ProcoreSealing {
  procoreDirectory: WebhookDirectoryStore;
  vault: Vault;
}

/** What the webhook of one Procore company may be recognised by, and whom it concerns. */
export interface CompanyEntry {
  /** Authorization values that are accepted, the newest first: several while one takes another's place. */
  secrets: string[];
  connections: {
    id: string;
    /** The service account's own user: what it changed is no news to this connection. */
    userId?: string | undefined;
  }[];
}

export interface ProcoreDirectory {
  /** The company whose webhook sends this Authorization value. */
  companyOf(authorization: string | undefined): string | undefined;
  connectionsOf(companyId: string): CompanyEntry['connections'];
}

/** What the directory is sealed for. */
const PROCORE_DIRECTORY = { connection: '*', purpose: 'webhook-directory-procore' };

const entrySchema = z.object({
  secrets: z.array(z.string()),
  connections: z.array(z.object({ id: z.string(), userId: z.optional(z.string()) })),
}) satisfies z.ZodMiniType<CompanyEntry>;
const companiesSchema = z.record(z.string(), entrySchema);

export function keepProcoreDirectory(sealing: ProcoreSealing, clock: Clock): Kept<ProcoreDirectory> {
  return keep(() => openProcoreDirectory(sealing), clock);
}

async function openProcoreDirectory(sealing: ProcoreSealing): Promise<ProcoreDirectory> {
  const { companies } = await read(sealing);
  const accepted = Object.entries(companies).flatMap(([companyId, { secrets }]) =>
    secrets.map((secret) => ({ companyId, digest: digestOf(secret) })),
  );
  return {
    companyOf(authorization) {
      // Digests are of one length, and every one is compared: timing tells neither length nor place of a match.
      const given = digestOf(authorization ?? '');
      return accepted.filter(({ digest }) => timingSafeEqual(digest, given))[0]?.companyId;
    },
    connectionsOf: (companyId) => companies[companyId]?.connections ?? [],
  };
}

export async function entryOf(sealing: ProcoreSealing, companyId: string): Promise<CompanyEntry | undefined> {
  return (await read(sealing)).companies[companyId];
}

/**
 * Replaces the entry of a company by what `change` makes of it, or takes it out where that is undefined. Writes
 * nothing where it stays the same. Throws RetryLater('lease-held') on a rival's write.
 */
export async function changeEntry(
  sealing: ProcoreSealing,
  companyId: string,
  change: (entry: CompanyEntry | undefined) => CompanyEntry | undefined,
): Promise<void> {
  const { companies, revision } = await read(sealing);
  const { [companyId]: before, ...others } = companies;
  const after = change(before);
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  const text = JSON.stringify({ ...others, ...(after && { [companyId]: after }) });
  const sealed = await sealing.vault.seal(text, PROCORE_DIRECTORY);
  await sealing.procoreDirectory.write({ sealed, tenants: {} }, revision);
}

async function read({ procoreDirectory, vault }: ProcoreSealing) {
  const stored = await procoreDirectory.read();
  if (!stored) return { companies: {} as Record<string, CompanyEntry>, revision: 0 };
  const opened = await vault.open(stored.sealed, PROCORE_DIRECTORY);
  return { companies: companiesSchema.parse(JSON.parse(opened.reveal())), revision: stored.revision };
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
