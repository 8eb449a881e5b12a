import type { DocumentChange } from '../aws/queue.ts';
import type { DocumentRecord } from '../core/links.ts';
import type { Deployment } from './deployment.ts';

/** Queues again the documents that wait by this measure, parked or left out; returns how many. */
export async function requeue(
  connectionId: string,
  { clock, documents, queue }: Pick<Deployment, 'clock' | 'documents' | 'queue'>,
  waits: (record: DocumentRecord) => boolean,
): Promise<number> {
  const parked = await documents.list(connectionId, { state: 'parked' });
  const leftOut = await documents.list(connectionId, { state: 'left-out' });
  const receivedAt = clock.now().toISOString();
  const changes = [...parked, ...leftOut].filter(waits).flatMap((record) => changeOf(record, receivedAt));
  if (changes.length > 0) await queue.send(changes);
  return changes.length;
}

function changeOf({ connectionId, kind, id, version }: DocumentRecord, receivedAt: string): DocumentChange[] {
  if (kind === 'message') return [];
  return [{ connectionId, kind, id, ...(version !== '' && { version }), reason: 'retry', receivedAt }];
}
