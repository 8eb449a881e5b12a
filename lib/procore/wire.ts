import * as z from 'zod/mini';
import type { Money } from '../core/money.ts';
import { formatMoney } from '../core/money.ts';
import { amount, id, optionalAmount, optionalText } from '../http/fields.ts';
import { exactNumber } from '../http/json.ts';

/** A record of which only the id matters. */
export const idWire = z.object({ id });

/** For answers of which nothing is read. */
export const anything = z.unknown();

/** The id of a record that another names: `{"id": 7}`, `{"id": null}`, null or nothing. */
const idOfNamed = z.pipe(
  z.optional(z.nullable(z.object({ id: optionalText }))),
  z.transform((named) => named?.id),
);

const DATE = /^\d{4}-\d\d-\d\d/;

/** A calendar date, cut out of whatever follows it. */
export const date = z.pipe(
  z.string().check(z.regex(DATE)),
  z.transform((text: string) => text.slice(0, 10)),
);

/** A calendar date where empty text and null mean absent. */
const optionalDate = z.pipe(optionalText, z.optional(date));

const optionalWhole = z.pipe(
  optionalAmount,
  z.transform((amount) => amount?.toNumber()),
);

const flag = z.optional(z.nullable(z.boolean()));

export const projectWire = z.object({ id, name: id, project_number: optionalText, active: flag });

/** A record of which only the name matters. */
export const named = z.object({ id, name: id });

export const vendorWire = z.object({ id, name: id, origin_id: optionalText });

export const vendorCardWire = z.extend(vendorWire, {
  address: optionalText,
  city: optionalText,
  state_code: optionalText,
  zip: optionalText,
  country_code: optionalText,
  business_phone: optionalText,
  email_address: optionalText,
  notes: optionalText,
});

export const costCodeWire = z.object({
  id,
  full_code: id,
  name: optionalText,
  parent: idOfNamed,
});

export const costTypeWire = z.object({ id, code: optionalText, name: optionalText });

export const wbsCodeWire = z.object({
  id,
  flat_code: id,
  segment_items: z.optional(z.nullable(z.array(idWire))),
});

export const segmentWire = z.object({
  id,
  name: optionalText,
  type: optionalText,
  required: flag,
  is_included_in_project_pattern: flag,
});

export const taxCodeWire = z.object({ id, code: optionalText, archived: flag });

export const billingPeriodWire = z.object({
  id,
  start_date: date,
  end_date: date,
  due_date: optionalDate,
  status: id,
});

export const commitmentWire = z.object({
  id,
  number: optionalText,
  title: optionalText,
  status: id,
  vendor: idOfNamed,
  origin_id: optionalText,
  grand_total: optionalAmount,
  deleted_at: optionalText,
});

/** What a line is booked on: the id of a record, and its code by the name of the field that holds it. */
function coded<Field extends string>(field: Field) {
  return z.pipe(
    z.optional(z.nullable(z.looseObject({ id: optionalText, [field]: optionalText }))),
    z.transform((named) => {
      const [id, code] = [named?.id, named?.[field]] as (string | undefined)[];
      return id === undefined || code === undefined ? undefined : { id, code };
    }),
  );
}

export const sovLineWire = z.object({
  id,
  origin_id: optionalText,
  description: optionalText,
  amount,
  wbs_code: coded('flat_code'),
  cost_code: coded('full_code'),
  line_item_type: coded('code'),
});

export const requisitionItemWire = z.object({
  id,
  item_type: optionalText,
  line_item_id: optionalText,
  scheduled_value: optionalAmount,
  work_completed_from_previous_application: optionalAmount,
  work_completed_this_period: optionalAmount,
  work_completed_retainage_retained_this_period: optionalAmount,
});

export const requisitionWire = z.object({
  id,
  commitment_id: id,
  invoice_number: optionalText,
  number: optionalWhole,
  status: id,
  period_id: optionalText,
  billing_date: optionalDate,
  origin_id: optionalText,
  origin_data: optionalText,
  items: z.optional(z.nullable(z.array(requisitionItemWire))),
  attachments: z.optional(z.nullable(z.array(z.object({ filename: id })))),
});

export const contractPaymentWire = z.object({
  id,
  amount,
  date: optionalDate,
  requisition_id: optionalText,
  origin_id: optionalText,
  invoice_number: optionalText,
});

export const directCostWire = z.object({
  id,
  origin_id: optionalText,
  invoice_number: optionalText,
  status: optionalText,
  vendor_id: optionalText,
  direct_cost_date: optionalDate,
  payment_date: optionalDate,
  grand_total: optionalAmount,
  deleted_at: optionalText,
});

/** A line of a direct cost. */
export const directCostLineWire = z.object({ id, origin_id: optionalText });

export const segmentItemWire = z.object({ id, code: optionalText });

/** An id as v1 bodies want it: a number, of any size. */
export function idNumber(text: string): unknown {
  return /^\d+$/.test(text) ? exactNumber(text) : text;
}

/** An amount as Procore's bodies want it: decimal text with two places. */
export function decimalText(money: Money): string {
  return formatMoney(money);
}
