import { BadInput } from '../../lib/core/errors.ts';
import type { DocumentRecord } from '../../lib/core/links.ts';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { UNREADABLE } from '../../lib/store/documents.ts';

/** The argument of every command about one document. */
export const WHICH_DOCUMENT = ['<number-or-id>', "the document's number, or its Xero id"] as const;

/**
 * The document that is meant: by its id, else by its number, which means the first kind in question that has it: an
 * order's first of all. Throws BadInput('document-unknown') and BadInput('document-ambiguous') with the id of each.
 */
export async function findDocument(
  connectionId: string,
  wanted: string,
  { documents }: Pick<Deployment, 'documents'>,
  kinds: DocumentRecord['kind'][] = ['purchase-order', 'bill', 'credit-note', 'journal', 'contact'],
): Promise<DocumentRecord> {
  const byId = (await documents.get(connectionId, wanted)) ?? (await documents.get(UNREADABLE, wanted));
  if (byId) return byId;
  const found = await documents.findByNumber(connectionId, wanted);
  const [first = []] = kinds
    .map((kind) => found.filter((document) => document.kind === kind))
    .filter((some) => some.length > 0);
  const [document, ...others] = first;
  if (!document) throw new BadInput('document-unknown', { facts: { wanted } });
  if (others.length > 0) {
    const documents = found.map(({ kind, supplier, id }) => `${kind} of ${supplier}: ${id}`);
    throw new BadInput('document-ambiguous', { facts: { number: wanted, documents } });
  }
  return document;
}
