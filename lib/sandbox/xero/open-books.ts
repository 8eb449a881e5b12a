import type { Books, XeroOrganisationData } from './books.ts';
import type { Desk } from './complete-documents.ts';
import { completeDocument } from './complete-documents.ts';
import { completeReference } from './complete-reference.ts';
import { creditsOf, settleCredit, settleInvoice } from './settlement.ts';

/** Makes an organisation's books from what it starts with: every record completed, everything settled. */
export function openBooks(data: XeroOrganisationData, desk: Desk): Books {
  const books: Books = {
    ...data,
    taxRates: { NONE: 0, ...data.taxRates },
    contacts: new Map(),
    accounts: new Map(),
    items: new Map(),
    trackingCategories: new Map(),
    purchaseOrders: new Map(),
    invoices: new Map(),
    creditNotes: new Map(),
    prepayments: new Map(),
    overpayments: new Map(),
    payments: new Map(),
    manualJournals: new Map(),
    attachments: new Map(),
  };
  fill(data.contacts, books.contacts, 'ContactID', (draft) => completeReference.contacts(draft, books, desk));
  fill(data.accounts, books.accounts, 'AccountID', (draft) => completeReference.accounts(draft, books, desk));
  fill(data.items, books.items, 'ItemID', (draft) => completeReference.items(draft, books, desk));
  fill(data.trackingCategories, books.trackingCategories, 'TrackingCategoryID', (draft) =>
    completeReference.trackingCategories(draft, books, desk),
  );
  fill(data.purchaseOrders, books.purchaseOrders, 'PurchaseOrderID', (draft) =>
    completeDocument.purchaseOrders(draft, books, desk),
  );
  fill(data.invoices, books.invoices, 'InvoiceID', (draft) => completeDocument.invoices(draft, books, desk));
  fill(data.creditNotes, books.creditNotes, 'CreditNoteID', (draft) =>
    completeDocument.creditNotes(draft, books, desk),
  );
  fill(data.prepayments, books.prepayments, 'PrepaymentID', (draft) =>
    completeDocument.prepayments(draft, books, desk),
  );
  fill(data.overpayments, books.overpayments, 'OverpaymentID', (draft) =>
    completeDocument.overpayments(draft, books, desk),
  );
  fill(data.payments, books.payments, 'PaymentID', (draft) => completeDocument.payments(draft, books, desk));
  fill(data.manualJournals, books.manualJournals, 'ManualJournalID', (draft) =>
    completeDocument.manualJournals(draft, books, desk),
  );
  for (const invoice of books.invoices.values()) settleInvoice(books, invoice);
  for (const credit of creditsOf(books)) settleCredit(books, credit);
  return books;
}

function fill<D, R, K extends keyof R>(
  drafts: D[] | undefined,
  table: Map<R[K], R>,
  id: K,
  complete: (draft: D) => R,
) {
  for (const draft of drafts ?? []) {
    const record = complete(draft);
    table.set(record[id], record);
  }
}
