import type { Connection } from '../../core/connection.ts';
import { procoreClientCredentials } from '../../procore/oauth.ts';
import type { Lease } from '../../store/leases.ts';
import type { Deployment } from '../deployment.ts';
import { inTurn } from '../in-turn.ts';
import { renewXero } from './renew-xero.ts';
import { mustOpen, openSecret, putSecret } from './secrets.ts';

export type TokenOwner = 'xero' | 'procore';

/** Where a client gets its access token from. */
export interface TokenSource {
  current(): Promise<string>;
  /** After a 401: a token other than the one refused, refreshed at most once whoever asks. */
  refreshed(): Promise<string>;
}

interface AccessToken {
  value: string;
  expiresAt: Date;
}

/** A token is not handed out in its last minute: the call it is for takes time, and clocks differ. */
const MARGIN_MS = 60_000;

export function tokenSource(deployment: Deployment, connection: Connection, owner: TokenOwner): TokenSource {
  let held: AccessToken | undefined;
  const isFresh = (token: AccessToken | undefined): token is AccessToken =>
    token !== undefined && token.expiresAt.getTime() - MARGIN_MS > deployment.clock.now().getTime();
  return {
    async current() {
      if (!isFresh(held)) held = await refreshToken(deployment, connection, owner, isFresh);
      return held.value;
    },
    async refreshed() {
      const refused = held?.value;
      const usable = (token: AccessToken | undefined): token is AccessToken =>
        isFresh(token) && token.value !== refused;
      held = await refreshToken(deployment, connection, owner, usable);
      return held.value;
    },
  };
}

/**
 * Renews the token as the only one who does so: under a lease per connection and vendor, after looking whether
 * somebody else has just done it. Throws Stop where the vendor no longer accepts the connection, else RetryLater.
 */
export function refreshToken(
  deployment: Deployment,
  connection: Connection,
  owner: TokenOwner,
  isGoodEnough: (token: AccessToken | undefined) => boolean,
): Promise<AccessToken> {
  const renewed = async () => {
    const stored = await storedToken(deployment, connection, owner);
    return isGoodEnough(stored) ? stored : undefined;
  };
  const renew = owner === 'xero' ? renewXero : renewProcore;
  const turn = async (lease: Lease) =>
    (await renewed()) ??
    keepAccessToken(deployment, connection.id, owner, await renew(deployment, connection, lease));
  return inTurn(deployment, `${owner}-token:${connection.id}`, turn, renewed);
}

/** The token that the store holds, fresh or not. */
async function storedToken(
  deployment: Deployment,
  connection: Connection,
  owner: TokenOwner,
): Promise<AccessToken | undefined> {
  const secret = await openSecret(deployment, connection.id, `${owner}-access-token`);
  if (secret?.expiresAt === undefined) return undefined;
  return { value: secret.value.reveal(), expiresAt: new Date(secret.expiresAt) };
}

async function renewProcore(deployment: Deployment, { id, procore }: Connection) {
  const clientSecret = (await mustOpen(deployment, id, 'procore-client-secret')).value.reveal();
  const loginUrl = deployment.vendors.procoreLoginUrl;
  return procoreClientCredentials({
    loginUrl,
    clientId: procore.clientId,
    clientSecret,
    clock: deployment.clock,
    fetch: deployment.fetch,
  });
}

async function keepAccessToken(
  deployment: Deployment,
  connectionId: string,
  owner: TokenOwner,
  { accessToken, expiresAt }: { accessToken: string; expiresAt: Date },
): Promise<AccessToken> {
  await putSecret(deployment, connectionId, `${owner}-access-token`, accessToken, { expiresAt });
  return { value: accessToken, expiresAt };
}
