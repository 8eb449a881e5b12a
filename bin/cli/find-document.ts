import { BadInput } from '../../lib/core/errors.ts';
import type { DocumentRecord } from '../../lib/core/links.ts';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { UNREADABLE } from '../../lib/store/documents.ts';

/** The argument of every command about one document. */
export const WHICH_DOCUMENT = ['<number-or-id>', "the document's number, or its Xero id"] as const;

/**
 * The document that is meant: by its id, else by its number, which is first of all that of a purchase order. Throws
 * BadInput('document-unknown') and BadInput('document-ambiguous') with the id of each.
 */
export async function findDocument(
  connectionId: string,
  wanted: string,
  { documents }: Pick<Deployment, 'documents'>,
): Promise<DocumentRecord> {
  const byId = (await documents.get(connectionId, wanted)) ?? (await documents.get(UNREADABLE, wanted));
  if (byId) return byId;
  const found = await documents.findByNumber(connectionId, wanted);
  const orders = found.filter(({ kind }) => kind === 'purchase-order');
  const [document, ...others] = orders.length > 0 ? orders : found;
  if (!document) throw new BadInput('document-unknown', { facts: { wanted } });
  if (others.length > 0) {
    const documents = found.map(({ kind, supplier, id }) => `${kind} of ${supplier}: ${id}`);
    throw new BadInput('document-ambiguous', { facts: { number: wanted, documents } });
  }
  return document;
}
