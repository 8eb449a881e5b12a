import type { Straightforward } from '../straightforward.ts';
import { enterBills, enterOrders, poll, tellOf } from './office.ts';
import type { Rig } from './rig.ts';
import type { VendorCalls } from './vendor-calls.ts';
import { countCalls } from './vendor-calls.ts';
import type { BenchVendors } from './vendors.ts';
import type { Worked } from './worker.ts';
import { workOff } from './worker.ts';
import type { BillPaper, Workload } from './workload.ts';

/** What one kind of documents cost. */
export interface Carried extends Partial<Worked> {
  documents: number;
  calls: VendorCalls;
}

export type Say = (progress: string) => void;

/** The orders arrive at once, the minute's poll finds them, and the worker works them off. */
export async function carryOrders(rig: Rig, { orders }: Workload, say: Say = () => {}): Promise<Carried> {
  enterOrders(rig, orders);
  const counted = countCalls(rig.vendors);
  await poll(rig);
  const worked = await workOff(rig, undefined, (left) => say(`${left} of ${orders.length} orders left`));
  return { documents: orders.length, calls: counted(), ...worked };
}

/** The bills arrive at once, Xero's webhooks tell of them, and the worker works them off. */
export async function carryBills(rig: Rig, bills: BillPaper[], say: Say = () => {}): Promise<Carried> {
  enterBills(rig, bills);
  const counted = countCalls(rig.vendors);
  await tellOf(rig, bills);
  const worked = await workOff(rig, undefined, (left) => say(`${left} of ${bills.length} bills left`));
  return { documents: bills.length, calls: counted(), ...worked };
}

/** The same orders, one event after the other. */
export async function carryOrdersOneByOne(
  vendors: BenchVendors,
  connector: Straightforward,
  { orders }: Workload,
): Promise<Carried> {
  enterOrders({ vendors }, orders);
  const counted = countCalls(vendors);
  for (const { PurchaseOrderID } of orders) await connector.order(PurchaseOrderID);
  return { documents: orders.length, calls: counted() };
}

/** The same bills, one event after the other. */
export async function carryBillsOneByOne(
  vendors: BenchVendors,
  connector: Straightforward,
  bills: BillPaper[],
): Promise<Carried> {
  enterBills({ vendors }, bills);
  const counted = countCalls(vendors);
  for (const { InvoiceID, orderId } of bills) await connector.bill(InvoiceID, orderId);
  return { documents: bills.length, calls: counted() };
}
