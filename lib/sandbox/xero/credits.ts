import type { Books } from './books.ts';
import type { CreditNote, Prepayment } from './documents.ts';
import { embeddedPayments } from './invoices.ts';
import type { Resource } from './resource.ts';
import { embeddedContact, roundLines, secondsUtc, showLines, withoutLines } from './show-parts.ts';
import type { Unverified } from './unverified.ts';

/** What the endpoints of credit notes and prepayments share. */
const alike = {
  paging: 'on-request',
  modifiedSince: true,
  where: true,
  roundPrices: roundLines,
  summarise: withoutLines,
} as const;

export const creditNotes: Resource<CreditNote> = {
  ...alike,
  name: 'CreditNotes',
  scopes: ['accounting.invoices', 'accounting.transactions'],
  id: 'CreditNoteID',
  otherKey: 'CreditNoteNumber',
  records: (books) => books.creditNotes.values(),
  show: (note, books, unverified) => ({
    ...showCredit(note, books, unverified),
    ID: note.CreditNoteID,
    Payments: embeddedPayments(books, note.CreditNoteID),
  }),
};

export const prepayments: Resource<Prepayment> = {
  ...alike,
  name: 'Prepayments',
  scopes: ['accounting.payments', 'accounting.transactions'],
  id: 'PrepaymentID',
  records: (books) => books.prepayments.values(),
  show({ FullyPaidOnDate, ...prepayment }, books, unverified) {
    return { ...showCredit(prepayment, books, unverified), ID: prepayment.PrepaymentID };
  },
};

function showCredit(credit: CreditNote | Prepayment, books: Books, unverified: Unverified) {
  return {
    ...credit,
    Contact: embeddedContact(books, credit.Contact.ContactID),
    LineItems: showLines(books, credit.LineItems, unverified),
    Allocations: credit.Allocations.map((allocation) => ({
      ...allocation,
      Invoice: {
        InvoiceID: allocation.Invoice.InvoiceID,
        InvoiceNumber: books.invoices.get(allocation.Invoice.InvoiceID)?.InvoiceNumber ?? '',
      },
      IsDeleted: false,
    })),
    UpdatedDateUTCString: secondsUtc(credit.UpdatedDateUTC),
  };
}
