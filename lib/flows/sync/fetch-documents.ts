import type { DocumentChange } from '../../aws/queue.ts';
import type { Carried, DocumentKind, Unreadable } from '../../core/documents.ts';
import type { Workspace } from './workspace.ts';

export type Fetched = Carried | Unreadable;

/** Reads all documents of a batch in as few calls as Xero allows. Throws RetryLater and Stop. */
export async function fetchDocuments(
  changes: DocumentChange[],
  { books, expectContacts }: Workspace,
): Promise<Map<string, Fetched>> {
  const ofKind = (kind: DocumentKind) => changes.filter((change) => change.kind === kind);
  const sightings = (kind: DocumentKind) =>
    ofKind(kind).map(({ id, version }) => ({ id, ...(version !== undefined && { version }) }));
  const orders = sightings('purchase-order');
  const creditNotes = sightings('credit-note');
  const journals = sightings('journal');
  const bills = ofKind('bill').map(({ id }) => id);
  const fetched = new Map<string, Fetched>([
    ...(orders.length > 0 ? await books.purchaseOrders(orders) : []),
    ...(bills.length > 0 ? await books.bills(bills) : []),
    ...(creditNotes.length > 0 ? await books.creditNotes(creditNotes) : []),
    ...(journals.length > 0 ? await books.journals(journals) : []),
  ]);
  expectContacts(
    [...fetched.values()].flatMap((document) =>
      'contact' in document && document.contact ? [document.contact.id] : [],
    ),
  );
  return fetched;
}

export function readable(document: Fetched | undefined): Carried | undefined {
  return document?.kind === 'unreadable' ? undefined : document;
}
