import { BadInput, Stop } from '../../core/errors.ts';
import type { Organisation } from '../../core/ports.ts';
import { createXeroBooks } from '../../xero/books.ts';
import { refreshXeroTokens, xeroClientCredentials, xeroConnections } from '../../xero/oauth.ts';
import type { Deployment } from '../deployment.ts';
import { putSecret, revealIfPossible } from '../tokens/secrets.ts';
import type { ConnectionFile } from './connection-file.ts';

/** Proof that the app may read the organisation. */
export interface XeroProof {
  accessToken: string;
  expiresAt: Date;
  /** Rotated; absent for a custom connection. */
  refreshToken?: string;
  organisation: Organisation;
}

/**
 * Gets tokens, finds the tenant among those that they cover, and reads the organisation. Throws
 * BadInput('xero-tenant-unknown'), Stop and RetryLater.
 */
export async function verifyXero(
  connectionId: string,
  xero: ConnectionFile['xero'],
  deployment: Deployment,
): Promise<XeroProof> {
  const { clock, fetch, vendors } = deployment;
  const tokens = await tokensFor(connectionId, xero, deployment);
  const { accessToken } = tokens;
  const seen = await xeroConnections({ apiUrl: vendors.xeroApiUrl, accessToken, clock, fetch });
  const organisations = seen.filter(({ type }) => type === 'ORGANISATION');
  if (!organisations.some(({ tenantId }) => tenantId.toLowerCase() === xero.tenantId.toLowerCase())) {
    throw new BadInput('xero-tenant-unknown', {
      facts: { covered: organisations.map(({ name = 'without a name' }) => name) },
    });
  }
  const token = async () => accessToken;
  const books = createXeroBooks({
    apiUrl: vendors.xeroApiUrl,
    tenantId: xero.tenantId,
    accessToken: token,
    refreshed: token,
    clock,
    fetch,
  });
  return { ...tokens, organisation: await books.organisation() };
}

/**
 * A refresh token works once, and the file still shows the first after an attempt has used it up: then what came of
 * that attempt, or of the connection's work since, takes its place. What Xero gives is durable before it is used.
 */
async function tokensFor(
  connectionId: string,
  xero: ConnectionFile['xero'],
  deployment: Deployment,
): Promise<Omit<XeroProof, 'organisation'>> {
  const { clientId, clientSecret } = xero;
  const { clock, fetch, vendors } = deployment;
  const client = { identityUrl: vendors.xeroIdentityUrl, clientId, clientSecret, clock, fetch };
  if (xero.grant === 'client_credentials') return xeroClientCredentials(client);

  const candidates = [
    xero.refreshToken,
    await revealIfPossible(deployment, connectionId, 'xero-new-refresh-token'),
    await revealIfPossible(deployment, connectionId, 'xero-refresh-token'),
  ].filter((token) => token !== undefined);
  let refused: Stop | undefined;
  for (const refreshToken of new Set(candidates)) {
    try {
      const tokens = await refreshXeroTokens({ ...client, refreshToken });
      await putSecret(deployment, connectionId, 'xero-new-refresh-token', tokens.refreshToken);
      return tokens;
    } catch (error) {
      if (!(error instanceof Stop) || error.code !== 'xero-consent-lost') throw error;
      refused ??= error;
    }
  }
  throw refused!;
}
