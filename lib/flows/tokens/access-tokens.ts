import type { Connection } from '../../core/connection.ts';
import { procoreClientCredentials } from '../../procore/oauth.ts';
import { refreshXeroTokens, xeroClientCredentials } from '../../xero/oauth.ts';
import type { Deployment } from '../deployment.ts';
import { inTurn } from '../in-turn.ts';
import { openSecret, putSecret } from './secrets.ts';

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
  const lease = `${owner}-token:${connection.id}`;
  return inTurn(deployment, lease, async () => (await renewed()) ?? renew(deployment, connection), renewed);
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

async function renewXero(deployment: Deployment, { id, xero }: Connection): Promise<AccessToken> {
  const { clock, fetch, vendors } = deployment;
  const clientSecret = (await mustOpen(deployment, id, 'xero-client-secret')).value.reveal();
  const client = {
    identityUrl: vendors.xeroIdentityUrl,
    clientId: xero.clientId,
    clientSecret,
    clock,
    fetch,
  };
  if (xero.grant === 'client_credentials') {
    return keepAccessToken(deployment, id, 'xero', await xeroClientCredentials(client));
  }
  const { value, revision } = await mustOpen(deployment, id, 'xero-refresh-token');
  const tokens = await refreshXeroTokens({ ...client, refreshToken: value.reveal() });
  // Rotated: from here on only the new refresh token lives, so it is durable before anything uses its access token.
  await putSecret(deployment, id, 'xero-refresh-token', tokens.refreshToken, { expectedRevision: revision });
  return keepAccessToken(deployment, id, 'xero', tokens);
}

async function renewProcore(deployment: Deployment, { id, procore }: Connection): Promise<AccessToken> {
  const clientSecret = (await mustOpen(deployment, id, 'procore-client-secret')).value.reveal();
  const loginUrl = deployment.vendors.procoreLoginUrl;
  const token = await procoreClientCredentials({
    loginUrl,
    clientId: procore.clientId,
    clientSecret,
    clock: deployment.clock,
    fetch: deployment.fetch,
  });
  return keepAccessToken(deployment, id, 'procore', token);
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

async function mustOpen(
  deployment: Deployment,
  connectionId: string,
  purpose: Parameters<typeof openSecret>[2],
) {
  const secret = await openSecret(deployment, connectionId, purpose);
  if (!secret) throw new Error(`connection ${connectionId} was stored without its ${purpose}`);
  return secret;
}
