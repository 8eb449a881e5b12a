import type { ReferenceChange } from '../../aws/reference-queue.ts';
import type { Connection } from '../../core/connection.ts';
import { mayCarry } from '../../core/connection.ts';
import type { ReferenceList } from '../../core/reference.ts';
import { namesProject } from '../../core/rules/rule.ts';
import { readMappings } from '../doctor/mapping-tables.ts';
import { inspectionOf } from './read-list.ts';
import type { ReferenceData } from './reference-data.ts';

/** What a whole refresh reads; the lists that belong to projects are queued per project in a second step. */
const EVERYTHING: ReferenceList[] = [
  'projects',
  'vendors',
  'cost-types',
  // With the WBS codes, which is all that is kept of the budget.
  'cost-codes',
  'commitments',
  'direct-costs',
];

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

export async function queueEverything(
  { referenceQueue, clock }: ReferenceData,
  { id: connectionId }: Connection,
): Promise<void> {
  const receivedAt = clock.now().toISOString();
  await referenceQueue.send(EVERYTHING.map((what) => ({ connectionId, what, receivedAt })));
}

/**
 * A list of all projects, as one message per project. Codes are for people who map, in every active project; the
 * others concern those projects alone that documents go to.
 */
export async function queuePerProject(
  reference: ReferenceData,
  connection: Connection,
  what: ReferenceList,
): Promise<void> {
  const projects = (await inspectionOf(reference, connection).projects()).filter(({ active }) => active);
  const { named } = await readMappings(connection, reference);
  const wanted =
    what === 'cost-codes'
      ? projects
      : projects.filter((project) => named.some((text) => namesProject(text, project)));
  const receivedAt = reference.clock.now().toISOString();
  const changes = wanted.map(
    (project): ReferenceChange => ({
      connectionId: connection.id,
      what,
      projectId: project.id,
      receivedAt,
    }),
  );
  await reference.referenceQueue.send(changes);
}
