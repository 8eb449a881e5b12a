import type { DocumentChange } from '../../aws/queue.ts';
import type { Carried, DocumentKind, Unreadable } from '../../core/documents.ts';
import { lacksOptionIds, withOptionIds } from '../../core/option-ids.ts';
import type { Catalogue } from '../reference/catalogue.ts';
import type { Workspace } from './workspace.ts';

export type Fetched = Carried | Unreadable;

/** What a listing showed so long ago may have changed since without the connector's having looked again. */
const FRESH_MS = 5 * 60_000;

/**
 * The documents of a batch as they stand now: as a listing has just shown them, else read in as few calls as Xero
 * allows. Throws RetryLater and Stop.
 */
export async function fetchDocuments(
  changes: DocumentChange[],
  { books, catalogue, deployment, expectContacts }: Workspace,
): Promise<Map<string, Fetched>> {
  const stale = deployment.clock.now().getTime() - FRESH_MS;
  const shown = new Map<string, Fetched>();
  for (const { id, kind, record, receivedAt } of changes) {
    if (kind === 'contact' || record === undefined || Date.parse(receivedAt) < stale) continue;
    const document = books.read(kind, record);
    if (document?.id === id) shown.set(id, document);
  }
  const ofKind = (kind: DocumentKind) =>
    changes.filter((change) => change.kind === kind && !shown.has(change.id));
  const sightings = (kind: DocumentKind) =>
    ofKind(kind).map(({ id, version, date }) => ({
      id,
      ...(version !== undefined && { version }),
      ...(date !== undefined && { date }),
    }));
  const orders = sightings('purchase-order');
  const creditNotes = sightings('credit-note');
  const journals = sightings('journal');
  const bills = ofKind('bill').map(({ id }) => id);
  const fetched = new Map<string, Fetched>([
    ...shown,
    ...(orders.length > 0 ? await books.purchaseOrders(orders) : []),
    ...(bills.length > 0 ? await books.bills(bills) : []),
    ...(creditNotes.length > 0 ? await books.creditNotes(creditNotes) : []),
    ...(journals.length > 0 ? await books.journals(journals) : []),
  ]);
  const readables = [...fetched.values()].map(readable).filter((document) => document !== undefined);
  for (const document of await identified(readables, catalogue)) {
    fetched.set(document.id, document);
    if ('contact' in document && document.contact) expectContacts([document.contact.id]);
  }
  return fetched;
}

/** Rules know tracking options by id, so that an option may be renamed. */
export async function identified(documents: Carried[], catalogue: Catalogue): Promise<Carried[]> {
  const named = async () => {
    if (!documents.some(lacksOptionIds)) return documents;
    const options = await catalogue.entries('xero/tracking-options');
    return documents.map((document) => withOptionIds(document, options));
  };
  const known = await named();
  // An option may have got its name a minute ago.
  const doubtful = known.some(lacksOptionIds) && (await catalogue.doubt(['xero/tracking-options'], []));
  return doubtful ? named() : known;
}

export function readable(document: Fetched | undefined): Carried | undefined {
  return document?.kind === 'unreadable' ? undefined : document;
}
