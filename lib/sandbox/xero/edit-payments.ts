import type { Books } from './books.ts';
import { completeDocument } from './complete-documents.ts';
import type { Payment, PaymentDraft } from './documents.ts';
import { touchInvoice } from './edit-invoices.ts';
import type { Office } from './enter.ts';
import { stampOf } from './enter.ts';
import { settleCredit } from './settlement.ts';

/** Payments as people in Xero make and remove them; the document paid follows at once. */
export function paymentEdits(office: Office, { paymentEvents }: { paymentEvents: boolean }) {
  const edits = {
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

    /** Pays several bills at once. Returns the batch's id. Throws where one of them cannot be paid so. */
    saveBatchPayment(
      tenantId: string,
      {
        Payments,
        ...batch
      }: { Payments: Pick<PaymentDraft, 'Invoice' | 'Amount'>[] } & Pick<PaymentDraft, 'Account' | 'Date'>,
    ): string {
      for (const draft of Payments) refusePayment(office.books(tenantId), { ...batch, ...draft });
      const BatchPaymentID = office.newId();
      for (const draft of Payments) edits.savePayment(tenantId, { ...batch, ...draft, BatchPaymentID });
      return BatchPaymentID;
    },

    /** A batch is removed whole. Throws where there is none. */
    removeBatchPayment(tenantId: string, batchPaymentId: string): void {
      const batch = [...office.books(tenantId).payments.values()].filter(
        ({ BatchPaymentID, Status }) => BatchPaymentID === batchPaymentId && Status !== 'DELETED',
      );
      if (batch.length === 0) throw new Error(`There is no batch payment ${batchPaymentId}`);
      for (const { PaymentID } of batch) edits.removePayment(tenantId, PaymentID);
    },
  };
  return edits;

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
