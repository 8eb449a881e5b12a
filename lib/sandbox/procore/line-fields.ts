import type * as z from 'zod';
import { decimal, id, oneOf, optionalFields, text } from './fields.ts';

/** What may be written of a line of a schedule of values. */
export const lineFields = optionalFields({
  description: text,
  wbs_code_id: id,
  cost_code_id: id,
  line_item_type_id: id,
  amount: decimal,
  quantity: decimal,
  unit_cost: decimal,
  uom: text,
  extended_type: oneOf(['manual', 'calculated']),
  tax_code_id: id,
  origin_id: text,
  origin_data: text,
});

export type LineFields = z.output<typeof lineFields>;
