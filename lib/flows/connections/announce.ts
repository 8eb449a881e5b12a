import type { Code } from '../../core/codes.ts';
import { CODES } from '../../core/codes.ts';
import type { Connection } from '../../core/connection.ts';
import type { AuditEntry } from '../../core/links.ts';
import type { Deployment } from '../deployment.ts';
import { historyOfConnection, tellOfConnection } from './connection-trail.ts';
import { lasting } from './lasting.ts';

export type Announcing = Pick<Deployment, 'audit' | 'clock' | 'events' | 'log'>;

/** Younger than this, whoever marked a connection may still be about to tell it: functions live a minute. */
const STILL_TELLING_MS = 2 * 60_000;

/**
 * Says on the event bus and in the trail that a connection is broken. Never throws: the connection is marked, and
 * what was not told is told by `announceStanding` later. `message` says more than the code where the failure did.
 */
export async function announceBroken(
  deployment: Announcing,
  { id, name, code: text, brokenSince = '', lostProjects }: Connection,
  message?: string,
): Promise<void> {
  const code = text as Code;
  const { says, fix } = CODES[code];
  await quietly(deployment, id, async () => {
    await deployment.events.publish('ConnectionBroken', {
      connectionId: id,
      name,
      code,
      message: message ?? says,
      fix,
    });
    await tellOfConnection(deployment, id, 'broken', {
      code,
      message: message ?? says,
      'way back': fix,
      since: brokenSince,
      ...(code === 'procore-project-not-permitted' && lostProjects && { projects: lostProjects }),
    });
  });
}

/** Says that a connection works again, and how long it did not. Never throws. `broken` is as it was before. */
export async function announceRestored(
  deployment: Announcing,
  { id, name, code = '', brokenSince }: Pick<Connection, 'id' | 'name' | 'code' | 'brokenSince'>,
): Promise<void> {
  await quietly(deployment, id, async () => {
    await deployment.events.publish('ConnectionRestored', { connectionId: id, name, code });
    await tellOfConnection(deployment, id, 'restored', {
      code,
      ...(brokenSince !== undefined && {
        since: brokenSince,
        lasted: lasting(brokenSince, deployment.clock.now()),
      }),
    });
  });
}

/** Tells what nobody came to tell, because the process died right after it had changed the connection's state. */
export async function announceStanding(deployment: Announcing, connection: Connection): Promise<void> {
  const history = await historyOfConnection(deployment, connection.id);
  const last = history.findLast(({ event }) => event === 'broken' || event === 'restored');
  if (connection.state === 'live') {
    if (last?.event === 'broken') await announceRestored(deployment, { ...connection, ...toldOf(last) });
    return;
  }
  const { brokenSince = '' } = connection;
  if (last?.event === 'broken' && last.detail.since === brokenSince) return;
  if (deployment.clock.now().getTime() - Date.parse(brokenSince) < STILL_TELLING_MS) return;
  await announceBroken(deployment, connection);
}

function toldOf({ at, detail }: AuditEntry): { code: string; brokenSince: string } {
  return { code: String(detail.code), brokenSince: String(detail.since ?? at) };
}

async function quietly({ log }: Announcing, connection: string, tell: () => Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    log.error('A change of a connection could not be told yet', { connection, error });
  }
}
