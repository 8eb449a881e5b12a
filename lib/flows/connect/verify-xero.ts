import { BadInput, Stop } from '../../core/errors.ts';
import type { Organisation } from '../../core/ports.ts';
import { createXeroBooks } from '../../xero/books.ts';
import type { XeroTenant } from '../../xero/oauth.ts';
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
  tenantId: string;
  organisation: Organisation;
}

type Tokens = Pick<XeroProof, 'accessToken' | 'expiresAt' | 'refreshToken'>;
type Keep = (refreshToken: string) => Promise<void>;

/**
 * Gets tokens, finds the tenant among those that they cover, and reads the organisation. Throws
 * BadInput('xero-tenant-unknown'), Stop and RetryLater.
 */
export async function verifyXero(
  connectionId: string,
  xero: ConnectionFile['xero'],
  deployment: Deployment,
  keep: Keep = (token) => putSecret(deployment, connectionId, 'xero-new-refresh-token', token),
): Promise<XeroProof> {
  const { clock, fetch, vendors } = deployment;
  const tokens = await tokensFor(connectionId, xero, deployment, keep);
  const { accessToken } = tokens;
  const seen = await xeroConnections({ apiUrl: vendors.xeroApiUrl, accessToken, clock, fetch });
  const tenantId = chooseTenant(
    xero,
    seen.filter(({ type }) => type === 'ORGANISATION'),
  );
  const token = async () => accessToken;
  const books = createXeroBooks({
    apiUrl: vendors.xeroApiUrl,
    tenantId,
    accessToken: token,
    refreshed: token,
    clock,
    fetch,
  });
  return { ...tokens, tenantId, organisation: await books.organisation() };
}

/** The tenant that is wanted; without one, that of a custom connection, which has exactly one. */
function chooseTenant({ tenantId: wanted }: ConnectionFile['xero'], organisations: XeroTenant[]): string {
  const covered = organisations.map(({ name = 'without a name' }) => name);
  if (wanted !== undefined) {
    const same = organisations.some(({ tenantId }) => tenantId.toLowerCase() === wanted.toLowerCase());
    if (!same) throw new BadInput('xero-tenant-unknown', { facts: { covered } });
    return wanted;
  }
  const [only, ...others] = organisations;
  if (!only) throw new Stop('xero-custom-connection-inactive');
  if (others.length === 0) return only.tenantId;
  const fields = [
    `xero.tenantId is missing, and the app covers several organisations: ${covered.join(', ')}`,
  ];
  throw new BadInput('connection-file-invalid', { facts: { fields } });
}

/**
 * A refresh token works once, and the file still shows the first after an attempt has used it up: then what came of
 * that attempt, or of the connection's work since, takes its place. What Xero gives is durable before it is used.
 */
async function tokensFor(
  connectionId: string,
  xero: ConnectionFile['xero'],
  deployment: Deployment,
  keep: Keep,
): Promise<Tokens> {
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
      await keep(tokens.refreshToken);
      return tokens;
    } catch (error) {
      if (!(error instanceof Stop) || error.code !== 'xero-consent-lost') throw error;
      refused ??= error;
    }
  }
  throw refused!;
}
