import * as z from 'zod/mini';
import type { Attachment, DocumentWithFiles } from '../core/documents.ts';
import { Stop } from '../core/errors.ts';
import type { Books } from '../core/ports.ts';
import { id, misfit, optionalAmount, optionalText } from '../http/fields.ts';
import type { Endpoint, XeroApi } from './api.ts';

const ENDPOINTS: Record<DocumentWithFiles, Endpoint> = {
  'purchase-order': 'PurchaseOrders',
  bill: 'Invoices',
  'credit-note': 'CreditNotes',
  journal: 'ManualJournals',
};

const attachmentsWire = z.array(
  z.object({
    AttachmentID: id,
    FileName: optionalText,
    MimeType: optionalText,
    ContentLength: optionalAmount,
  }),
);

/** Files at documents. Needs the scope of attachments beside that of the document. */
export function attachmentBooks(api: XeroApi): Pick<Books, 'attachments' | 'attachment'> {
  return {
    attachments: async (kind, documentId) => {
      const records = await api.parts(ENDPOINTS[kind], documentId, 'Attachments');
      const read = attachmentsWire.safeParse(records);
      if (read.success) return read.data.map(toAttachment);
      throw new Stop('answer-unreadable', { facts: { what: 'Attachments', why: misfit(read.error) } });
    },
    attachment: (kind, documentId, { id, mimeType }) =>
      api.file(`${ENDPOINTS[kind]}/${documentId}/Attachments/${id}`, mimeType),
  };
}

function toAttachment(wire: z.infer<typeof attachmentsWire>[number]): Attachment {
  return {
    id: wire.AttachmentID,
    fileName: wire.FileName ?? wire.AttachmentID,
    mimeType: wire.MimeType ?? 'application/octet-stream',
    size: wire.ContentLength?.toNumber() ?? 0,
  };
}
