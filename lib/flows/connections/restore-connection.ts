import type { Connection } from '../../core/connection.ts';
import type { Revised } from '../../store/table.ts';
import { WriteConflict } from '../../store/write-conflict.ts';
import type { Deployment } from '../deployment.ts';
import type { Announcing } from './announce.ts';
import { announceRestored } from './announce.ts';

/**
 * Sets a broken connection live again, tells it, and makes it look at once for what it missed. A pause stays.
 * False, with nothing changed, where it was not broken or was changed by others since it was read.
 */
export async function restoreConnection(
  deployment: Announcing & Pick<Deployment, 'connections' | 'cursors'>,
  connection: Revised<Connection>,
): Promise<boolean> {
  if (connection.state === 'live') return false;
  // First, because it does no harm if the connection then stays broken.
  await lookAtOnce(deployment, connection.id);
  try {
    await deployment.connections.update(mended(connection));
  } catch (error) {
    if (error instanceof WriteConflict) return false;
    throw error;
  }
  await announceRestored(deployment, connection);
  return true;
}

/** The connection without any trace of having been broken. */
export function mended<C extends Connection>(connection: C): C {
  const { code: _code, brokenSince: _since, lostProjects: _lost, ...rest } = connection;
  return { ...rest, state: 'live' } as C;
}

/** Makes the next poll due, for the bills as well: what Xero's webhooks told meanwhile may have been lost. */
export async function lookAtOnce(
  { clock, cursors }: Pick<Deployment, 'clock' | 'cursors'>,
  connectionId: string,
): Promise<void> {
  const now = clock.now().toISOString();
  await cursors.put(connectionId, { nextPollAt: now, lastResumedAt: now });
}
