import type { SeedBill } from './bill.ts';
import { BILLS_OF_ORDERS } from './bills-of-orders.ts';
import { BILLS_WITHOUT_ORDER } from './bills-without-order.ts';

/** All sixty bills, oldest first. */
export const BILLS: readonly SeedBill[] = [...BILLS_OF_ORDERS, ...BILLS_WITHOUT_ORDER].toSorted(
  (a, b) => b.daysAgo - a.daysAgo || a.key.localeCompare(b.key),
);
