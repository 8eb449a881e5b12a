import type { Books } from './books.ts';
import type { AnyCredit, CreditNote, Overpayment, Prepayment } from './documents.ts';
import { embeddedPayments } from './invoices.ts';
import type { Resource } from './resource.ts';
import { embeddedContact, roundLines, secondsUtc, showLines, withoutLines } from './show-parts.ts';
import type { Unverified } from './unverified.ts';

/** What the endpoints of credits share. */
const alike = {
  paging: 'on-request',
  modifiedSince: true,
  where: true,
  roundPrices: roundLines,
  summarise: withoutLines,
} as const;

export const creditNotes: Resource<CreditNote> = {
  ...alike,
  hasFiles: true,
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

const paidBefore = { ...alike, scopes: ['accounting.payments', 'accounting.transactions'] };

export const prepayments: Resource<Prepayment> = {
  ...paidBefore,
  name: 'Prepayments',
  id: 'PrepaymentID',
  records: (books) => books.prepayments.values(),
  show({ FullyPaidOnDate, ...prepayment }, books, unverified) {
    return { ...showCredit(prepayment, books, unverified), ID: prepayment.PrepaymentID };
  },
};

export const overpayments: Resource<Overpayment> = {
  ...paidBefore,
  name: 'Overpayments',
  id: 'OverpaymentID',
  records: (books) => books.overpayments.values(),
  show({ FullyPaidOnDate, ...overpayment }, books, unverified) {
    return { ...showCredit(overpayment, books, unverified), ID: overpayment.OverpaymentID };
  },
};

function showCredit(credit: AnyCredit, books: Books, unverified: Unverified) {
  return {
    ...credit,
    Contact: embeddedContact(books, credit.Contact.ContactID),
    LineItems: showLines(books, credit.LineItems, unverified),
    Allocations: credit.Allocations.filter(
      ({ IsDeleted }) => unverified.removedAllocationsAreListed || !IsDeleted,
    ).map((allocation) => ({
      ...allocation,
      Invoice: {
        InvoiceID: allocation.Invoice.InvoiceID,
        InvoiceNumber: books.invoices.get(allocation.Invoice.InvoiceID)?.InvoiceNumber ?? '',
      },
      IsDeleted: allocation.IsDeleted ?? false,
    })),
    UpdatedDateUTCString: secondsUtc(credit.UpdatedDateUTC),
  };
}
