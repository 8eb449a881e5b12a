import * as z from 'zod/mini';
import type { Bill, PurchaseOrder, Unreadable } from '../core/documents.ts';
import { ZERO } from '../core/money.ts';
import { amount, id, misfit, optionalAmount, optionalText, present } from '../http/fields.ts';
import { calendarDate, instant } from './dates.ts';
import { lineWire, toLines } from './line-wire.ts';

const optionalDate = z.pipe(optionalText, z.optional(calendarDate));

const contact = z.pipe(
  z.optional(z.nullable(z.object({ ContactID: optionalText, Name: optionalText }))),
  z.transform((wire) => (wire?.ContactID ? { id: wire.ContactID, name: wire.Name ?? '' } : undefined)),
);

const purchaseOrderWire = z.object({
  PurchaseOrderID: id,
  PurchaseOrderNumber: id,
  Reference: optionalText,
  Status: id,
  Contact: contact,
  Date: optionalDate,
  DeliveryDate: optionalDate,
  DeliveryAddress: optionalText,
  LineAmountTypes: optionalText,
  LineItems: z.array(lineWire),
  CurrencyCode: id,
  SubTotal: amount,
  TotalTax: optionalAmount,
  Total: amount,
  UpdatedDateUTC: instant,
});

function toPurchaseOrder(wire: z.infer<typeof purchaseOrderWire>): PurchaseOrder {
  return present({
    kind: 'purchase-order' as const,
    id: wire.PurchaseOrderID,
    number: wire.PurchaseOrderNumber,
    reference: wire.Reference,
    status: wire.Status,
    contact: wire.Contact,
    date: wire.Date,
    deliveryDate: wire.DeliveryDate,
    deliveryAddress: wire.DeliveryAddress,
    currency: wire.CurrencyCode,
    lines: toLines(wire.LineItems, wire.LineAmountTypes),
    subTotal: wire.SubTotal,
    totalTax: wire.TotalTax ?? ZERO,
    total: wire.Total,
    version: wire.UpdatedDateUTC,
  });
}

const billWire = z.object({
  InvoiceID: id,
  Type: z.literal('ACCPAY'),
  InvoiceNumber: optionalText,
  Status: id,
  Contact: contact,
  Date: optionalDate,
  LineAmountTypes: optionalText,
  LineItems: z.array(lineWire),
  CurrencyCode: id,
  SubTotal: amount,
  TotalTax: optionalAmount,
  Total: amount,
  UpdatedDateUTC: instant,
});

function toBill(wire: z.infer<typeof billWire>): Bill {
  return present({
    kind: 'bill' as const,
    id: wire.InvoiceID,
    number: wire.InvoiceNumber ?? '',
    status: wire.Status,
    contact: wire.Contact,
    date: wire.Date,
    currency: wire.CurrencyCode,
    lines: toLines(wire.LineItems, wire.LineAmountTypes),
    subTotal: wire.SubTotal,
    totalTax: wire.TotalTax ?? ZERO,
    total: wire.Total,
    version: wire.UpdatedDateUTC,
  });
}

/** Reads one record of `PurchaseOrders`. One without even an id is undefined. */
export function readPurchaseOrder(record: unknown): PurchaseOrder | Unreadable | undefined {
  const read = purchaseOrderWire.safeParse(record);
  return read.success ? toPurchaseOrder(read.data) : unreadable('PurchaseOrderID', record, read.error);
}

/** Reads one record of `Invoices` that isBill. One without even an id is undefined. */
export function readBill(record: unknown): Bill | Unreadable | undefined {
  const read = billWire.safeParse(record);
  return read.success ? toBill(read.data) : unreadable('InvoiceID', record, read.error);
}

/** Whether a record of `Invoices` is a supplier's bill and not a sales invoice or another relative. */
export function isBill(record: unknown): boolean {
  return z.looseObject({ Type: z.literal('ACCPAY') }).safeParse(record).success;
}

function unreadable(idField: string, record: unknown, error: z.core.$ZodError): Unreadable | undefined {
  const known = z.looseObject({ [idField]: id }).safeParse(record);
  if (!known.success) return undefined;
  const stamp = z.looseObject({ UpdatedDateUTC: instant }).safeParse(record);
  return present({
    kind: 'unreadable' as const,
    id: String(known.data[idField]),
    why: misfit(error),
    version: stamp.data?.UpdatedDateUTC,
  });
}
