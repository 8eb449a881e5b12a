import type { ReferenceChange } from '../../aws/reference-queue.ts';
import type { Connection } from '../../core/connection.ts';
import { mayCarry } from '../../core/connection.ts';
import { MENDED_UNSEEN } from '../../core/reference.ts';
import type { ListName } from '../../core/reference-lists.ts';
import { REFERENCE_LISTS } from '../../core/reference-lists.ts';
import { requeueParked } from '../requeue.ts';
import { openCatalogue } from './catalogue.ts';
import { projectsFor } from './projects-for.ts';
import type { ReferenceData } from './reference-data.ts';

/** The daily round: every connection's webhook and all of its lists, each as a message of its own. */
export function queueDaily(reference: ReferenceData): Promise<void> {
  return queuePerConnection(reference, 'connected');
}

/** After a deployment: the webhooks alone, whose address may have changed. */
export function queueDeployed(reference: ReferenceData): Promise<void> {
  return queuePerConnection(reference, 'webhook');
}

async function queuePerConnection(
  { connections, referenceQueue, clock }: ReferenceData,
  what: 'connected' | 'webhook',
): Promise<void> {
  const receivedAt = clock.now().toISOString();
  const able = (await connections.list()).filter(mayCarry);
  await referenceQueue.send(able.map(({ id: connectionId }) => ({ connectionId, what, receivedAt })));
}

/**
 * Queues every list, and what waits for something that no list shows. A round asks each vendor once for each list of
 * the company and of the books, and Procore three times for every active project and four times more for one that
 * documents go to: with ten projects, all of them mapped, 76 calls of Procore and 4 of Xero (more where a list is
 * longer than a page).
 */
export async function queueEverything(reference: ReferenceData, { id }: Connection): Promise<void> {
  const { referenceQueue, clock } = reference;
  await requeueParked(id, reference, MENDED_UNSEEN);
  const receivedAt = clock.now().toISOString();
  const round = REFERENCE_LISTS.map((what) => ({ connectionId: id, what, round: true as const, receivedAt }));
  await referenceQueue.send(round);
}

/** A list of all projects, as one message per project that it is read in. */
export async function queuePerProject(
  reference: ReferenceData,
  connection: Connection,
  change: ReferenceChange & { what: ListName },
): Promise<void> {
  const projects = await openCatalogue(reference, connection).entries('procore/projects');
  const wanted = await projectsFor(change.what, projects, connection, reference);
  await reference.referenceQueue.send(wanted.map(({ id: projectId }) => ({ ...change, projectId })));
}
