import type { Connection } from '../../core/connection.ts';
import type { Revised } from '../../store/table.ts';
import type { Deployment } from '../deployment.ts';
import { patiently } from '../in-turn.ts';
import type { SecretPurpose } from '../tokens/secrets.ts';
import { putSecret } from '../tokens/secrets.ts';
import { signingKeyOfNobodyElse } from '../webhook/signing-key.ts';
import { addToDirectory, removeFromDirectory } from '../webhook/webhook-directory.ts';
import type { ConnectionFile } from './connection-file.ts';
import type { ProcoreProof } from './verify-procore.ts';
import type { XeroProof } from './verify-xero.ts';

/** All that is known of a connection once both vendors have let it in. */
interface Verified {
  id: string;
  wanted: ConnectionFile;
  xero: XeroProof;
  procore: ProcoreProof;
  /** The connection of this name as it was read before. */
  existing: Revised<Connection> | undefined;
  /** Whose the organisation is by the directory: this connection's, or what a broken attempt left. */
  formerOwner: string | undefined;
}

/** Secrets first, then the directory, the connection last: before it is there, nothing works with the rest. */
export async function storeConnection(verified: Verified, deployment: Deployment): Promise<void> {
  const { id, wanted, xero, formerOwner } = verified;
  const { tenantId } = xero;
  const { webhookKey } = wanted.xero;
  const formerKey = await signingKeyOfNobodyElse(deployment, id);
  const retiredKey = formerKey === webhookKey ? undefined : formerKey;
  await storeSecrets(verified, deployment);
  const entry = { tenantId, webhookKey, connectionId: id, retiredKey, insteadOf: formerOwner };
  await patiently(deployment, () => addToDirectory(deployment, entry));
  await putSecret(deployment, id, 'xero-webhook-key', webhookKey);
  try {
    await save(verified, deployment);
  } catch (error) {
    if (formerOwner !== id) await patiently(deployment, () => removeFromDirectory(deployment, entry));
    throw error;
  }
}

async function storeSecrets({ id, wanted, xero, procore }: Verified, deployment: Deployment): Promise<void> {
  const put = (purpose: SecretPurpose, value: string, expiresAt?: Date) =>
    putSecret(deployment, id, purpose, value, expiresAt && { expiresAt });
  // What only exists once comes first.
  if (xero.refreshToken !== undefined) await put('xero-refresh-token', xero.refreshToken);
  await put('xero-tenant', xero.tenantId);
  await put('xero-organisation', xero.organisation.id);
  await put('xero-client-secret', wanted.xero.clientSecret);
  await put('xero-access-token', xero.accessToken, xero.expiresAt);
  await put('procore-client-secret', wanted.procore.clientSecret);
  await put('procore-access-token', procore.accessToken, procore.expiresAt);
}

async function save(
  { id, wanted, xero, procore, existing }: Verified,
  { clock, connections }: Deployment,
): Promise<void> {
  const connection: Connection = {
    id,
    name: wanted.name,
    state: 'live',
    xero: {
      grant: wanted.xero.grant === 'client_credentials' ? 'client_credentials' : 'refresh_token',
      clientId: wanted.xero.clientId,
      organisation: xero.organisation.name,
      currency: xero.organisation.baseCurrency,
    },
    procore: {
      clientId: wanted.procore.clientId,
      companyId: wanted.procore.companyId,
      ...(procore.userId !== undefined && { userId: procore.userId }),
    },
    settings: wanted.settings,
    createdAt: existing?.createdAt ?? clock.now().toISOString(),
  };
  if (!existing) {
    await connections.create(connection);
    return;
  }
  // A worker may mark it broken at the same moment, over the secrets that it had before; a person may pause it.
  await patiently({ clock }, async () => {
    const { revision, pausedSince, settings } = (await connections.get(id)) ?? existing;
    const { backfilledFrom } = settings;
    await connections.update({
      ...connection,
      // What a backfill brought stays, whatever the file says of older documents.
      settings: { ...wanted.settings, ...(backfilledFrom && { backfilledFrom }) },
      ...(pausedSince && { pausedSince }),
      revision,
    });
  });
}
