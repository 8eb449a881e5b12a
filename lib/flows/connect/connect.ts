import { createHash } from 'node:crypto';
import type { Connection } from '../../core/connection.ts';
import { BadInput, RetryLater } from '../../core/errors.ts';
import { withoutEffect } from '../../store/settings-schema.ts';
import type { Revised } from '../../store/table.ts';
import type { Deployment } from '../deployment.ts';
import { inTurn, patiently } from '../in-turn.ts';
import type { SecretPurpose } from '../tokens/secrets.ts';
import { putSecret, revealIfPossible } from '../tokens/secrets.ts';
import { addToDirectory, ownerOfTenant, removeFromDirectory } from '../webhook/webhook-directory.ts';
import type { ConnectionFile } from './connection-file.ts';
import { parseConnectionFile } from './connection-file.ts';
import type { ProcoreProof } from './verify-procore.ts';
import { verifyProcore } from './verify-procore.ts';
import type { XeroProof } from './verify-xero.ts';
import { verifyXero } from './verify-xero.ts';

/** What came of connecting. */
export interface Connected {
  connectionId: string;
  /** False where a connection of this name was there already and got new secrets and settings. */
  created: boolean;
  organisation: string;
  currency: string;
  companyId: string;
  /** How many Procore projects the connection sees. */
  projects: number;
  /** Settings of the file that nothing acts on in this version. */
  settingsWithoutEffect: string[];
}

/**
 * Joins a Xero organisation to a Procore company, or gives the connection of this name new secrets and settings and
 * sets it live again. Both vendors are asked before anything is stored but a rotated refresh token, which would be
 * lost. One at a time in a deployment. Throws BadInput, Stop where a vendor refuses, RetryLater.
 */
export async function connect(file: unknown, deployment: Deployment): Promise<Connected> {
  const today = deployment.clock.now().toISOString().slice(0, 10);
  const wanted = parseConnectionFile(file, today);
  try {
    return await inTurn(deployment, 'connect', async (lease) => {
      const existing = await deployment.connections.findByName(wanted.name);
      // The day of connecting stays that of the first time.
      const { settings } = parseConnectionFile(file, existing?.createdAt.slice(0, 10) ?? today);
      return connectAlone({ ...wanted, settings }, existing, deployment, () => lease.keep());
    });
  } catch (error) {
    if (!(error instanceof RetryLater) || error.facts.lease !== 'connect') throw error;
    throw new RetryLater('connecting-already', error.afterSeconds, { cause: error });
  }
}

async function connectAlone(
  wanted: ConnectionFile,
  existing: Revised<Connection> | undefined,
  deployment: Deployment,
  keepLease: () => Promise<void>,
): Promise<Connected> {
  const id = existing?.id ?? idOf(wanted.name);
  const { tenantId, webhookKey } = wanted.xero;
  const owner = await ownerOfTenant(deployment, tenantId);
  if (existing) refuseOtherPartners(wanted, existing, owner);
  else if (owner !== undefined && owner !== id) await refuseSecondName(owner, deployment);

  const procore = await verifyProcore(wanted.procore, deployment);
  // Nobody renews the connection's tokens while they are replaced.
  const xero = await inTurn(deployment, `xero-token:${id}`, async (lease) => {
    const proof = await verifyXero(id, wanted.xero, deployment);
    await keepLease();
    await lease.keep();
    const retiredKey = await webhookKeyToRetire(id, webhookKey, deployment);
    await storeSecrets(id, wanted, proof, procore, deployment);
    const entry = { tenantId, webhookKey, connectionId: id, retiredKey, insteadOf: owner };
    await patiently(deployment, () => addToDirectory(deployment, entry));
    await putSecret(deployment, id, 'xero-webhook-key', webhookKey);
    try {
      await save(id, wanted, proof, existing, deployment);
    } catch (error) {
      if (owner !== id) await patiently(deployment, () => removeFromDirectory(deployment, entry));
      throw error;
    }
    return proof;
  });
  return {
    connectionId: id,
    created: existing === undefined,
    organisation: xero.organisation.name,
    currency: xero.organisation.baseCurrency,
    companyId: wanted.procore.companyId,
    projects: procore.projects,
    settingsWithoutEffect: withoutEffect(wanted.settings),
  };
}

/** The same for the same name, so that what a failed attempt left behind is found by the next. */
function idOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '');
  return [slug || 'connection', createHash('sha256').update(name).digest('hex').slice(0, 8)].join('-');
}

/** Links and mappings of a connection are about one organisation and one company: they cannot move to others. */
function refuseOtherPartners(
  { procore }: ConnectionFile,
  existing: Connection,
  owner: string | undefined,
): void {
  if (owner === existing.id && procore.companyId === existing.procore.companyId) return;
  throw new BadInput('connection-name-taken', {
    facts: { organisation: existing.xero.organisation, company: existing.procore.companyId },
  });
}

/** An entry without a connection is what a broken attempt left: it may be taken over. */
async function refuseSecondName(owner: string, { connections }: Deployment): Promise<void> {
  const connection = await connections.get(owner);
  if (connection) throw new BadInput('connection-exists', { facts: { connection: connection.name } });
}

/** The signing key that the connection had, unless another organisation of the same app still uses it. */
async function webhookKeyToRetire(
  id: string,
  webhookKey: string,
  deployment: Deployment,
): Promise<string | undefined> {
  const keyOf = (connectionId: string) => revealIfPossible(deployment, connectionId, 'xero-webhook-key');
  const former = await keyOf(id);
  if (former === undefined || former === webhookKey) return undefined;
  const others = (await deployment.connections.list()).filter((connection) => connection.id !== id);
  const used = await Promise.all(others.map((connection) => keyOf(connection.id)));
  return used.includes(former) ? undefined : former;
}

async function storeSecrets(
  id: string,
  { xero, procore }: ConnectionFile,
  xeroProof: XeroProof,
  procoreProof: ProcoreProof,
  deployment: Deployment,
): Promise<void> {
  const put = (purpose: SecretPurpose, value: string, expiresAt?: Date) =>
    putSecret(deployment, id, purpose, value, expiresAt && { expiresAt });
  // What only exists once comes first.
  if (xeroProof.refreshToken !== undefined) await put('xero-refresh-token', xeroProof.refreshToken);
  await put('xero-tenant', xero.tenantId);
  await put('xero-client-secret', xero.clientSecret);
  await put('xero-access-token', xeroProof.accessToken, xeroProof.expiresAt);
  await put('procore-client-secret', procore.clientSecret);
  await put('procore-access-token', procoreProof.accessToken, procoreProof.expiresAt);
}

async function save(
  id: string,
  { name, xero, procore, settings }: ConnectionFile,
  { organisation }: XeroProof,
  existing: Revised<Connection> | undefined,
  { clock, connections }: Deployment,
): Promise<void> {
  const connection: Connection = {
    id,
    name,
    state: 'live',
    xero: {
      grant: xero.grant,
      clientId: xero.clientId,
      organisation: organisation.name,
      currency: organisation.baseCurrency,
    },
    procore: { clientId: procore.clientId, companyId: procore.companyId },
    settings,
    createdAt: existing?.createdAt ?? clock.now().toISOString(),
  };
  if (!existing) {
    await connections.create(connection);
    return;
  }
  // A worker may mark it broken at the same moment, over the secrets that it had before.
  await patiently({ clock }, async () => {
    const { revision } = (await connections.get(id)) ?? existing;
    await connections.update({ ...connection, revision });
  });
}
