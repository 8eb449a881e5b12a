import type { DocumentChange } from '../../aws/queue.ts';
import type { Bill, DocumentKind, PurchaseOrder, Unreadable } from '../../core/documents.ts';
import { lacksOptionIds, withOptionIds } from '../../core/option-ids.ts';
import type { Catalogue } from '../reference/catalogue.ts';
import type { Workspace } from './workspace.ts';

export type Fetched = PurchaseOrder | Bill | Unreadable;

/** Reads all documents of a batch in as few calls as Xero allows. Throws RetryLater and Stop. */
export async function fetchDocuments(
  changes: DocumentChange[],
  { books, catalogue, expectContacts }: Workspace,
): Promise<Map<string, Fetched>> {
  const ofKind = (kind: DocumentKind) => changes.filter((change) => change.kind === kind);
  const orders = ofKind('purchase-order').map(({ id, version }) => ({
    id,
    ...(version !== undefined && { version }),
  }));
  const bills = ofKind('bill').map(({ id }) => id);
  const fetched = new Map<string, Fetched>([
    ...(orders.length > 0 ? await books.purchaseOrders(orders) : []),
    ...(bills.length > 0 ? await books.bills(bills) : []),
  ]);
  for (const order of await identified([...fetched.values()].filter(isOrder), catalogue)) {
    fetched.set(order.id, order);
    if (order.contact) expectContacts([order.contact.id]);
  }
  return fetched;
}

/** Rules know tracking options by id, so that an option may be renamed. */
async function identified(orders: PurchaseOrder[], catalogue: Catalogue): Promise<PurchaseOrder[]> {
  const named = async () => {
    if (!orders.some(lacksOptionIds)) return orders;
    const options = await catalogue.entries('xero/tracking-options');
    return orders.map((order) => withOptionIds(order, options));
  };
  const known = await named();
  // An option may have got its name a minute ago.
  const doubtful = known.some(lacksOptionIds) && (await catalogue.doubt(['xero/tracking-options'], []));
  return doubtful ? named() : known;
}

function isOrder(document: Fetched): document is PurchaseOrder {
  return document.kind === 'purchase-order';
}

export function readable(document: Fetched | undefined): PurchaseOrder | Bill | undefined {
  return document?.kind === 'unreadable' ? undefined : document;
}
