import { contacts } from './contacts.ts';
import { creditNotes, overpayments, prepayments } from './credits.ts';
import { invoices } from './invoices.ts';
import { manualJournals } from './manual-journals.ts';
import { payments } from './payments.ts';
import { purchaseOrders } from './purchase-orders.ts';
import { accounts, items, organisation, trackingCategories } from './reference-data.ts';
import type { Resource } from './resource.ts';

/** Every endpoint of the accounting API that the sandbox has. */
export const RESOURCES: Resource[] = [
  purchaseOrders,
  invoices,
  creditNotes,
  prepayments,
  overpayments,
  payments,
  contacts,
  accounts,
  items,
  trackingCategories,
  organisation,
  manualJournals,
];
