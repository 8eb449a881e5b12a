import type { Connection } from '../../core/connection.ts';
import { RetryLater, Stop } from '../../core/errors.ts';
import type { Lease } from '../../store/leases.ts';
import { WriteConflict } from '../../store/write-conflict.ts';
import type { XeroClient, XeroTokens } from '../../xero/oauth.ts';
import { refreshXeroTokens, xeroClientCredentials } from '../../xero/oauth.ts';
import type { Deployment } from '../deployment.ts';
import { askPersistently, storePersistently } from './persistence.ts';
import { mustOpen, openSecret, putSecret } from './secrets.ts';

type NewTokens = Awaited<ReturnType<typeof refreshXeroTokens>>;

/**
 * A new access token from Xero, for the holder of the connection's token lease. With a refresh token, the order is
 * what keeps the connection alive:
 *
 * 1. All that can fail while nothing is lost: both secrets are opened, the data key is ready for the new token, and
 *    the stored token is written once more. That write proves that the next one will be taken, and it shuts out
 *    whoever read the token before: a holder that was frozen beyond its lease can replace nothing afterwards.
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

const PURPOSE = 'xero-refresh-token';

/** Where a token goes that came after another worker had stored its own: which of the two lives, Xero decides. */
const SPARE = 'xero-spare-refresh-token';

async function rotate(
  deployment: Deployment,
  id: string,
  client: XeroClient,
  lease: Lease,
): Promise<XeroTokens> {
  const { clock, secrets, vault } = deployment;
  const { value, sealed, revision } = await mustOpen(deployment, id, PURPOSE);
  const seal = await vault.prepare({ connection: id, purpose: PURPOSE });
  const claimed = await secrets.put(id, PURPOSE, sealed, { expectedRevision: revision });
  const ask = (refreshToken: string) =>
    askPersistently(clock, lease, () => refreshXeroTokens({ ...client, refreshToken }));

  const tokens = await ask(value.reveal()).catch((refusal) =>
    afterRefusal(deployment, id, claimed, refusal, ask),
  );
  const rotated = seal(tokens.refreshToken);
  try {
    await storePersistently(clock, () => store(deployment, id, rotated, claimed));
  } catch (error) {
    if (error instanceof WriteConflict) await putSecret(deployment, id, SPARE, tokens.refreshToken);
    throw error;
  }
  return tokens;
}

/** Refused may be a token that others have replaced meanwhile, or that one in reserve has outlived. */
async function afterRefusal(
  deployment: Deployment,
  id: string,
  claimed: number,
  refusal: unknown,
  ask: (refreshToken: string) => Promise<NewTokens>,
): Promise<NewTokens> {
  if (!(refusal instanceof Stop) || refusal.code !== 'xero-consent-lost') throw refusal;
  const stored = await deployment.secrets.get(id, PURPOSE);
  if (stored?.revision !== claimed) throw new RetryLater('lease-held', 5, { cause: refusal });
  const spare = await openSecret(deployment, id, SPARE);
  if (!spare) throw refusal;
  return ask(spare.value.reveal());
}

/** Throws WriteConflict where somebody else has written since the claim. */
async function store(deployment: Deployment, id: string, sealed: Uint8Array, claimed: number): Promise<void> {
  const { secrets } = deployment;
  try {
    await secrets.put(id, PURPOSE, sealed, { expectedRevision: claimed });
  } catch (error) {
    if (!(error instanceof WriteConflict)) throw error;
    // It may be our own earlier attempt that was written, though its answer was lost.
    const stored = await secrets.get(id, PURPOSE);
    if (!stored || Buffer.compare(stored.sealed, sealed) !== 0) throw error;
  }
}
