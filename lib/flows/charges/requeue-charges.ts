import type { DocumentChange } from '../../aws/queue.ts';
import type { PurchaseOrder } from '../../core/documents.ts';
import type { Workspace } from '../sync/workspace.ts';

/**
 * Queues again what an order that changed may let go on: charges that are billed on it, and those of its supplier that
 * wait for an order, or are no order's as far as the rules could tell.
 */
export async function requeueCharges(
  { id: orderId, contact }: Pick<PurchaseOrder, 'id' | 'contact'>,
  { deployment, connection }: Workspace,
): Promise<void> {
  const { charges, suppliers, clock, queue } = deployment;
  const billed = (await charges.applicationsOn(connection.id, orderId)).map(({ documentId, originId }) => ({
    id: documentId,
    kind: originId.startsWith('xero:bill:') ? ('bill' as const) : ('credit-note' as const),
  }));
  const open = contact ? await suppliers.undecided(connection.id, contact.id) : [];
  const receivedAt = clock.now().toISOString();
  const wanted = new Map([...billed, ...open].map(({ id, kind }) => [id, kind]));
  const changes = [...wanted].map(
    ([id, kind]): DocumentChange => ({ connectionId: connection.id, kind, id, reason: 'retry', receivedAt }),
  );
  if (changes.length > 0) await queue.send(changes);
}
