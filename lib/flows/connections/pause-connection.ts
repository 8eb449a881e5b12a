import type { Connection } from '../../core/connection.ts';
import type { Deployment } from '../deployment.ts';
import { changeConnection } from './change-connection.ts';
import { historyOfConnection, tellOfConnection } from './connection-trail.ts';
import { lasting } from './lasting.ts';
import { lookAtOnce } from './restore-connection.ts';

type Pausing = Pick<Deployment, 'audit' | 'clock' | 'connections' | 'cursors'>;

/** Lets the connection's work wait until `resumeConnection`; its tokens are kept alive. Throws Stop('connection-unknown'). */
export async function pauseConnection(
  deployment: Pausing,
  id: string,
  by = 'command line',
): Promise<Connection> {
  const pausedSince = deployment.clock.now().toISOString();
  await changeConnection(deployment, id, (connection) =>
    connection.pausedSince === undefined ? { ...connection, pausedSince } : undefined,
  );
  const paused = (await deployment.connections.get(id))!;
  // Told also where an earlier attempt died before it could.
  if ((await lastOf(deployment, id)) !== 'paused') {
    await tellOfConnection(deployment, id, 'paused', { by, since: paused.pausedSince! });
  }
  return paused;
}

/** Lets the work go on, at once as far as it is known, and looks for what changed meanwhile. Throws like pauseConnection. */
export async function resumeConnection(
  deployment: Pausing,
  id: string,
  by = 'command line',
): Promise<Connection> {
  await lookAtOnce(deployment, id);
  const changed = await changeConnection(deployment, id, ({ pausedSince, ...connection }) =>
    pausedSince === undefined ? undefined : connection,
  );
  const { pausedSince } = changed?.before ?? {};
  if ((await lastOf(deployment, id)) === 'paused') {
    await tellOfConnection(deployment, id, 'resumed', {
      by,
      ...(pausedSince !== undefined && { lasted: lasting(pausedSince, deployment.clock.now()) }),
    });
  }
  return changed?.after ?? (await deployment.connections.get(id))!;
}

async function lastOf(deployment: Pausing, id: string): Promise<string | undefined> {
  const history = await historyOfConnection(deployment, id);
  return history.findLast(({ event }) => event === 'paused' || event === 'resumed')?.event;
}
