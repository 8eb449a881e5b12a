import { completeDocument } from './complete-documents.ts';
import type { ManualJournal, ManualJournalDraft, PurchaseOrder, PurchaseOrderDraft } from './documents.ts';
import type { Edit, EditOptions, Office } from './enter.ts';
import { enter, stamping } from './enter.ts';

/** Purchase orders and manual journals as people in Xero edit them: neither has a webhook. */
export function orderEdits(office: Office) {
  return {
    /** Throws for a deleted order and for a number that another order has. */
    savePurchaseOrder(
      tenantId: string,
      edit: Edit<PurchaseOrderDraft, 'PurchaseOrderID'>,
      options?: EditOptions,
    ): PurchaseOrder {
      const books = office.books(tenantId);
      const before = edit.PurchaseOrderID ? books.purchaseOrders.get(edit.PurchaseOrderID) : undefined;
      if (before?.Status === 'DELETED') throw new Error('A deleted purchase order cannot be edited');
      for (const other of books.purchaseOrders.values()) {
        if (other !== before && other.PurchaseOrderNumber === edit.PurchaseOrderNumber)
          throw new Error(`Purchase order number ${other.PurchaseOrderNumber} is taken`);
      }
      return enter(
        books.purchaseOrders,
        'PurchaseOrderID',
        edit,
        (draft: PurchaseOrderDraft) => completeDocument.purchaseOrders(draft, books, office),
        stamping(office, options),
      ).record;
    },

    saveManualJournal(
      tenantId: string,
      edit: Edit<ManualJournalDraft, 'ManualJournalID'>,
      options?: EditOptions,
    ): ManualJournal {
      const books = office.books(tenantId);
      return enter(
        books.manualJournals,
        'ManualJournalID',
        edit,
        (draft: ManualJournalDraft) => completeDocument.manualJournals(draft, books, office),
        stamping(office, options),
      ).record;
    },
  };
}
