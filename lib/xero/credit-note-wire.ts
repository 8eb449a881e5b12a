import * as z from 'zod/mini';
import type { CreditNote } from '../core/documents.ts';
import { amount, id, optionalText, present } from '../http/fields.ts';
import { optionalDate, pricedWire, reader, toPriced } from './document-wire.ts';

const allocationWire = z.object({
  Invoice: z.object({ InvoiceID: id }),
  Amount: amount,
  Date: optionalDate,
  IsDeleted: z.optional(z.nullable(z.boolean())),
});

const creditNoteWire = z.extend(pricedWire, {
  CreditNoteID: id,
  Type: z.literal('ACCPAYCREDIT'),
  CreditNoteNumber: optionalText,
  Allocations: z.optional(z.nullable(z.array(allocationWire))),
});

/** Reads one record of `CreditNotes` that isSuppliersCredit. */
export const readCreditNote = reader(
  creditNoteWire,
  'CreditNoteID',
  (wire): CreditNote =>
    present({
      kind: 'credit-note' as const,
      id: wire.CreditNoteID,
      number: wire.CreditNoteNumber ?? '',
      ...toPriced(wire),
      allocations: (wire.Allocations ?? [])
        .filter(({ IsDeleted }) => IsDeleted !== true)
        .map(({ Invoice, Amount, Date: date }) =>
          present({ billId: Invoice.InvoiceID, amount: Amount, date }),
        ),
    }),
);

/** Whether a record of `CreditNotes` came from a supplier and not to a customer. */
export function isSuppliersCredit(record: unknown): boolean {
  return z.looseObject({ Type: z.literal('ACCPAYCREDIT') }).safeParse(record).success;
}
