import type { Connection } from '../../core/connection.ts';
import type { Project } from '../../core/procore-records.ts';
import { mayFreeBudget, mendedBy } from '../../core/reference.ts';
import type { Changes, Entry } from '../../core/reference-changes.ts';
import { changesBetween, isSame, NO_CHANGES, worthTelling } from '../../core/reference-changes.ts';
import type { ListName } from '../../core/reference-lists.ts';
import type { Snapshot } from '../../store/snapshots.ts';
import { requeueHeldIn } from '../approval/end-request.ts';
import { tellOfConnection } from '../connections/connection-trail.ts';
import type { Deployment } from '../deployment.ts';
import { requeueParked } from '../requeue.ts';
import type { ListReaders } from './lists.ts';
import { openLists, snapshotName } from './lists.ts';
import { noteProjects } from './note-projects.ts';

/** What a refresh of one list found. */
export interface Refreshed {
  list: ListName;
  projectId?: string;
  entries: number;
  /** ISO instant of the reading before; absent at the first. */
  since?: string;
  /** Empty at the first reading. */
  changes: Changes;
  /** Documents that were queued again. */
  requeued: number;
}

export interface RefreshOptions {
  projectId?: string | undefined;
  /** Whether somebody said that the list, or what it stands for, has changed. */
  told: boolean;
  /** Reads all of a list of which only the changes are read otherwise. */
  whole?: boolean;
  lists?: ListReaders;
}

/**
 * Reads a list from its vendor, tells what became of its entries, queues again the documents that it may let through,
 * and keeps it. The list is kept last: a run that dies before is repeated whole, where the other order would find
 * nothing changed and queue nothing. Throws RetryLater, Stop, ProcoreRefused.
 */
export async function refreshList(
  deployment: Deployment,
  connection: Connection,
  list: ListName,
  { projectId, told, whole = false, lists = openLists(deployment, connection) }: RefreshOptions,
): Promise<Refreshed> {
  const { clock, snapshots } = deployment;
  const fetchedAt = clock.now().toISOString();
  const name = snapshotName(list, projectId);
  const before = await snapshots.get(connection.id, name);
  const entries: Entry[] = await lists[list](projectId!, whole ? undefined : before);
  const changed = !before || !isSame(before.entries as Entry[], entries);
  const changes = await followed(deployment, connection, list, before, entries);
  if (list === 'procore/projects') {
    await noteProjects(deployment, connection, before, entries as Project[]);
  }
  const toTell = worthTelling(list, changes);
  if (toTell) {
    await tellOfConnection(deployment, connection.id, 'reference-changed', { list: name, ...toTell });
  }
  let requeued = await requeueParked(connection.id, deployment, mendedBy(list, changed, told));
  if (projectId !== undefined && mayFreeBudget(list)) {
    requeued += await requeueHeldIn(connection.id, [{ id: projectId }], deployment);
  }
  await snapshots.put(connection.id, name, { fetchedAt, entries });
  return {
    list,
    ...(projectId !== undefined && { projectId }),
    entries: entries.length,
    ...(before && { since: before.fetchedAt }),
    changes,
    requeued,
  };
}

async function followed(
  { snapshots }: Deployment,
  { id }: Connection,
  list: ListName,
  before: Snapshot | undefined,
  now: Entry[],
): Promise<Changes> {
  if (!before) return NO_CHANGES;
  const setAside =
    list === 'procore/vendors' ? await snapshots.get(id, 'procore/inactive-vendors') : undefined;
  const ids = (setAside?.entries as Entry[] | undefined)?.map((entry) => entry.id);
  return changesBetween(before.entries as Entry[], now, new Set(ids));
}
