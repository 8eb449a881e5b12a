import type { DocumentRecord } from '../../lib/core/links.ts';

/** An order that is parked and of which nothing stands, as the table holds it: for what asks for its code alone. */
export function parkedOrder(
  order: Pick<DocumentRecord, 'connectionId' | 'id' | 'number'> & { code: string },
): DocumentRecord {
  return {
    kind: 'purchase-order',
    supplier: '',
    state: 'parked',
    total: '0.00',
    currency: 'USD',
    version: '2026-11-22T09:00:00.000Z',
    procore: [],
    decidedAt: '2026-11-22T09:00:00.000Z',
    ...order,
  };
}
