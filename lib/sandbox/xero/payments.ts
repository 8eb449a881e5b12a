import type { Books } from './books.ts';
import type { Payment } from './documents.ts';
import type { Resource } from './resource.ts';
import { embeddedContact, secondsUtc } from './show-parts.ts';
import type { Shown } from './wire.ts';

export const payments: Resource<Payment> = {
  name: 'Payments',
  scopes: ['accounting.payments', 'accounting.transactions'],
  id: 'PaymentID',
  records: (books) => books.payments.values(),
  show: (payment, books) => ({
    ...payment,
    BankAmount: payment.Amount,
    Reference: payment.Reference ?? '',
    Account: accountOn(books, payment.Account.AccountID),
    ...paidDocument(books, payment),
    HasAccount: true,
    HasValidationErrors: false,
    UpdatedDateUTCString: secondsUtc(payment.UpdatedDateUTC),
  }),
  paging: 'on-request',
  modifiedSince: true,
  where: true,
  keeps:
    (_query, { removedPaymentsAreListed }) =>
    ({ Status }) =>
      removedPaymentsAreListed || Status !== 'DELETED',
};

function accountOn(books: Books, accountId: string): Shown {
  const code = books.accounts.get(accountId)?.Code;
  return { AccountID: accountId, ...(code !== undefined && { Code: code }) };
}

/** The document paid and what the payment is called after it: refunds of credits have types of their own. */
function paidDocument(books: Books, payment: Payment): Shown {
  const invoice = books.invoices.get(payment.Invoice?.InvoiceID ?? '');
  if (invoice) {
    const { InvoiceID, InvoiceNumber, Type, CurrencyCode } = invoice;
    const Contact = embeddedContact(books, invoice.Contact.ContactID);
    return {
      PaymentType: `${Type}PAYMENT`,
      Invoice: { Type, InvoiceID, InvoiceNumber, Contact, CurrencyCode, ...NOTHING_EMBEDDED },
    };
  }
  const note = books.creditNotes.get(payment.CreditNote?.CreditNoteID ?? '');
  if (!note) return {};
  const { CreditNoteID, CreditNoteNumber, Type } = note;
  return {
    PaymentType: Type === 'ACCPAYCREDIT' ? 'APCREDITPAYMENT' : 'ARCREDITPAYMENT',
    CreditNote: {
      Type,
      CreditNoteID,
      CreditNoteNumber,
      Contact: embeddedContact(books, note.Contact.ContactID),
      LineItems: [],
    },
  };
}

const NOTHING_EMBEDDED = { Payments: [], CreditNotes: [], Prepayments: [], Overpayments: [], LineItems: [] };
