import { randomInt } from 'node:crypto';
import type { Connection } from '../../core/connection.ts';
import type { WebhookDesk } from '../../procore/webhooks.ts';
import { openWebhookDesk } from '../../procore/webhooks.ts';
import type { ProcoreHooks } from '../../store/procore-hooks.ts';
import type { Revised } from '../../store/table.ts';
import { procoreOptions } from '../clients.ts';
import type { Deployment } from '../deployment.ts';
import type { ReferenceData } from './reference-data.ts';

/** All connections to the company, whatever their state; by id. */
export async function connectionsOfCompany(
  { connections }: Pick<Deployment, 'connections'>,
  companyId: string,
): Promise<Connection[]> {
  return (await connections.list()).filter(({ procore }) => procore.companyId === companyId);
}

/**
 * The connection whose service account looks after the company's hooks: Procore shows a hook only to the app that
 * made it. Undefined where that app's connections are all broken, or there is none at all.
 */
export function keeperOf(
  members: Connection[],
  record: Pick<ProcoreHooks, 'clientId'> | undefined,
): Connection | undefined {
  const ofMaker = members.filter(({ procore }) => procore.clientId === record?.clientId);
  const able = (ofMaker.length > 0 ? ofMaker : members).filter(
    ({ state, code }) => state === 'live' || code === 'procore-project-not-permitted',
  );
  return able[0];
}

/** The desk for hooks of the company, or of one of its projects. */
export function openDesk(
  reference: ReferenceData,
  keeper: Connection,
  { namespace }: Pick<ProcoreHooks, 'namespace'>,
  projectId?: string,
): WebhookDesk {
  return openWebhookDesk(procoreOptions(reference, keeper), { namespace, projectId });
}

/** The record of the company's hooks, begun now if there is none: before a hook is made in its namespace. */
export async function hookRecord(
  { hooks }: ReferenceData,
  companyId: string,
): Promise<Revised<ProcoreHooks>> {
  const known = await hooks.get(companyId);
  if (known) return known;
  const begun = { companyId, namespace: newNamespace(), hooks: [], connections: [], revision: 0 };
  return hooks.put(begun);
}

/** Of this deployment alone. Letters and dashes suit every reading (Procore docs: Namespace Requirements). */
function newNamespace(): string {
  const letters = Array.from({ length: 12 }, () => String.fromCharCode(97 + randomInt(26)));
  return `ml-connector-${letters.join('')}`;
}
