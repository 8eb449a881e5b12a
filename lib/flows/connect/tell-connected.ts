import type { Connection } from '../../core/connection.ts';
import { announceRestored } from '../connections/announce.ts';
import { tellOfConnection } from '../connections/connection-trail.ts';
import { lookAtOnce } from '../connections/restore-connection.ts';
import type { Deployment } from '../deployment.ts';
import type { Connected, ConnectOptions } from './connected.ts';

/** Tells everybody who waits for it that the connection stands; `existing` is how it stood before, if it did. */
export async function tellConnected(
  connected: Connected,
  existing: Connection | undefined,
  deployment: Deployment,
  { by = 'command line', reference }: ConnectOptions,
): Promise<void> {
  const { connectionId, organisation, currency, companyId, projects } = connected;
  await tellOfConnection(deployment, connectionId, existing ? 'reconnected' : 'connected', {
    by,
    organisation,
    currency,
    company: companyId,
    projects: projects.map(({ name }) => name),
    'project numbers': projects.flatMap(({ number }) => number ?? []),
  });
  if (existing?.state === 'broken') await announceRestored(deployment, existing);
  await lookAtOnce(deployment, connectionId);
  const receivedAt = deployment.clock.now().toISOString();
  await reference?.send([{ connectionId, what: 'connected', receivedAt }]);
}
