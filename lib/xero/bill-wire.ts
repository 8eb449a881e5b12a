import * as z from 'zod/mini';
import type { Bill } from '../core/documents.ts';
import { id, optionalText, present } from '../http/fields.ts';
import { optionalDate, pricedWire, reader, toPriced } from './document-wire.ts';
import { settlementsWire, toSettlements } from './settlement-wire.ts';

const billWire = z.extend(pricedWire, {
  ...settlementsWire.shape,
  InvoiceID: id,
  Type: z.literal('ACCPAY'),
  InvoiceNumber: optionalText,
  DueDate: optionalDate,
});

/** Reads one record of `Invoices` that isBill. */
export const readBill = reader(
  billWire,
  'InvoiceID',
  (wire): Bill =>
    present({
      kind: 'bill' as const,
      id: wire.InvoiceID,
      number: wire.InvoiceNumber ?? '',
      dueDate: wire.DueDate,
      fullyPaidOn: wire.FullyPaidOnDate,
      ...toPriced(wire),
      ...toSettlements(wire),
    }),
);

/** Whether a record of `Invoices` is a supplier's bill and not a sales invoice or another relative. */
export function isBill(record: unknown): boolean {
  return z.looseObject({ Type: z.literal('ACCPAY') }).safeParse(record).success;
}
