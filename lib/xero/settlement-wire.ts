import * as z from 'zod/mini';
import type { Bill, Settlement } from '../core/documents.ts';
import { amount, id, optionalText, present } from '../http/fields.ts';
import { calendarDate } from './dates.ts';
import { optionalDate } from './document-wire.ts';

const paymentWire = z.object({
  PaymentID: id,
  Date: calendarDate,
  Amount: amount,
  Reference: optionalText,
  Status: optionalText,
});

/**
 * The entries of a list that fit; others are passed over. Xero's contract knows AppliedAmount, but says nowhere that
 * a bill repeats it.
 */
const thoseThatFit = <S extends z.ZodMiniType>(entry: S) =>
  z.pipe(
    z.optional(z.nullable(z.array(z.unknown()))),
    z.transform((entries) =>
      (entries ?? []).flatMap((one): z.output<S>[] => {
        const read = entry.safeParse(one);
        return read.success ? [read.data] : [];
      }),
    ),
  );

const applied = { AppliedAmount: amount, Date: calendarDate, Reference: optionalText };

/** What a bill repeats of the payments and credits on it. */
export const settlementsWire = z.object({
  Payments: z.optional(z.nullable(z.array(paymentWire))),
  Prepayments: thoseThatFit(z.object({ PrepaymentID: id, ...applied })),
  Overpayments: thoseThatFit(z.object({ OverpaymentID: id, ...applied })),
  CreditNotes: thoseThatFit(z.object({ CreditNoteID: id, AppliedAmount: amount })),
  FullyPaidOnDate: optionalDate,
});

type SettlementsWire = z.infer<typeof settlementsWire>;

export function toSettlements(wire: SettlementsWire): Pick<Bill, 'settlements' | 'credits'> {
  const payments = (wire.Payments ?? []).filter(({ Status }) => Status !== 'DELETED');
  return {
    settlements: addedUp<Settlement>([
      ...payments.map((one) => settlement('payment', one.PaymentID, one.Amount, one)),
      ...wire.Prepayments.map((one) => settlement('prepayment', one.PrepaymentID, one.AppliedAmount, one)),
      ...wire.Overpayments.map((one) => settlement('overpayment', one.OverpaymentID, one.AppliedAmount, one)),
    ]),
    credits: addedUp(
      wire.CreditNotes.map((one) => ({ id: one.CreditNoteID, amount: one.AppliedAmount })),
    ).map(({ id, amount }) => ({ creditNoteId: id, amount })),
  };
}

function settlement(
  kind: Settlement['kind'],
  id: string,
  amount: Settlement['amount'],
  { Date: date, Reference: reference }: { Date: string; Reference?: string | undefined },
): Settlement {
  return present({ id, kind, date, amount, reference });
}

/** One that was set off in several steps may stand there several times: it is one with all of the amounts. */
function addedUp<T extends Pick<Settlement, 'id' | 'amount'>>(parts: T[]): T[] {
  const whole = new Map<string, T>();
  for (const part of parts) {
    const before = whole.get(part.id);
    whole.set(part.id, before ? { ...before, amount: before.amount.plus(part.amount) } : part);
  }
  return [...whole.values()];
}
