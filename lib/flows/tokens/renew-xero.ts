import type { Connection } from '../../core/connection.ts';
import { RetryLater, Stop } from '../../core/errors.ts';
import type { Lease } from '../../store/leases.ts';
import { WriteConflict } from '../../store/write-conflict.ts';
import type { XeroClient, XeroTokens } from '../../xero/oauth.ts';
import { refreshXeroTokens, xeroClientCredentials } from '../../xero/oauth.ts';
import type { Deployment } from '../deployment.ts';
import { askPersistently, storePersistently } from './persistence.ts';
import { mustOpen } from './secrets.ts';

/**
 * A new access token from Xero, for the holder of the connection's token lease. With a refresh token, the order is
 * what keeps the connection alive:
 *
 * 1. All that can fail while nothing is lost: both secrets are opened, the data key is ready for the new token, and
 *    the stored token is written once more. That write proves that the next one will be taken, and it shuts out
 *    whoever read the token before: a holder that was frozen beyond its lease cannot store anything afterwards.
 * 2. Xero rotates. The new token exists in this process alone; an answer that is lost is asked for again with the
 *    old token, which Xero takes for half an hour more.
 * 3. The new token is stored, and that is tried until it works: nothing but this one write stands in between.
 * 4. Only now may anybody use the access token, which the caller stores.
 *
 * A process that dies between 2 and 3 leaves the old token in the store: the next run, at most 20 minutes later, is
 * within Xero's half hour. Throws Stop and RetryLater.
 */
export async function renewXero(
  deployment: Deployment,
  { id, xero }: Connection,
  lease: Lease,
): Promise<XeroTokens> {
  const { clock, fetch, vendors } = deployment;
  const client = {
    identityUrl: vendors.xeroIdentityUrl,
    clientId: xero.clientId,
    clientSecret: (await mustOpen(deployment, id, 'xero-client-secret')).value.reveal(),
    clock,
    fetch,
  };
  if (xero.grant === 'refresh_token') return rotate(deployment, id, client, lease);
  return askPersistently(clock, lease, () => xeroClientCredentials(client));
}

async function rotate(
  deployment: Deployment,
  id: string,
  client: XeroClient,
  lease: Lease,
): Promise<XeroTokens> {
  const { clock, secrets, vault } = deployment;
  const purpose = 'xero-refresh-token';
  const { value, sealed, revision } = await mustOpen(deployment, id, purpose);
  const seal = await vault.prepare({ connection: id, purpose });
  const claimed = await secrets.put(id, purpose, sealed, { expectedRevision: revision });

  const tokens = await askPersistently(clock, lease, () =>
    refreshXeroTokens({ ...client, refreshToken: value.reveal() }),
  ).catch(async (error: unknown) => {
    if (!(error instanceof Stop) || error.code !== 'xero-consent-lost') throw error;
    // Refused may also be a token that others have replaced meanwhile: that is no reason to call the consent lost.
    if ((await secrets.get(id, purpose))?.revision === claimed) throw error;
    throw new RetryLater('lease-held', 5, { cause: error });
  });

  const rotated = seal(tokens.refreshToken);
  await storePersistently(clock, async () => {
    try {
      await secrets.put(id, purpose, rotated, { expectedRevision: claimed });
    } catch (error) {
      // It may be our own earlier attempt that was written, though its answer was lost.
      if (!(error instanceof WriteConflict) || !(await holds(deployment, id, purpose, rotated))) throw error;
    }
  });
  return tokens;
}

async function holds(
  { secrets }: Pick<Deployment, 'secrets'>,
  id: string,
  purpose: string,
  sealed: Uint8Array,
): Promise<boolean> {
  const stored = await secrets.get(id, purpose);
  return stored !== undefined && Buffer.compare(stored.sealed, sealed) === 0;
}
