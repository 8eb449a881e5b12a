import type * as z from 'zod';
import { date, decimal, id, oneOf, optionalFields, text, whole } from './fields.ts';

/** What may be written of a payment issued on a commitment. */
export const paymentFields = optionalFields({
  amount: decimal,
  date,
  payment_method: oneOf(['check', 'credit_card', 'electronic']),
  payment_number: whole,
  check_number: text,
  invoice_number: text,
  invoice_date: date,
  draw_request_number: whole,
  requisition_id: id,
  notes: text,
  origin_id: text,
  origin_data: text,
});

export type PaymentFields = z.output<typeof paymentFields>;
