import type { PurchaseOrder } from './documents.ts';
import { calendarDate } from './query.ts';
import { invalid } from './refusals.ts';
import type { Resource } from './resource.ts';
import { embeddedContact, showLines } from './show-parts.ts';

const STATUSES = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'BILLED', 'DELETED'];

/** No `where`, no `IDs`, no `unitdp`; paged even where nobody asks, with lines in full. */
export const purchaseOrders: Resource<PurchaseOrder> = {
  name: 'PurchaseOrders',
  hasFiles: true,
  scopes: ['accounting.invoices', 'accounting.transactions'],
  id: 'PurchaseOrderID',
  otherKey: 'PurchaseOrderNumber',
  records: (books) => books.purchaseOrders.values(),
  show: (order, books, unverified) => ({
    ...order,
    Type: 'PURCHASEORDER',
    Contact: embeddedContact(books, order.Contact.ContactID),
    LineItems: showLines(books, order.LineItems, unverified),
    IsDiscounted: order.TotalDiscount !== undefined,
    HasErrors: false,
  }),
  paging: 'always',
  modifiedSince: true,
  order: (unverified) => unverified.purchaseOrdersObeyOrder,
  keeps(query) {
    const status = query.get('Status');
    if (status !== undefined && !STATUSES.includes(status)) throw invalid(`${status} is not a valid Status`);
    const [from, to] = [calendarDate(query, 'DateFrom'), calendarDate(query, 'DateTo')];
    return (order) =>
      (status === undefined || order.Status === status) &&
      (from === undefined || String(order.Date) >= from) &&
      (to === undefined || String(order.Date) <= to);
  },
};
