import * as z from 'zod';
import { date, decimal, id, oneOf, optionalFields, text } from './fields.ts';

/** What may be written of a line with its direct cost, which names it by `manual_amount` and WBS code alone. */
const newLineFields = optionalFields({
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

/** What the sync of lines takes: an amount, and either way of coding. */
export const directCostLineFields = optionalFields({
  id,
  direct_cost_id: id,
  wbs_code_id: id,
  cost_code_id: id,
  line_item_type_id: id,
  description: text,
  amount: decimal,
  extended_type: oneOf(['manual', 'calculated']),
  quantity: decimal,
  unit_cost: decimal,
  uom: text,
  origin_id: text,
  origin_data: text,
});

export type DirectCostLineFields = z.output<typeof directCostLineFields>;

const header = {
  direct_cost_date: date,
  received_date: date,
  payment_date: date,
  status: oneOf(['draft', 'pending', 'revise_and_resubmit', 'approved']),
  terms: text,
  description: text,
  vendor_id: id,
  origin_id: text,
  origin_data: text,
};

/** What an update of one direct cost takes: no type and no invoice number. */
export const changedDirectCostFields = optionalFields(header);

const whole = {
  ...header,
  direct_cost_type: oneOf(['invoice', 'expense', 'payroll', 'subcontractor_invoice']),
  invoice_number: text,
};

/** What the sync of direct costs takes: no lines. */
export const syncedDirectCostFields = optionalFields({ ...whole, id });

export type DirectCostFields = Omit<z.output<typeof syncedDirectCostFields>, 'id'>;

export const newDirectCostFields = optionalFields({ ...whole, line_items: z.array(newLineFields).max(100) });

export type NewDirectCostFields = z.output<typeof newDirectCostFields>;
