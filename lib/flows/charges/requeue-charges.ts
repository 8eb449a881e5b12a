import type { DocumentChange } from '../../aws/queue.ts';
import type { Charge } from '../../core/charges/charge.ts';
import { kindOfApplication } from '../../core/charges/desired-charge.ts';
import type { DocumentRecord } from '../../core/links.ts';
import { requeueThese } from '../requeue.ts';
import type { Workspace } from '../sync/workspace.ts';

/**
 * Queues again what an order that changed may let go on: charges that are billed on it, and those of its supplier,
 * also the one that it had before, that an order may still claim.
 */
export async function requeueCharges(
  orderId: string,
  { deployment, connection, queued }: Workspace,
): Promise<void> {
  const { charges, suppliers, clock } = deployment;
  const billed = (await charges.applicationsOn(connection.id, orderId)).map(({ documentId, originId }) => ({
    id: documentId,
    kind: kindOfApplication(originId),
  }));
  const { contactIds = [] } = (await suppliers.entry(connection.id, orderId)) ?? {};
  const open = await Promise.all(contactIds.map((id) => suppliers.undecided(connection.id, id)));
  const receivedAt = clock.now().toISOString();
  const wanted = new Map([...billed, ...open.flat()].map(({ id, kind }) => [id, kind]));
  const changes = [...wanted].map(
    ([id, kind]): DocumentChange => ({ connectionId: connection.id, kind, id, reason: 'retry', receivedAt }),
  );
  if (changes.length > 0) await queued.queue.send(changes);
}

const WAITING: ReadonlySet<DocumentRecord['state']> = new Set(['parked', 'awaiting-approval']);

/** Queues again the parked and held charges of a supplier: another one that is billed, or no longer, may leave room for them. */
export async function requeueWaiting(
  { id, contact }: Pick<Charge, 'id' | 'contact'>,
  { deployment, connection, queued }: Workspace,
): Promise<void> {
  if (!contact) return;
  const open = await deployment.suppliers.undecided(connection.id, contact.id);
  const waiting = new Set(open.map((one) => one.id));
  waiting.delete(id);
  await requeueThese(connection.id, waiting, queued, ({ state }) => WAITING.has(state));
}
