import type { DocumentLine, PurchaseOrder } from '../documents.ts';

/** What is kept of an order so that bills can be matched to it. */
export type KnownOrder = Pick<
  PurchaseOrder,
  'id' | 'number' | 'reference' | 'status' | 'contact' | 'date' | 'currency' | 'version'
> & { lines: KnownLine[] };

export type KnownLine = Pick<
  DocumentLine,
  'id' | 'description' | 'net' | 'tax' | 'unitAmount' | 'item' | 'account' | 'tracking'
>;

export function knownOrder(order: PurchaseOrder): KnownOrder {
  const { id, number, reference, status, contact, date, currency, version } = order;
  return {
    id,
    number,
    ...(reference !== undefined && { reference }),
    status,
    ...(contact && { contact }),
    ...(date !== undefined && { date }),
    currency,
    version,
    lines: order.lines.map(({ id, description, net, tax, unitAmount, item, account, tracking }) => ({
      id,
      description,
      net,
      tax,
      ...(unitAmount && { unitAmount }),
      ...(item !== undefined && { item }),
      ...(account !== undefined && { account }),
      tracking,
    })),
  };
}
