import type { Code } from '../../core/codes.ts';
import type { Connection } from '../../core/connection.ts';
import type { ReferenceList } from '../../core/reference.ts';
import { mayFreeBudget, mendedBy } from '../../core/reference.ts';
import type { Snapshot } from '../../store/snapshots.ts';
import { requeueHeldIn } from '../approval/end-request.ts';
import { requeue } from '../requeue.ts';
import { noteProjects } from './note-projects.ts';
import type { ListRead } from './read-list.ts';
import { readList } from './read-list.ts';
import type { ReferenceData } from './reference-data.ts';

/**
 * Reads a list from Procore, queues again the documents that it may let through, and keeps it. The list is kept last:
 * a run that dies before is repeated whole, where the other order would find nothing changed and queue nothing.
 * Throws RetryLater, Stop, ProcoreRefused.
 */
export async function refreshList(
  reference: ReferenceData,
  connection: Connection,
  list: ReferenceList,
  projectId?: string,
): Promise<{ changed: boolean; requeued: number }> {
  const fetchedAt = reference.clock.now().toISOString();
  const reads = await readList(reference, connection, list, projectId);
  let changed = false;
  for (const read of reads) {
    const before = await reference.snapshots.get(connection.id, read.name);
    if (!isSame(before, read)) changed = true;
    if (list === 'projects') await noteProjects(reference, connection, before, read);
  }
  const codes = mendedBy(list, changed);
  let requeued = codes.length === 0 ? 0 : await requeueParkedOn(reference, connection, codes);
  if (projectId !== undefined && mayFreeBudget(list)) {
    requeued += await requeueHeldIn(connection.id, [{ id: projectId }], reference);
  }
  for (const { name, entries } of reads) {
    await reference.snapshots.put(connection.id, name, { fetchedAt, entries });
  }
  return { changed, requeued };
}

function requeueParkedOn(
  reference: ReferenceData,
  { id }: Connection,
  codes: readonly Code[],
): Promise<number> {
  return requeue(
    id,
    reference,
    ({ state, code }) => state === 'parked' && codes.some((mended) => mended === code),
  );
}

/** The order in which Procore lists is no change. */
function isSame(before: Snapshot | undefined, { entries }: ListRead): boolean {
  return before !== undefined && inOrder(before.entries as ListRead['entries']) === inOrder(entries);
}

function inOrder(entries: ListRead['entries']): string {
  return JSON.stringify(entries.toSorted((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id))));
}
