import type { Books } from './books.ts';
import { completeDocument } from './complete-documents.ts';
import type {
  AnyCredit,
  CreditNote,
  CreditNoteDraft,
  Overpayment,
  OverpaymentDraft,
  Prepayment,
  PrepaymentDraft,
} from './documents.ts';
import { touchInvoice } from './edit-invoices.ts';
import type { Edit, EditOptions, Office } from './enter.ts';
import { enter, stamping, stampOf } from './enter.ts';
import type { BookEvent } from './events.ts';
import { creditsOf, settleCredit, settleInvoice } from './settlement.ts';
import type { Unverified } from './unverified.ts';

/** Credit notes, prepayments and overpayments as people in Xero edit them. What they are set off against is touched, too. */
export function creditEdits(office: Office, { allocationRemovalsTouch }: Unverified) {
  /** Settles what was entered, tells of it and touches the invoices. */
  function settled<Credit extends AnyCredit>(
    tenantId: string,
    before: Credit | undefined,
    after: Credit,
    options?: EditOptions,
  ): Credit {
    const books = office.books(tenantId);
    settleCredit(books, after);
    if (!options?.silent) publish(tenantId, after, before ? 'UPDATE' : 'CREATE');
    touchAllocated(office, tenantId, before, after);
    return after;
  }

  function publish(tenantId: string, credit: AnyCredit, eventType: BookEvent['eventType']): void {
    const event = eventOf(credit);
    if (event) office.publish({ tenantId, eventType, ...event });
  }

  return {
    saveCreditNote(tenantId: string, edit: Edit<CreditNoteDraft, 'CreditNoteID'>, options?: EditOptions) {
      const books = office.books(tenantId);
      const { record, before } = enter(
        books.creditNotes,
        'CreditNoteID',
        edit,
        (draft: CreditNoteDraft): CreditNote => completeDocument.creditNotes(draft, books, office),
        stamping(office, options),
      );
      return settled(tenantId, before, record, options);
    },

    savePrepayment(tenantId: string, edit: Edit<PrepaymentDraft, 'PrepaymentID'>, options?: EditOptions) {
      const books = office.books(tenantId);
      const { record, before } = enter(
        books.prepayments,
        'PrepaymentID',
        edit,
        (draft: PrepaymentDraft): Prepayment => completeDocument.prepayments(draft, books, office),
        stamping(office, options),
      );
      return settled(tenantId, before, record, options);
    },

    saveOverpayment(tenantId: string, edit: Edit<OverpaymentDraft, 'OverpaymentID'>, options?: EditOptions) {
      const books = office.books(tenantId);
      const { record, before } = enter(
        books.overpayments,
        'OverpaymentID',
        edit,
        (draft: OverpaymentDraft): Overpayment => completeDocument.overpayments(draft, books, office),
        stamping(office, options),
      );
      return settled(tenantId, before, record, options);
    },

    /** Takes back what of a credit was set off against an invoice. Throws where there is no such allocation. */
    removeAllocation(tenantId: string, allocationId: string): void {
      const books = office.books(tenantId);
      const { credit, allocation } = allocationIn(books, allocationId);
      allocation.IsDeleted = true;
      settleCredit(books, credit);
      const invoiceId = allocation.Invoice.InvoiceID;
      settleInvoice(books, books.invoices.get(invoiceId)!);
      if (!allocationRemovalsTouch) return;
      Object.assign(credit, stampOf(office, undefined));
      publish(tenantId, credit, 'UPDATE');
      touchInvoice(office, tenantId, invoiceId);
    },
  };
}

/** Overpayments have no webhook. */
function eventOf(credit: AnyCredit): Pick<BookEvent, 'eventCategory' | 'resourceId' | 'data'> | undefined {
  const { Type, Status, UpdatedDateUTC: UpdatedDateUTCString } = credit;
  if ('CreditNoteID' in credit)
    return { eventCategory: 'CREDITNOTE', resourceId: credit.CreditNoteID, data: { Type, Status } };
  if (!('PrepaymentID' in credit)) return undefined;
  const data = { Type, Status, UpdatedDateUTCString };
  return { eventCategory: 'PREPAYMENT', resourceId: credit.PrepaymentID, data };
}

function allocationIn(books: Books, allocationId: string) {
  for (const credit of creditsOf(books)) {
    const allocation = credit.Allocations.find((one) => one.AllocationID === allocationId);
    if (allocation) return { credit, allocation };
  }
  throw new Error(`There is no allocation ${allocationId}`);
}

function touchAllocated(
  office: Office,
  tenantId: string,
  before: AnyCredit | undefined,
  after: AnyCredit,
): void {
  const key = (credit: AnyCredit | undefined) =>
    new Map(credit?.Allocations.map((allocation) => [allocation.AllocationID, allocation]));
  const [old, now] = [key(before), key(after)];
  for (const [id, { Invoice }] of [...old, ...now]) {
    if (!old.has(id) || !now.has(id)) touchInvoice(office, tenantId, Invoice.InvoiceID);
  }
}
