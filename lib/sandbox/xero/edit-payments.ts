import type { Books } from './books.ts';
import { completeDocument } from './complete-documents.ts';
import type { Payment, PaymentDraft } from './documents.ts';
import { touchInvoice } from './edit-invoices.ts';
import type { Office } from './enter.ts';
import { stampOf } from './enter.ts';
import { settleCredit } from './settlement.ts';

/** Payments as people in Xero make and remove them; the document paid follows at once. */
export function paymentEdits(office: Office, { paymentEvents }: { paymentEvents: boolean }) {
  return {
    /** Throws where the invoice is not approved or less is due than is paid. */
    savePayment(tenantId: string, draft: PaymentDraft): Payment {
      const books = office.books(tenantId);
      refusePayment(books, draft);
      const payment = completeDocument.payments(draft, books, office);
      books.payments.set(payment.PaymentID, payment);
      follow(tenantId, books, payment, 'CREATE');
      return payment;
    },

    /** Throws where there is no such payment. */
    removePayment(tenantId: string, paymentId: string): Payment {
      const books = office.books(tenantId);
      const payment = books.payments.get(paymentId);
      if (!payment) throw new Error(`There is no payment ${paymentId}`);
      Object.assign(payment, { Status: 'DELETED' }, stampOf(office, undefined));
      follow(tenantId, books, payment, 'UPDATE');
      return payment;
    },
  };

  function follow(tenantId: string, books: Books, payment: Payment, eventType: 'CREATE' | 'UPDATE') {
    if (paymentEvents)
      office.publish({ tenantId, eventCategory: 'PAYMENT', eventType, resourceId: payment.PaymentID });
    if (payment.Invoice) touchInvoice(office, tenantId, payment.Invoice.InvoiceID);
    const credit = books.creditNotes.get(payment.CreditNote?.CreditNoteID ?? '');
    if (credit) settleCredit(books, credit);
  }
}

function refusePayment(books: Books, draft: PaymentDraft): void {
  if (!draft.Invoice) return;
  const invoice = books.invoices.get(draft.Invoice.InvoiceID);
  if (invoice?.Status !== 'AUTHORISED') throw new Error('Only an approved invoice can be paid');
  if (draft.Amount > invoice.AmountDue) throw new Error(`Only ${invoice.AmountDue} is due on the invoice`);
}
