import type { Connection } from '../../core/connection.ts';
import { ConnectorError, ProcoreRefused, Stop } from '../../core/errors.ts';
import { MENDED_UNSEEN } from '../../core/reference.ts';
import type { ListName, Lists } from '../../core/reference-lists.ts';
import { isOfProject, REFERENCE_LISTS } from '../../core/reference-lists.ts';
import type { Revised } from '../../store/table.ts';
import { breakConnection, breaksConnection } from '../connections/break-connection.ts';
import type { Deployment } from '../deployment.ts';
import { patiently } from '../in-turn.ts';
import { requeueParked } from '../requeue.ts';
import { openCatalogue } from './catalogue.ts';
import { openLists } from './lists.ts';
import { projectsFor } from './projects-for.ts';
import type { Refreshed } from './refresh-list.ts';
import { refreshList } from './refresh-list.ts';

/** A list that could not be read, and why. */
export interface Unread {
  list: ListName;
  projectId?: string;
  problem: string;
}

/** What became of one list; `project` is the name of its project. */
export type ListOutcome = (Refreshed | Unread) & { project?: string };

export interface RefreshedLists {
  lists: ListOutcome[];
  /** Documents that were queued again, by whichever list. */
  requeued: number;
}

/**
 * Reads all lists of a connection now, contacts whole, and does what follows from each; the daily round does the same
 * list by list. One that cannot be read keeps no other from being read. Throws Stop, with the connection marked, where
 * nothing of it can work any more.
 */
export async function refreshEverything(
  deployment: Deployment,
  connection: Revised<Connection>,
  progress: (list: string) => void = () => {},
): Promise<RefreshedLists> {
  const readers = openLists(deployment, connection);
  const lists: RefreshedLists['lists'] = [];
  const refresh = async (list: ListName, project?: Lists['procore/projects']): Promise<void> => {
    progress(project ? `${list} of ${project.name}` : list);
    const options = { projectId: project?.id, told: false, whole: true, lists: readers };
    const named = project && { project: project.name };
    try {
      const refreshed = await patiently(deployment, () => refreshList(deployment, connection, list, options));
      lists.push({ ...refreshed, ...named });
    } catch (error) {
      const problem = await problemOf(error, deployment, connection);
      lists.push({ list, ...(project && { projectId: project.id }), ...named, problem });
    }
  };

  const waiting = await requeueParked(connection.id, deployment, MENDED_UNSEEN);
  for (const list of REFERENCE_LISTS) {
    if (!isOfProject(list)) await refresh(list);
  }
  // Without any picture of the projects there is nothing to say beyond that they could not be read.
  const projects = await openCatalogue(deployment, connection)
    .entries('procore/projects')
    .catch(() => []);
  for (const list of REFERENCE_LISTS.filter(isOfProject)) {
    for (const project of await projectsFor(list, projects, connection, deployment)) {
      await refresh(list, project);
    }
  }
  const requeued = lists.reduce((sum, one) => sum + ('requeued' in one ? one.requeued : 0), waiting);
  return { lists, requeued };
}

async function problemOf(
  error: unknown,
  deployment: Deployment,
  connection: Revised<Connection>,
): Promise<string> {
  if (error instanceof Stop && breaksConnection(error.code)) {
    await breakConnection(deployment, connection, error);
    throw error;
  }
  if (error instanceof ConnectorError || error instanceof ProcoreRefused) return error.message;
  throw error;
}
