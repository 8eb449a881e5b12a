import type { Bill, Carried, CreditNote, Journal, PurchaseOrder } from '../core/documents.ts';
import type { Books } from '../core/ports.ts';
import type { XeroApi } from './api.ts';
import { isBill, readBill } from './bill-wire.ts';
import { isSuppliersCredit, readCreditNote } from './credit-note-wire.ts';
import type { DocumentList } from './document-lists.ts';
import { bySighting, changedSince, datedFrom } from './document-lists.ts';
import { readJournal } from './journal-wire.ts';
import { byId, readAll, recordsByIds } from './listing.ts';
import { readPurchaseOrder } from './purchase-order-wire.ts';

/** Without this Xero rounds unit prices to two decimals. Orders have four anyway and do not know it. */
const FOUR_DECIMALS = { unitdp: '4' };

const ORDERS: DocumentList<PurchaseOrder> = {
  endpoint: 'PurchaseOrders',
  read: readPurchaseOrder,
  dates: { from: 'DateFrom', to: 'DateTo' },
};

const BILLS: DocumentList<Bill> = {
  endpoint: 'Invoices',
  read: readBill,
  holds: isBill,
  query: FOUR_DECIMALS,
  where: 'Type=="ACCPAY"',
};

const CREDIT_NOTES: DocumentList<CreditNote> = {
  endpoint: 'CreditNotes',
  read: readCreditNote,
  holds: isSuppliersCredit,
  query: FOUR_DECIMALS,
  where: 'Type=="ACCPAYCREDIT"',
};

const JOURNALS: DocumentList<Journal> = { endpoint: 'ManualJournals', read: readJournal };

const LISTS: { [Kind in Carried['kind']]: DocumentList<Extract<Carried, { kind: Kind }>> } = {
  'purchase-order': ORDERS,
  bill: BILLS,
  'credit-note': CREDIT_NOTES,
  journal: JOURNALS,
};

type Documents =
  | 'documentsDatedFrom'
  | 'purchaseOrders'
  | 'purchaseOrdersSince'
  | 'bills'
  | 'billsSince'
  | 'creditNotes'
  | 'creditNotesSince'
  | 'journals'
  | 'journalsSince'
  | 'read';

/** The documents that the connector moves. Only `Invoices` can be asked for several ids at once. */
export function documentBooks(api: XeroApi): Pick<Books, Documents> {
  return {
    read: (kind, record) => LISTS[kind].read(record),
    documentsDatedFrom: (kind, date) => datedFrom<Carried>(api, LISTS[kind], date),
    purchaseOrders: (wanted) => bySighting(api, ORDERS, wanted),
    async *purchaseOrdersSince(since) {
      for await (const { documents, ...page } of changedSince(api, ORDERS, since)) {
        yield { ...page, orders: documents };
      }
    },
    bills: async (ids) => {
      const records = await recordsByIds(api, 'Invoices', ids, FOUR_DECIMALS);
      return byId(readAll(records.filter(isBill), readBill));
    },
    async *billsSince(since) {
      for await (const { documents, ...page } of changedSince(api, BILLS, since)) {
        yield { ...page, bills: documents };
      }
    },
    creditNotes: (wanted) => bySighting(api, CREDIT_NOTES, wanted),
    async *creditNotesSince(since) {
      for await (const { documents, ...page } of changedSince(api, CREDIT_NOTES, since)) {
        yield { ...page, creditNotes: documents };
      }
    },
    journals: (wanted) => bySighting(api, JOURNALS, wanted),
    async *journalsSince(since) {
      for await (const { documents, ...page } of changedSince(api, JOURNALS, since)) {
        yield { ...page, journals: documents };
      }
    },
  };
}
