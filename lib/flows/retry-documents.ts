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
  const at = deployment.clock.now().toISOString();
  const again = records.filter(({ kind }) => kind !== 'message');
  for (const { connectionId, id } of again) {
    await deployment.audit.append(connectionId, id, { at, event: 'retried', detail: { by } });
  }
  return queueAgain(again, deployment);
}
