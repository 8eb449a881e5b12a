import type { PurchaseOrderDraft } from '../xero/documents.ts';
import { daysBefore, guid, momentOn } from './identity.ts';
import type { SeedOrder } from './order.ts';
import { ORDERS } from './orders.ts';
import { PROJECTS } from './projects.ts';
import { SUPPLIERS } from './suppliers.ts';
import { priced } from './xero-priced.ts';
import { contactId } from './xero-reference.ts';

export function seedPurchaseOrders(today: string): PurchaseOrderDraft[] {
  return ORDERS.map((order) => {
    const site = siteOf(order);
    return {
      PurchaseOrderID: guid('purchase-order', order.number),
      PurchaseOrderNumber: order.number,
      Status: order.status,
      Contact: { ContactID: contactId(SUPPLIERS[order.supplier].name) },
      Date: daysBefore(today, order.daysAgo),
      DeliveryDate: daysBefore(today, order.daysAgo - 14),
      ...(site && { DeliveryAddress: site }),
      SentToContact: order.status !== 'DRAFT',
      ...priced(order.number, order),
      UpdatedDateUTC: momentOn(daysBefore(today, Math.max(1, order.daysAgo - 1)), order.number),
    };
  });
}

function siteOf(order: SeedOrder): string | undefined {
  const project = order.lines.find((line) => line.project !== undefined)?.project;
  return project && project !== 'harbor' ? PROJECTS[project].address : undefined;
}
