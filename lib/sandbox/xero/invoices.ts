import type { Books } from './books.ts';
import type { Invoice } from './documents.ts';
import { invalid } from './refusals.ts';
import type { Resource } from './resource.ts';
import { creditsOn, paymentsOn } from './settlement.ts';
import { embeddedContact, roundLines, secondsUtc, showLines, withoutLines } from './show-parts.ts';
import type { Shown } from './wire.ts';

/** Bills and sales invoices in one. */
export const invoices: Resource<Invoice> = {
  name: 'Invoices',
  hasFiles: true,
  scopes: ['accounting.invoices', 'accounting.transactions'],
  id: 'InvoiceID',
  otherKey: 'InvoiceNumber',
  records: (books) => books.invoices.values(),
  show: (invoice, books, unverified) => ({
    ...invoice,
    Contact: embeddedContact(books, invoice.Contact.ContactID),
    LineItems: showLines(books, invoice.LineItems, unverified),
    Payments: embeddedPayments(books, invoice.InvoiceID),
    ...embeddedCredits(books, invoice.InvoiceID),
    IsDiscounted: invoice.TotalDiscount !== undefined,
    HasErrors: false,
    UpdatedDateUTCString: secondsUtc(invoice.UpdatedDateUTC),
  }),
  paging: 'on-request',
  modifiedSince: true,
  where: true,
  lists: {
    IDs: 'InvoiceID',
    InvoiceNumbers: 'InvoiceNumber',
    ContactIDs: 'Contact.ContactID',
    Statuses: 'Status',
  },
  roundPrices: roundLines,
  summarise: withoutLines,
  heavy: ['LineItems', 'Payments', 'CreditNotes', 'Prepayments', 'Overpayments', 'HasErrors'],
  keeps(query) {
    for (const id of query.get('IDs')?.split(',') ?? []) {
      if (!/^[0-9a-f-]{36}$/i.test(id.trim())) throw invalid(`'${id}' is not a valid InvoiceID`);
    }
    return () => true;
  },
};

/** Payments on a document as it repeats them: without status, and a removed one is not there any more. */
export function embeddedPayments(books: Books, documentId: string): Shown[] {
  return paymentsOn(books, documentId).map((payment) => {
    const { PaymentID, BatchPaymentID, Date: date, Amount, Reference, CurrencyRate } = payment;
    return {
      PaymentID,
      ...(BatchPaymentID !== undefined && { BatchPaymentID }),
      Date: date,
      Amount,
      Reference: Reference ?? '',
      CurrencyRate,
      HasAccount: false,
      HasValidationErrors: false,
    };
  });
}

/** What was set off against the invoice, kind by kind, as it repeats it. */
function embeddedCredits(books: Books, invoiceId: string) {
  const parts = creditsOn(books, invoiceId).map(({ credit, allocation: { Amount: AppliedAmount } }) => {
    const { Date: date, Total } = credit;
    return { credit, shown: { Date: date, Total, AppliedAmount, LineItems: [] } };
  });
  return {
    CreditNotes: parts.flatMap(({ credit, shown }) => {
      if (!('CreditNoteID' in credit)) return [];
      const { CreditNoteID, CreditNoteNumber } = credit;
      return [{ CreditNoteID, CreditNoteNumber, ...shown, HasErrors: false }];
    }),
    Prepayments: parts.flatMap(({ credit, shown }) =>
      'PrepaymentID' in credit ? [{ PrepaymentID: credit.PrepaymentID, ...shown }] : [],
    ),
    Overpayments: parts.flatMap(({ credit, shown }) =>
      'OverpaymentID' in credit ? [{ OverpaymentID: credit.OverpaymentID, ...shown }] : [],
    ),
  };
}
