import type { DocumentChange } from '../../aws/queue.ts';
import type { Bill, DocumentKind, PurchaseOrder, Unreadable } from '../../core/documents.ts';
import type { Workspace } from './workspace.ts';

export type Fetched = PurchaseOrder | Bill | Unreadable;

/** Reads all documents of a batch in as few calls as Xero allows. Throws RetryLater and Stop. */
export async function fetchDocuments(
  changes: DocumentChange[],
  { books, expectContacts }: Workspace,
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
  expectContacts(
    [...fetched.values()].flatMap((document) =>
      document.kind === 'purchase-order' && document.contact ? [document.contact.id] : [],
    ),
  );
  return fetched;
}

export function readable(document: Fetched | undefined): PurchaseOrder | Bill | undefined {
  return document?.kind === 'unreadable' ? undefined : document;
}
