import type { ChargeMatch } from '../../core/charges/links.ts';
import { BadInput } from '../../core/errors.ts';
import type { DocumentRecord } from '../../core/links.ts';
import type { Deployment } from '../deployment.ts';
import { queueAgain } from '../requeue.ts';

/**
 * Stores which orders a bill or credit note is for because a person says so, and queues it again. `orders` are ids;
 * none means that it belongs to no order. What stands in Procore by the former decision moves along. Throws
 * BadInput('document-not-a-bill') for other documents.
 */
export async function chooseMatch(
  charge: DocumentRecord,
  orders: string[],
  by: string,
  deployment: Pick<Deployment, 'audit' | 'charges' | 'clock' | 'queue'>,
): Promise<void> {
  const { connectionId, id, kind, number } = charge;
  if (kind !== 'bill' && kind !== 'credit-note') {
    throw new BadInput('document-not-a-bill', { facts: { document: number || id, kind } });
  }
  const before = await deployment.charges.match(connectionId, id);
  const decision: Pick<ChargeMatch, 'orders' | 'by' | 'why'> = {
    orders: orders.length > 0 ? orders : 'none',
    by,
    why: [`${by} said so`],
  };
  await deployment.charges.putMatch(connectionId, {
    documentId: id,
    ...decision,
    touched: [...new Set([...(before?.touched ?? []), ...orders])].toSorted(),
    ...(before && { revision: before.revision }),
  });
  await deployment.audit.append(connectionId, id, {
    at: deployment.clock.now().toISOString(),
    event: 'matched',
    detail: { by, orders: orders.length > 0 ? orders : 'none' },
  });
  await queueAgain([charge], deployment);
}
