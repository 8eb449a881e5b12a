import type { ChangeQueue, DocumentChange } from '../aws/queue.ts';
import type { Code } from '../core/codes.ts';
import type { DocumentRecord } from '../core/links.ts';
import type { Deployment } from './deployment.ts';

type Requeueing = Pick<Deployment, 'clock' | 'documents'> & { queue: Pick<ChangeQueue, 'send'> };

/** Queues again the documents that are parked on one of the codes; returns how many. */
export async function requeueParked(
  connectionId: string,
  deployment: Pick<Deployment, 'clock' | 'documents' | 'queue'>,
  codes: Iterable<Code>,
): Promise<number> {
  const mended = new Set<string | undefined>(codes);
  if (mended.size === 0) return 0;
  const parked = await deployment.documents.list(connectionId, { state: 'parked' });
  return queueAgain(
    parked.filter(({ code }) => mended.has(code)),
    deployment,
  );
}

/** Queues again the documents that wait by this measure, parked or left out; returns how many. */
export async function requeue(
  connectionId: string,
  deployment: Pick<Deployment, 'clock' | 'documents' | 'queue'>,
  waits: (record: DocumentRecord) => boolean,
): Promise<number> {
  const parked = await deployment.documents.list(connectionId, { state: 'parked' });
  const leftOut = await deployment.documents.list(connectionId, { state: 'left-out' });
  return queueAgain([...parked, ...leftOut].filter(waits), deployment);
}

/** Queues again those of these documents that have a record, and of which it `waits`; returns how many. */
export async function requeueThese(
  connectionId: string,
  ids: Iterable<string>,
  deployment: Requeueing,
  waits: (record: DocumentRecord) => boolean = () => true,
): Promise<number> {
  const records = await Promise.all([...ids].map((id) => deployment.documents.get(connectionId, id)));
  return queueAgain(records.filter((record) => record !== undefined).filter(waits), deployment);
}

/** Queues these documents again, whatever became of them; returns how many. */
export async function queueAgain(
  records: DocumentRecord[],
  { clock, queue }: Pick<Requeueing, 'clock' | 'queue'>,
  permitted: Pick<DocumentChange, 'overwrite'> = {},
): Promise<number> {
  const receivedAt = clock.now().toISOString();
  const changes = records
    .flatMap((record) => changeOf(record, receivedAt))
    .map((change) => ({ ...change, ...permitted }));
  if (changes.length > 0) await queue.send(changes);
  return changes.length;
}

function changeOf({ connectionId, kind, id, version }: DocumentRecord, receivedAt: string): DocumentChange[] {
  if (kind === 'message') return [];
  return [{ connectionId, kind, id, ...(version !== '' && { version }), reason: 'retry', receivedAt }];
}
