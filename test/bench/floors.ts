import type { BillPaper, OrderPaper } from './carrying/workload.ts';

/** The vendors' largest batches, by which no connector can do with fewer calls. */
const BATCHES = {
  /** Items of one `PATCH …/sync` (Procore docs, Using Sync Actions). */
  sync: 1000,
  /** Documents of one page. Xero's default and all that it promises; more is not documented. */
  xeroPage: 100,
  /** Ids that fit into one query string to Xero: it answers about 2,000 characters and more with 404. */
  xeroIds: 40,
} as const;

/**
 * Procore calls that orders need at the very least: their headers with one sync, and with another one their status,
 * which has to come after the lines because an approved commitment takes none; one lines/sync to each commitment,
 * whose path names it. A project whose settings do not allow invoices by themselves needs one call more for each (v2,
 * no batch); that is not counted here.
 */
export function procoreFloorOfOrders(orders: OrderPaper[]): number {
  return 2 * batches(orders.length, BATCHES.sync) + orders.length;
}

/** Requisitions have no sync: one POST to each. */
export function procoreFloorOfDrafts(orders: OrderPaper[]): number {
  return orders.length;
}

/**
 * Procore calls that bills need at the very least: one PATCH that turns the order's draft into the application (v1.1 takes
 * header, items and status at once); direct costs with one sync of headers and one of lines. The due date (v2, no batch)
 * and the stamp that locks the application are not counted: there may be a reading in which they come along.
 */
export function procoreFloorOfBills(bills: BillPaper[]): number {
  const onOrders = bills.filter(({ kind }) => kind !== 'without-order');
  const costs = bills.filter(({ kind }) => kind === 'without-order');
  const lines = costs.reduce((sum, { LineItems = [] }) => sum + LineItems.length, 0);
  return onOrders.length + batches(costs.length, BATCHES.sync) + batches(lines, BATCHES.sync);
}

/** Xero calls that so many documents of one kind need at the very least: read by pages, or by ids where that is less. */
export function xeroFloor(documents: number): number {
  return Math.min(batches(documents, BATCHES.xeroPage), batches(documents, BATCHES.xeroIds));
}

function batches(items: number, largest: number): number {
  return Math.ceil(items / largest);
}
