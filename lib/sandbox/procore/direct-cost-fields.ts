import * as z from 'zod';
import { date, decimal, id, oneOf, optionalFields, text } from './fields.ts';

const directCostLineFields = optionalFields({
  wbs_code_id: id,
  description: text,
  manual_amount: decimal,
  quantity: decimal,
  unit_cost: decimal,
  uom: text,
  origin_id: text,
  origin_data: text,
  ref: text,
});

export type DirectCostLineFields = z.output<typeof directCostLineFields>;

/** What may be written of a direct cost. */
export const directCostFields = optionalFields({
  direct_cost_type: oneOf(['invoice', 'expense', 'payroll', 'subcontractor_invoice']),
  vendor_id: id,
  invoice_number: text,
  direct_cost_date: date,
  received_date: date,
  payment_date: date,
  status: oneOf(['draft', 'pending', 'revise_and_resubmit', 'approved']),
  terms: text,
  description: text,
  origin_id: text,
  origin_data: text,
  line_items: z.array(directCostLineFields).max(100),
});

export type DirectCostFields = z.output<typeof directCostFields>;
