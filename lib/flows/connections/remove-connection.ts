import type { Connection } from '../../core/connection.ts';
import { ConnectorError, RetryLater } from '../../core/errors.ts';
import { LANES } from '../../core/priority.ts';
import { disconnectXero } from '../../xero/disconnect.ts';
import type { Deployment } from '../deployment.ts';
import { inTurn, patiently } from '../in-turn.ts';
import { tokenSource } from '../tokens/access-tokens.ts';
import type { SecretPurpose } from '../tokens/secrets.ts';
import { revealIfPossible } from '../tokens/secrets.ts';
import { signingKeyOfNobodyElse } from '../webhook/signing-key.ts';
import { removeFromDirectory } from '../webhook/webhook-directory.ts';
import { changeConnection } from './change-connection.ts';
import { confirmTenant } from './confirm-tenant.ts';
import { tellOfConnection, wasRemoved } from './connection-trail.ts';

export interface Removed {
  connectionId: string;
  name: string;
  /** What a person still has to do by hand, because a vendor did not take part. */
  leftToDo: string[];
}

export interface RemoveOptions {
  /** Who removes it, in words for the trail. */
  by?: string;
  /** Takes the connection out of the webhook of its Procore company, and the webhook away with the last one. */
  leaveHook?: (connection: Connection) => Promise<void>;
}

/** Satisfied by every purpose there is, so that none is forgotten. */
const SECRETS = Object.keys({
  'xero-tenant': true,
  'xero-organisation': true,
  'xero-client-secret': true,
  'xero-refresh-token': true,
  'xero-new-refresh-token': true,
  'xero-spare-refresh-token': true,
  'xero-access-token': true,
  'xero-webhook-key': true,
  'procore-client-secret': true,
  'procore-access-token': true,
} satisfies Record<SecretPurpose, true>) as SecretPurpose[];

/**
 * Ends a connection: leaves both vendors, forgets its secrets, how far it had read and what waits. Links, mappings, documents and
 * trails stay, so that the same organisation connected again under the same name posts nothing twice. A removal that
 * died half-way is simply done again: the connection itself goes last. Throws Stop('connection-unknown'), RetryLater.
 */
export async function removeConnection(
  deployment: Deployment,
  id: string,
  { by = 'command line', leaveHook = async () => {} }: RemoveOptions = {},
): Promise<Removed> {
  return inTurn(deployment, 'connect', async (lease) => {
    // Nothing begins any more; what is under way links what it writes.
    const pausedSince = deployment.clock.now().toISOString();
    await changeConnection(deployment, id, (it) => (it.pausedSince ? undefined : { ...it, pausedSince }));
    const connection = (await deployment.connections.get(id))!;
    const leftToDo = [
      ...(await unlessItFails(
        () => leaveHook(connection),
        `Procore company ${connection.procore.companyId}: delete the webhook of ml-connector`,
      )),
      ...(await leaveXero(deployment, connection)),
    ];
    await lease.keep();
    await whileNobodyWrites(deployment, id, () => forget(deployment, connection));
    if (!(await wasRemoved(deployment, id))) {
      const { name, xero, procore } = connection;
      await tellOfConnection(deployment, id, 'removed', {
        by,
        name,
        organisation: xero.organisation,
        company: procore.companyId,
        ...(leftToDo.length > 0 && { 'left to do': leftToDo }),
      });
    }
    await patiently(deployment, async () => {
      const last = await deployment.connections.get(id);
      if (last) await deployment.connections.remove(last);
    });
    return { connectionId: id, name: connection.name, leftToDo };
  });
}

/** A renewal would store its tokens again, and a poll that is under way how far it has come. */
async function whileNobodyWrites(
  deployment: Deployment,
  id: string,
  work: () => Promise<void>,
): Promise<void> {
  const leases = [`xero-token:${id}`, `procore-token:${id}`, `poll:${id}`, `contacts:${id}`];
  const alone = leases.reduce((next, lease) => () => inTurn(deployment, lease, next), work);
  await alone();
}

/** A custom connection is ended by its owner in Xero's developer portal alone. */
async function leaveXero(deployment: Deployment, connection: Connection): Promise<string[]> {
  const { grant, organisation } = connection.xero;
  if (grant === 'client_credentials') {
    return [`Xero: delete the custom connection to ${organisation} in the developer portal`];
  }
  const { clock, fetch, vendors } = deployment;
  const disconnect = async () => {
    const { connectionId: xeroConnectionId } = await confirmTenant(deployment, connection);
    const accessToken = await tokenSource(deployment, connection, 'xero').current();
    await disconnectXero({ apiUrl: vendors.xeroApiUrl, accessToken, clock, fetch, xeroConnectionId });
  };
  return unlessItFails(disconnect, `Xero organisation ${organisation}: disconnect the app in its settings`);
}

/** Best effort: the vendor may be the very reason for which the connection is removed. */
async function unlessItFails(leave: () => Promise<void>, byHand: string): Promise<string[]> {
  try {
    await leave();
    return [];
  } catch (error) {
    if (error instanceof ConnectorError && error.code === 'xero-disconnected') return [];
    // A lease is somebody else's work on the same connection, and over in a moment.
    if (error instanceof RetryLater && error.code === 'lease-held') throw error;
    return [`${byHand} (${error instanceof ConnectorError ? error.message : 'not possible from here'})`];
  }
}

/** The directory first, while the secrets can still say what is the connection's. */
async function forget(deployment: Deployment, { id }: Connection): Promise<void> {
  const tenantId = await revealIfPossible(deployment, id, 'xero-tenant');
  if (tenantId !== undefined) {
    const retiredKey = await signingKeyOfNobodyElse(deployment, id);
    await patiently(deployment, () =>
      removeFromDirectory(deployment, { tenantId, connectionId: id, retiredKey }),
    );
  }
  await Promise.all(SECRETS.map((purpose) => deployment.secrets.remove(id, purpose)));
  await deployment.waitingRoom.clear(id);
  for (const lane of LANES) await deployment.handedOver[lane].clear(id);
  await deployment.cursors.remove(id);
  await deployment.backfills.remove(id);
}
