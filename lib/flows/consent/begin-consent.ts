import type { Connection } from '../../core/connection.ts';
import type { ConnectionFile } from '../connect/connection-file.ts';
import { parseConnectionFile } from '../connect/connection-file.ts';
import { connectionIdOf, refuseOtherCompany, refuseOtherPartners } from '../connect/partners.ts';
import { verifyProcore } from '../connect/verify-procore.ts';
import { tellOfConnection } from '../connections/connection-trail.ts';
import { revealIfPossible } from '../tokens/secrets.ts';
import type { Asked, ConsentDeployment } from './attempt.ts';
import { hashOf, newToken, saveAttempt } from './attempt.ts';
import { redirectUriOf } from './redirect-uri.ts';

/** What a person needs to consent. */
export interface ConsentLink {
  attemptId: string;
  /** Opens the way to Xero for whoever holds it. */
  link: string;
  /** ISO instant up to which it works. */
  expiresAt: string;
  /** What must be registered in the Xero app. */
  redirectUri: string;
}

const LIFE_MS = 60 * 60_000;

/**
 * Prepares a consent for a connection file with the grant `authorization_code`: all that can be wrong before a person
 * walks to a browser is found here. Throws BadInput, Stop where Procore refuses, RetryLater.
 */
export async function beginConsent(
  file: unknown,
  deployment: ConsentDeployment,
  { by }: { by: string },
): Promise<ConsentLink> {
  const now = deployment.clock.now();
  const wanted = parseConnectionFile(file, now.toISOString().slice(0, 10));
  const existing = await deployment.connections.findByName(wanted.name);
  const tenantId = await pinned(wanted, existing, deployment);
  await verifyProcore(wanted.procore, deployment);

  const connectionId = existing?.id ?? connectionIdOf(wanted.name);
  const token = newToken();
  const attemptId = hashOf(token);
  const expiresAt = new Date(now.getTime() + LIFE_MS).toISOString();
  const xero = { ...wanted.xero, ...(tenantId !== undefined && { tenantId }) };
  const { name, procore } = wanted;
  // The settings as they were given: what they leave open is filled in on the day on which the connection is made.
  const { settings } = file as { settings?: unknown };
  const attempt: Asked = { step: 'asked', connectionId, by, file: { name, xero, procore, settings } };
  await saveAttempt(deployment, { id: attemptId, revision: 0, until: expiresAt }, attempt);
  await tellOfConnection(deployment, connectionId, 'consent-asked', { by, until: expiresAt });
  return {
    attemptId,
    link: `${deployment.connectUrl}/xero?attempt=${token}`,
    expiresAt,
    redirectUri: redirectUriOf(deployment),
  };
}

/** A connection that is there keeps its organisation: then nobody can choose another by mistake. */
async function pinned(
  wanted: ConnectionFile,
  existing: Connection | undefined,
  deployment: ConsentDeployment,
): Promise<string | undefined> {
  if (existing) refuseOtherCompany(wanted, existing);
  const stored = existing && (await revealIfPossible(deployment, existing.id, 'xero-tenant'));
  const tenantId = wanted.xero.tenantId ?? stored;
  if (tenantId !== undefined) await refuseOtherPartners(wanted, tenantId, existing, deployment);
  return tenantId;
}
