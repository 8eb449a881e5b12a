import type { Books } from './books.ts';
import { completeDocument } from './complete-documents.ts';
import type { Invoice, InvoiceDraft } from './documents.ts';
import type { Edit, EditOptions, Office } from './enter.ts';
import { enter, stamping, stampOf } from './enter.ts';
import { settleInvoice } from './settlement.ts';

/** Bills and sales invoices as people in Xero edit them. */
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
        stamping(office, { silent }),
      );
      settleInvoice(books, record);
      markContact(books, record);
      if (!silent) publishInvoice(office, tenantId, record, before ? 'UPDATE' : 'CREATE');
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
