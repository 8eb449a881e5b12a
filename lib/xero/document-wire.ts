import * as z from 'zod/mini';
import type { Unreadable } from '../core/documents.ts';
import { ZERO } from '../core/money.ts';
import { amount, id, misfit, optionalAmount, optionalText, present } from '../http/fields.ts';
import { calendarDate, instant } from './dates.ts';
import { lineWire, toLines } from './line-wire.ts';

export const optionalDate = z.pipe(optionalText, z.optional(calendarDate));

const contact = z.pipe(
  z.optional(z.nullable(z.object({ ContactID: optionalText, Name: optionalText }))),
  z.transform((wire) => (wire?.ContactID ? { id: wire.ContactID, name: wire.Name ?? '' } : undefined)),
);

/** What every kind of document has. */
export const documentWire = z.object({
  Status: id,
  Date: optionalDate,
  HasAttachments: z.optional(z.nullable(z.boolean())),
  UpdatedDateUTC: instant,
});

export function toDocument(wire: z.infer<typeof documentWire>) {
  return {
    status: wire.Status,
    date: wire.Date,
    hasAttachments: wire.HasAttachments ?? false,
    version: wire.UpdatedDateUTC,
  };
}

/** What purchase orders, bills and credit notes have in common. */
export const pricedWire = z.extend(documentWire, {
  Contact: contact,
  LineAmountTypes: optionalText,
  LineItems: z.array(lineWire),
  CurrencyCode: id,
  CurrencyRate: optionalAmount,
  SubTotal: amount,
  TotalTax: optionalAmount,
  Total: amount,
});

export function toPriced(wire: z.infer<typeof pricedWire>) {
  return {
    ...toDocument(wire),
    contact: wire.Contact,
    currency: wire.CurrencyCode,
    currencyRate: wire.CurrencyRate,
    lines: toLines(wire.LineItems, wire.LineAmountTypes),
    subTotal: wire.SubTotal,
    totalTax: wire.TotalTax ?? ZERO,
    total: wire.Total,
  };
}

/** Reads one record of an endpoint: the document, or why it is none. One without even an id is undefined. */
export type ReadDocument<Document> = (record: unknown) => Document | Unreadable | undefined;

/** The reader of records of one shape, whose id stands in `idField`. */
export function reader<S extends z.ZodMiniType, Document>(
  wire: S,
  idField: string,
  toDocument: (wire: z.output<S>) => Document,
): ReadDocument<Document> {
  return (record) => {
    const read = wire.safeParse(record);
    return read.success ? toDocument(read.data) : unreadable(idField, record, read.error);
  };
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
