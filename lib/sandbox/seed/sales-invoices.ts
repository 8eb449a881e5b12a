import type { SeedLine } from './order.ts';
import { work } from './order.ts';
import type { CUSTOMERS } from './suppliers.ts';

export interface SeedSalesInvoice {
  number: string;
  customer: keyof typeof CUSTOMERS;
  status: 'AUTHORISED' | 'DRAFT';
  daysAgo: number;
  /** The days ago on which the owner paid it. */
  paid?: number;
  lines: SeedLine[];
}

/** Progress billings to the owners: in the same books and the same webhooks, and none of the connector's business. */
export const SALES_INVOICES: readonly SeedSalesInvoice[] = [
  progress('INV-0311', 'riverside', 94, '412500', 64),
  progress('INV-0312', 'oak', 93, '688200.5', 63),
  progress('INV-0315', 'cedar', 63, '97340', 33),
  progress('INV-0316', 'riverside', 62, '365120.75', 32),
  progress('INV-0318', 'oak', 32, '701880'),
  progress('INV-0320', 'riverside', 2, '298400'),
];

function progress(
  number: string,
  customer: SeedSalesInvoice['customer'],
  daysAgo: number,
  amount: string,
  paid?: number,
): SeedSalesInvoice {
  const lines = [work('4000', 'Work in place for the month', amount, { project: customer })];
  return {
    number,
    customer,
    status: daysAgo > 5 ? 'AUTHORISED' : 'DRAFT',
    daysAgo,
    ...(paid !== undefined && { paid }),
    lines,
  };
}
