import type { Books } from './books.ts';
import type { Attachment } from './documents.ts';
import type { Office } from './enter.ts';
import { stampOf } from './enter.ts';
import type { Unverified } from './unverified.ts';

/** Xero takes no more than ten files for a document through its API. */
const MOST_FILES = 10;

/** Files as people in Xero put them to documents and take them away. */
export function attachmentEdits(office: Office, { attachmentsTouchDocuments }: Unverified) {
  function changed(tenantId: string, documentId: string, files: Attachment[]): void {
    const books = office.books(tenantId);
    books.attachments.set(documentId, files);
    const document = documentIn(books, documentId);
    document.HasAttachments = files.length > 0;
    if (attachmentsTouchDocuments) Object.assign(document, stampOf(office, undefined));
  }

  return {
    /** Throws where there is no such document, or it has ten files. */
    attach(tenantId: string, documentId: string, file: Omit<Attachment, 'AttachmentID'>): Attachment {
      const files = office.books(tenantId).attachments.get(documentId) ?? [];
      if (files.length >= MOST_FILES) throw new Error(`There are ${MOST_FILES} files at ${documentId}`);
      const attachment = { AttachmentID: office.newId(), ...file };
      changed(tenantId, documentId, [...files, attachment]);
      return attachment;
    },
    detach(tenantId: string, documentId: string, attachmentId: string): void {
      const files = office.books(tenantId).attachments.get(documentId) ?? [];
      changed(
        tenantId,
        documentId,
        files.filter(({ AttachmentID }) => AttachmentID !== attachmentId),
      );
    },
  };
}

function documentIn(books: Books, id: string) {
  const { purchaseOrders, invoices, creditNotes, manualJournals } = books;
  const document =
    purchaseOrders.get(id) ?? invoices.get(id) ?? creditNotes.get(id) ?? manualJournals.get(id);
  if (!document) throw new Error(`There is no document ${id} that takes files`);
  return document;
}
