import type { Code } from '../../core/codes.ts';
import type { Connection } from '../../core/connection.ts';
import { ConnectorError } from '../../core/errors.ts';
import { connect } from '../connect/connect.ts';
import type { Connected } from '../connect/connected.ts';
import type { SecretPurpose } from '../tokens/secrets.ts';
import { mustOpen } from '../tokens/secrets.ts';
import type { ConsentDeployment } from './attempt.ts';
import type { ConsentLink } from './begin-consent.ts';
import { beginConsent } from './begin-consent.ts';

/** What only a new consent can mend. */
const NEEDS_CONSENT: ReadonlySet<Code> = new Set<Code>([
  'xero-consent-lost',
  'xero-disconnected',
  'xero-scope-missing',
  'xero-tenant-unknown',
]);

/**
 * Brings a connection back to life with the credentials that it has: mappings, links and settings stay. A web app of
 * Xero needs a person's consent again, pinned to the organisation that is connected; a custom connection, and a web app
 * whose trouble was in Procore, are only verified again, both sides. Throws what `connect` and `beginConsent` throw.
 */
export async function reconnect(
  connection: Connection,
  deployment: ConsentDeployment,
  { by }: { by: string },
): Promise<{ consent: ConsentLink } | { connected: Connected }> {
  const { grant } = connection.xero;
  const file = await storedFile(connection, deployment);
  if (grant === 'refresh_token' && !connection.code?.startsWith('procore-')) return ask();
  try {
    const { reference } = deployment;
    return { connected: await connect(file, deployment, { by, ...(reference && { reference }) }) };
  } catch (error) {
    const consentHelps = error instanceof ConnectorError && NEEDS_CONSENT.has(error.code);
    if (grant === 'client_credentials' || !consentHelps) throw error;
    return ask();
  }

  async function ask() {
    const { refreshToken: _, ...xero } = file.xero;
    const asking = { ...file, xero: { ...xero, grant: 'authorization_code' } };
    return { consent: await beginConsent(asking, deployment, { by }) };
  }
}

/** The connection file as it would have to be written now. */
async function storedFile({ id, name, xero, procore, settings }: Connection, deployment: ConsentDeployment) {
  const secret = async (purpose: SecretPurpose) => (await mustOpen(deployment, id, purpose)).value.reveal();
  return {
    name,
    xero: {
      grant: xero.grant,
      clientId: xero.clientId,
      clientSecret: await secret('xero-client-secret'),
      tenantId: await secret('xero-tenant'),
      webhookKey: await secret('xero-webhook-key'),
      ...(xero.grant === 'refresh_token' && { refreshToken: await secret('xero-refresh-token') }),
    },
    procore: {
      clientId: procore.clientId,
      clientSecret: await secret('procore-client-secret'),
      companyId: procore.companyId,
    },
    settings,
  };
}
