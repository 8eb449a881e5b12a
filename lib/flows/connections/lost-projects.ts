import type { Connection } from '../../core/connection.ts';
import { Stop } from '../../core/errors.ts';
import { openProjectTool } from '../clients.ts';
import type { Deployment } from '../deployment.ts';
import { requeueParked } from '../requeue.ts';
import { announceBroken, announceRestored } from './announce.ts';
import { changeConnection } from './change-connection.ts';
import { tellOfConnection } from './connection-trail.ts';
import { lookAtOnce, mended } from './restore-connection.ts';

const NOT_PERMITTED = 'procore-project-not-permitted';

/**
 * Asks Procore which of the projects it no longer shows to the connection (closed ones it still does), marks the
 * connection with them, tells it once and returns them. Documents of other projects go on. Throws RetryLater, Stop.
 */
export async function projectsLost(
  deployment: Deployment,
  connection: Connection,
  candidates: Iterable<string>,
): Promise<string[]> {
  const permitted = await openProjectTool(deployment, connection).permittedProjects();
  const lost = [...new Set(candidates)].filter((id) => !permitted.has(id));
  if (lost.length === 0) return lost;
  const brokenSince = deployment.clock.now().toISOString();
  const changed = await changeConnection(deployment, connection.id, (current) => {
    const known = current.lostProjects ?? [];
    const all = [...new Set([...known, ...lost])].toSorted();
    if (all.length === known.length) return undefined;
    const marked = { ...current, lostProjects: all };
    return current.state === 'broken'
      ? marked
      : { ...marked, state: 'broken', code: NOT_PERMITTED, brokenSince };
  });
  if (!changed) return lost;
  const { before, after } = changed;
  if (before.state === 'live') {
    const { message } = new Stop(NOT_PERMITTED, { facts: { projects: lost } });
    await announceBroken(deployment, after, message);
  } else await tellOfConnection(deployment, connection.id, 'projects-changed', { lost });
  return lost;
}

/**
 * To be called with projects that Procore shows (again): what waited for one of them is queued, and a connection that
 * only they were missing from is whole again.
 */
export async function projectsRegained(
  deployment: Deployment,
  connection: Connection,
  projectIds: Iterable<string>,
): Promise<void> {
  const regained = new Set(projectIds);
  const changed = await changeConnection(deployment, connection.id, (current) => {
    const { lostProjects = [], ...rest } = current;
    const left = lostProjects.filter((id) => !regained.has(id));
    if (left.length === lostProjects.length) return undefined;
    if (left.length > 0) return { ...rest, lostProjects: left };
    return current.code === NOT_PERMITTED ? mended(current) : rest;
  });
  await requeueParked(connection.id, deployment, ['project-not-visible']);
  if (!changed) return;
  const { before, after } = changed;
  if (after.state === 'live') {
    await lookAtOnce(deployment, connection.id);
    await announceRestored(deployment, before);
  } else await tellOfConnection(deployment, connection.id, 'projects-changed', { regained: [...regained] });
}
