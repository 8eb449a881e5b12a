import type { Connection } from '../../core/connection.ts';
import { Stop } from '../../core/errors.ts';
import { xeroConnections } from '../../xero/oauth.ts';
import { openBooks } from '../clients.ts';
import type { Deployment } from '../deployment.ts';
import { tokenSource } from '../tokens/access-tokens.ts';
import { openSecret } from '../tokens/secrets.ts';
import { missingScopes } from './doctor-scopes.ts';
import { checkXeroWebhook } from './doctor-xero-webhook.ts';
import type { Finding, Verdict } from './finding.ts';
import { examine, warning } from './finding.ts';

/** What the books themselves may be refused for although the organisation is there. */
const WORTH_ASKING = ['xero-scope-missing', undefined];

/** Token, tenant, organisation, scopes and webhook; without a token the others cannot be asked for. */
export async function checkXero(connection: Connection, deployment: Deployment): Promise<Finding[]> {
  const tokens = tokenSource(deployment, connection, 'xero');
  const token = await examine('xero token', async () => {
    await tokens.current();
    return { level: 'ok', says: 'Xero accepts the connection.' };
  });
  if (token.level !== 'ok') return [token];
  const organisation = await examine('xero organisation', async () => {
    const { name, baseCurrency } = await (await openBooks(deployment, connection)).organisation();
    if (baseCurrency === connection.xero.currency) {
      return { level: 'ok', says: `${name} answers; its books are in ${baseCurrency}.` };
    }
    return warning(
      `The books are in ${baseCurrency}, the connection says ${connection.xero.currency}.`,
      'Connect again with `ml-connector connect`.',
    );
  });
  const tenant = await examine('xero tenant', () => tenantCovered(connection, deployment));
  if (!WORTH_ASKING.includes(organisation.code)) return [token, organisation, tenant];
  return [
    token,
    organisation,
    tenant,
    await examine('xero scopes', () => missingScopes(connection, deployment)),
    ...(await checkXeroWebhook(connection, deployment)),
  ];
}

/** Asked after the organisation, whose call has put a token in place that Xero accepts. */
async function tenantCovered(connection: Connection, deployment: Deployment): Promise<Verdict> {
  const { clock, fetch, vendors } = deployment;
  const accessToken = await tokenSource(deployment, connection, 'xero').current();
  const seen = await xeroConnections({ apiUrl: vendors.xeroApiUrl, accessToken, clock, fetch });
  const wanted = (await openSecret(deployment, connection.id, 'xero-tenant'))?.value.reveal().toLowerCase();
  if (seen.some(({ tenantId }) => tenantId.toLowerCase() === wanted)) {
    return { level: 'ok', says: 'The consent covers the organisation.' };
  }
  throw new Stop('xero-disconnected', { facts: { organisation: connection.xero.organisation } });
}
