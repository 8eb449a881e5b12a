import type { Books } from './books.ts';
import type {
  CreditNote,
  CreditNoteDraft,
  Invoice,
  InvoiceDraft,
  ManualJournal,
  ManualJournalDraft,
  Overpayment,
  OverpaymentDraft,
  Payment,
  PaymentDraft,
  Prepayment,
  PrepaymentDraft,
  PricedDraft,
  PurchaseOrder,
  PurchaseOrderDraft,
} from './documents.ts';
import { priceLines } from './totals.ts';

/** What making a record needs from outside. */
export interface Desk {
  now(): Date;
  newId(): string;
}

/** Turns what was typed in, over what was there before, into whole records, the way Xero fills them in. Each throws what Xero would refuse. */
export const completeDocument = {
  purchaseOrders(draft: PurchaseOrderDraft, books: Books, desk: Desk): PurchaseOrder {
    return {
      PurchaseOrderID: desk.newId(),
      PurchaseOrderNumber: draft.PurchaseOrderNumber ?? nextNumber('PO-', numbersOf(books)),
      Status: 'DRAFT',
      SentToContact: false,
      ...priced(draft, books, desk),
    };
  },

  invoices(draft: InvoiceDraft, books: Books, desk: Desk): Invoice {
    if (draft.Type === 'ACCPAY') refuseDiscounts(draft);
    return {
      InvoiceID: desk.newId(),
      InvoiceNumber: '',
      Status: 'DRAFT',
      SentToContact: false,
      AmountDue: 0,
      AmountPaid: 0,
      AmountCredited: 0,
      ...priced(draft, books, desk),
    };
  },

  creditNotes(draft: CreditNoteDraft, books: Books, desk: Desk): CreditNote {
    const note = { CreditNoteID: desk.newId(), CreditNoteNumber: '', Status: 'DRAFT' } as const;
    return { ...note, ...credited(draft, books, desk) };
  },

  prepayments(draft: PrepaymentDraft, books: Books, desk: Desk): Prepayment {
    return { PrepaymentID: desk.newId(), Status: 'AUTHORISED', ...credited(draft, books, desk) };
  },

  overpayments(draft: OverpaymentDraft, books: Books, desk: Desk): Overpayment {
    return { OverpaymentID: desk.newId(), Status: 'AUTHORISED', ...credited(draft, books, desk) };
  },

  payments(draft: PaymentDraft, _books: Books, desk: Desk): Payment {
    return {
      PaymentID: desk.newId(),
      Date: today(desk),
      CurrencyRate: 1,
      IsReconciled: false,
      Status: 'AUTHORISED',
      UpdatedDateUTC: desk.now().toISOString(),
      ...draft,
    };
  },

  manualJournals(draft: ManualJournalDraft, _books: Books, desk: Desk): ManualJournal {
    return {
      ManualJournalID: desk.newId(),
      Date: today(desk),
      Status: 'DRAFT',
      LineAmountTypes: 'NoTax',
      HasAttachments: false,
      UpdatedDateUTC: desk.now().toISOString(),
      ...draft,
    };
  },
};

function priced<T extends PricedDraft>(draft: T, books: Books, desk: Desk) {
  const types = draft.LineAmountTypes ?? 'Exclusive';
  const { TotalDiscount, ...totals } = priceLines(
    draft.LineItems ?? [],
    types,
    books.taxRates ?? {},
    desk.newId,
  );
  return {
    Date: today(desk),
    LineAmountTypes: types,
    CurrencyCode: books.baseCurrency,
    CurrencyRate: 1,
    HasAttachments: false,
    UpdatedDateUTC: desk.now().toISOString(),
    ...draft,
    ...totals,
    ...(TotalDiscount !== 0 && { TotalDiscount }),
  };
}

/** What can be set off against invoices. */
function credited<T extends PricedDraft & Pick<CreditNoteDraft, 'Allocations'>>(
  draft: T,
  books: Books,
  desk: Desk,
) {
  refuseDiscounts(draft);
  const Allocations = (draft.Allocations ?? []).map((allocation) => ({
    AllocationID: desk.newId(),
    Date: today(desk),
    ...allocation,
  }));
  return { RemainingCredit: 0, ...priced(draft, books, desk), Allocations };
}

/** Xero has discounts on orders and sales invoices only. */
function refuseDiscounts({ LineItems = [] }: PricedDraft): void {
  if (LineItems.some(({ DiscountRate }) => DiscountRate))
    throw new Error('Bills and credits have no discounts');
}

const today = (desk: Desk): string => desk.now().toISOString().slice(0, 10);

const numbersOf = (books: Books): string[] =>
  [...books.purchaseOrders.values()].map((order) => order.PurchaseOrderNumber);

function nextNumber(prefix: string, taken: string[]): string {
  const last = taken
    .filter((number) => number.startsWith(prefix))
    .reduce((highest, number) => Math.max(highest, Number.parseInt(number.slice(prefix.length), 10) || 0), 0);
  return prefix + String(last + 1).padStart(4, '0');
}
