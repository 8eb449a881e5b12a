import type { Connection } from '../../core/connection.ts';
import { BadInput, RetryLater } from '../../core/errors.ts';
import type { Revised } from '../../store/table.ts';
import type { Deployment } from '../deployment.ts';
import { inTurn } from '../in-turn.ts';
import { ownerOfTenant } from '../webhook/webhook-directory.ts';
import type { Connected, ConnectOptions } from './connected.ts';
import type { ConnectionFile } from './connection-file.ts';
import { parseConnectionFile } from './connection-file.ts';
import { connectionIdOf, refuseOtherPartners } from './partners.ts';
import { storeConnection } from './store-connection.ts';
import { tellConnected } from './tell-connected.ts';
import { verifyProcore } from './verify-procore.ts';
import { verifyXero } from './verify-xero.ts';

/**
 * Joins a Xero organisation to a Procore company, or gives the connection of this name new secrets and settings and
 * sets it live again. Both vendors are asked before anything is stored but a rotated refresh token, which would be
 * lost. One at a time in a deployment. Throws BadInput, Stop where a vendor refuses, RetryLater.
 */
export async function connect(
  file: unknown,
  deployment: Deployment,
  options: ConnectOptions = {},
): Promise<Connected> {
  const today = deployment.clock.now().toISOString().slice(0, 10);
  const wanted = parseConnectionFile(file, today);
  if (wanted.xero.grant === 'authorization_code') {
    const fields = ['xero.grant authorization_code needs a person who consents in a browser'];
    throw new BadInput('connection-file-invalid', { facts: { fields } });
  }
  try {
    return await inTurn(deployment, 'connect', async (lease) => {
      const existing = await deployment.connections.findByName(wanted.name);
      // The day of connecting stays that of the first time.
      const { settings } = parseConnectionFile(file, existing?.createdAt.slice(0, 10) ?? today);
      return connectAlone({ ...wanted, settings }, existing, deployment, options, () => lease.keep());
    });
  } catch (error) {
    if (!(error instanceof RetryLater) || error.facts.lease !== 'connect') throw error;
    throw new RetryLater('connecting-already', error.afterSeconds, { cause: error });
  }
}

async function connectAlone(
  wanted: ConnectionFile,
  existing: Revised<Connection> | undefined,
  deployment: Deployment,
  options: ConnectOptions,
  keepLease: () => Promise<void>,
): Promise<Connected> {
  const id = existing?.id ?? connectionIdOf(wanted.name);
  const { tenantId } = wanted.xero;
  // Said before anybody is asked, where it can be known before.
  if (tenantId !== undefined) await refuseOtherPartners(wanted, tenantId, existing, deployment);

  const procore = await verifyProcore(wanted.procore, deployment);
  // Nobody renews the connection's tokens while they are replaced.
  const xero = await inTurn(deployment, `xero-token:${id}`, async (lease) => {
    const proof = await verifyXero(id, wanted.xero, deployment, options.keepRefreshToken);
    if (tenantId === undefined) await refuseOtherPartners(wanted, proof.tenantId, existing, deployment);
    await keepLease();
    await lease.keep();
    const formerOwner = await ownerOfTenant(deployment, proof.tenantId);
    await storeConnection({ id, wanted, xero: proof, procore, existing, formerOwner }, deployment);
    return proof;
  });
  const connected: Connected = {
    connectionId: id,
    created: existing === undefined,
    organisation: xero.organisation.name,
    currency: xero.organisation.baseCurrency,
    companyId: wanted.procore.companyId,
    projects: procore.projects,
    sharesCompanyWith: (await deployment.connections.list())
      .filter((other) => other.id !== id && other.procore.companyId === wanted.procore.companyId)
      .map(({ name }) => name),
  };
  await tellConnected(connected, existing, deployment, options);
  return connected;
}
