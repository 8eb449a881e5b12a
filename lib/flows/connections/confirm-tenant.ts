import type { Connection } from '../../core/connection.ts';
import { Stop } from '../../core/errors.ts';
import type { XeroTenant } from '../../xero/oauth.ts';
import { xeroConnections } from '../../xero/oauth.ts';
import type { Deployment } from '../deployment.ts';
import { tokenSource } from '../tokens/access-tokens.ts';
import { mustOpen } from '../tokens/secrets.ts';

/**
 * Asks Xero which organisations the connection's consent covers, a call that counts for no organisation's day, and
 * returns this one's entry. Throws Stop('xero-disconnected') where it is missing; a custom connection, which has one
 * organisation at most, is then authorised for another: Stop('xero-wrong-organisation').
 */
export async function confirmTenant(deployment: Deployment, connection: Connection): Promise<XeroTenant> {
  const tenant = await mustOpen(deployment, connection.id, 'xero-tenant');
  const tenantId = tenant.value.reveal().toLowerCase();
  const covered = await coveredBy(deployment, connection);
  const ours = covered.find((seen) => seen.tenantId.toLowerCase() === tenantId);
  if (ours) return ours;
  const { organisation, grant } = connection.xero;
  const [other] = covered;
  if (grant === 'client_credentials' && other) {
    const facts = { connected: organisation, covered: other.name ?? 'another' };
    throw new Stop('xero-wrong-organisation', { facts });
  }
  throw new Stop('xero-disconnected', { facts: { organisation } });
}

async function coveredBy(deployment: Deployment, connection: Connection): Promise<XeroTenant[]> {
  const { clock, fetch, vendors } = deployment;
  const tokens = tokenSource(deployment, connection, 'xero');
  const ask = (accessToken: string) =>
    xeroConnections({ apiUrl: vendors.xeroApiUrl, accessToken, clock, fetch });
  const token = await tokens.current();
  try {
    return await ask(token);
  } catch (error) {
    if (!(error instanceof Stop) || error.code !== 'xero-consent-lost') throw error;
    // The access token alone may have ended before its time.
    return ask(await tokens.refreshed());
  }
}
