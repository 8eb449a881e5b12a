import type { Books } from './books.ts';
import type { CreditNote, Invoice, Prepayment } from './documents.ts';
import { invalid } from './refusals.ts';
import type { Resource } from './resource.ts';
import { creditsOn, paymentsOn } from './settlement.ts';
import { embeddedContact, roundLines, secondsUtc, showLines, withoutLines } from './show-parts.ts';
import type { Shown } from './wire.ts';

/** Bills and sales invoices in one. */
export const invoices: Resource<Invoice> = {
  name: 'Invoices',
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
    Overpayments: [],
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
  return paymentsOn(books, documentId).map(({ PaymentID, Date: date, Amount, Reference, CurrencyRate }) => ({
    PaymentID,
    Date: date,
    Amount,
    Reference: Reference ?? '',
    CurrencyRate,
    HasAccount: false,
    HasValidationErrors: false,
  }));
}

function embeddedCredits(books: Books, invoiceId: string) {
  const credits = creditsOn(books, invoiceId);
  return {
    CreditNotes: credits.flatMap(({ credit, allocation }) =>
      'CreditNoteID' in credit ? [creditNoteOn(credit, allocation.Amount)] : [],
    ),
    Prepayments: credits.flatMap(({ credit, allocation }) =>
      'PrepaymentID' in credit ? [prepaymentOn(credit, allocation.Amount)] : [],
    ),
  };
}

const creditNoteOn = ({ CreditNoteID, CreditNoteNumber, Date: date, Total }: CreditNote, amount: number) => ({
  CreditNoteID,
  CreditNoteNumber,
  Date: date,
  Total,
  AppliedAmount: amount,
  HasErrors: false,
  LineItems: [],
});

const prepaymentOn = ({ PrepaymentID, Date: date, Total }: Prepayment, amount: number) => ({
  PrepaymentID,
  Date: date,
  Total,
  AppliedAmount: amount,
  LineItems: [],
});
