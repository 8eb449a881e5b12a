import { BadInput } from '../core/errors.ts';
import type { DocumentRecord } from '../core/links.ts';
import type { Deployment } from './deployment.ts';
import { queueAgain } from './requeue.ts';

/**
 * Queues documents again because a person says so, and notes in the trail of each who did. Messages that nobody could
 * read are passed over: there is nothing to read. Returns how many were queued.
 */
export async function retryDocuments(
  records: DocumentRecord[],
  by: string,
  deployment: Pick<Deployment, 'audit' | 'clock' | 'queue'>,
): Promise<number> {
  const again = records.filter(({ kind }) => kind !== 'message');
  for (const record of again) await noteRetried(record, { by }, deployment);
  return queueAgain(again, deployment);
}

/**
 * Queues a document again and lets the connector write over what people changed in Procore: just what the document is
 * parked for, as the person has seen it, and nothing that is changed after that. Returns how many were queued: one. Throws
 * BadInput('nothing-to-overwrite').
 */
export async function overwriteInProcore(
  record: DocumentRecord,
  by: string,
  deployment: Pick<Deployment, 'audit' | 'clock' | 'queue'>,
): Promise<number> {
  const { id, number, state, facts } = record;
  const drift = [facts?.drift ?? []].flat().map(String);
  if (state !== 'parked' || drift.length === 0) {
    throw new BadInput('nothing-to-overwrite', { facts: { document: number || id, state } });
  }
  await noteRetried(record, { by, overwrites: drift }, deployment);
  return queueAgain([record], deployment, { overwrite: drift });
}

async function noteRetried(
  { connectionId, id }: DocumentRecord,
  detail: { by: string; overwrites?: string[] },
  { audit, clock }: Pick<Deployment, 'audit' | 'clock'>,
): Promise<void> {
  await audit.append(connectionId, id, { at: clock.now().toISOString(), event: 'retried', detail });
}
