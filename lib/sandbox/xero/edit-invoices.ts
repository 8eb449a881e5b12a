import type { Books } from './books.ts';
import { completeDocument } from './complete-documents.ts';
import type {
  CreditNote,
  CreditNoteDraft,
  Invoice,
  InvoiceDraft,
  Prepayment,
  PrepaymentDraft,
} from './documents.ts';
import type { Edit, EditOptions, Office } from './enter.ts';
import { enter, stampOf } from './enter.ts';
import { settleCredit, settleInvoice } from './settlement.ts';

/** Bills, sales invoices and credits as people in Xero edit them. */
export function invoiceEdits(office: Office) {
  return {
    /** Throws for a voided or deleted invoice, and where a paid one is to be voided. */
    saveInvoice(tenantId: string, edit: Edit<InvoiceDraft, 'InvoiceID'>, options?: EditOptions): Invoice {
      const books = office.books(tenantId);
      const before = edit.InvoiceID ? books.invoices.get(edit.InvoiceID) : undefined;
      if (before) refuseInvoice(before, edit);
      const silent = options?.silent || (before !== undefined && movesNoStamp(before, edit));
      const { record } = enter(
        books.invoices,
        'InvoiceID',
        edit,
        (draft: InvoiceDraft) => completeDocument.invoices(draft, books, office),
        stampOf(office, before, { silent }),
      );
      settleInvoice(books, record);
      markContact(books, record);
      if (!silent) publishInvoice(office, tenantId, record, before ? 'UPDATE' : 'CREATE');
      return record;
    },

    /** Allocations set off against an invoice touch it too. */
    saveCreditNote(tenantId: string, edit: Edit<CreditNoteDraft, 'CreditNoteID'>, options?: EditOptions) {
      const books = office.books(tenantId);
      const before = edit.CreditNoteID ? books.creditNotes.get(edit.CreditNoteID) : undefined;
      const { record } = enter(
        books.creditNotes,
        'CreditNoteID',
        edit,
        (draft: CreditNoteDraft) => completeDocument.creditNotes(draft, books, office),
        stampOf(office, before, options),
      );
      settleCredit(books, record);
      if (!options?.silent) {
        office.publish({
          tenantId,
          eventCategory: 'CREDITNOTE',
          eventType: before ? 'UPDATE' : 'CREATE',
          resourceId: record.CreditNoteID,
          data: { Type: record.Type, Status: record.Status },
        });
      }
      touchAllocated(office, tenantId, before, record);
      return record;
    },

    savePrepayment(tenantId: string, edit: Edit<PrepaymentDraft, 'PrepaymentID'>, options?: EditOptions) {
      const books = office.books(tenantId);
      const before = edit.PrepaymentID ? books.prepayments.get(edit.PrepaymentID) : undefined;
      const { record } = enter(
        books.prepayments,
        'PrepaymentID',
        edit,
        (draft: PrepaymentDraft) => completeDocument.prepayments(draft, books, office),
        stampOf(office, before, options),
      );
      settleCredit(books, record);
      if (!options?.silent) {
        office.publish({
          tenantId,
          eventCategory: 'PREPAYMENT',
          eventType: before ? 'UPDATE' : 'CREATE',
          resourceId: record.PrepaymentID,
          data: { Type: record.Type, Status: record.Status, UpdatedDateUTCString: record.UpdatedDateUTC },
        });
      }
      touchAllocated(office, tenantId, before, record);
      return record;
    },
  };
}

/** Settles the invoice and counts it as updated: what a payment or an allocation does to it. */
export function touchInvoice(office: Office, tenantId: string, invoiceId: string): void {
  const books = office.books(tenantId);
  const invoice = books.invoices.get(invoiceId);
  if (!invoice) throw new Error(`There is no invoice ${invoiceId}`);
  settleInvoice(books, invoice);
  Object.assign(invoice, stampOf(office, undefined));
  publishInvoice(office, tenantId, invoice, 'UPDATE');
}

function touchAllocated(
  office: Office,
  tenantId: string,
  before: CreditNote | Prepayment | undefined,
  after: CreditNote | Prepayment,
): void {
  const key = (credit: CreditNote | Prepayment | undefined) =>
    new Map(credit?.Allocations.map((allocation) => [allocation.AllocationID, allocation]));
  const [old, now] = [key(before), key(after)];
  for (const [id, { Invoice }] of [...old, ...now]) {
    if (!old.has(id) || !now.has(id)) touchInvoice(office, tenantId, Invoice.InvoiceID);
  }
}

function publishInvoice(office: Office, tenantId: string, invoice: Invoice, eventType: 'CREATE' | 'UPDATE') {
  office.publish({ tenantId, eventCategory: 'INVOICE', eventType, resourceId: invoice.InvoiceID });
}

function refuseInvoice(before: Invoice, edit: Partial<InvoiceDraft>): void {
  if (before.Status === 'VOIDED' || before.Status === 'DELETED')
    throw new Error(`An invoice that is ${before.Status} cannot be edited`);
  const dies = edit.Status === 'VOIDED' || edit.Status === 'DELETED';
  if (dies && before.AmountPaid + before.AmountCredited !== 0)
    throw new Error('An invoice with payments or credits cannot be voided');
}

/** Xero docs: due date or sent edits on a partly paid document do not move its UpdatedDateUTC. */
function movesNoStamp(before: Invoice, edit: Partial<InvoiceDraft>): boolean {
  const quiet = ['InvoiceID', 'DueDate', 'SentToContact'];
  return before.AmountPaid > 0 && Object.keys(edit).every((field) => quiet.includes(field));
}

/** Being on a bill makes a contact a supplier, silently. */
function markContact(books: Books, invoice: Invoice): void {
  const contact = books.contacts.get(invoice.Contact.ContactID);
  if (contact) contact[invoice.Type === 'ACCPAY' ? 'IsSupplier' : 'IsCustomer'] = true;
}
