import * as z from 'zod/mini';
import type { Money } from '../core/money.ts';
import { formatMoney } from '../core/money.ts';
import { amount, id, optionalText } from '../http/fields.ts';
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

export const projectWire = z.object({ id, name: id, project_number: optionalText });

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

export const wbsCodeWire = z.object({ id, flat_code: id });

export const segmentWire = z.object({
  id,
  name: optionalText,
  type: optionalText,
  required: z.optional(z.nullable(z.boolean())),
  is_included_in_project_pattern: z.optional(z.nullable(z.boolean())),
});

export const billingPeriodWire = z.object({ id, start_date: date, end_date: date, status: id });

export const commitmentWire = z.object({
  id,
  number: optionalText,
  title: optionalText,
  status: id,
  vendor: idOfNamed,
  origin_id: optionalText,
  deleted_at: optionalText,
});

export const sovLineWire = z.object({ id, origin_id: optionalText, amount });

export const requisitionWire = z.object({
  id,
  commitment_id: id,
  invoice_number: optionalText,
  status: id,
  origin_id: optionalText,
  origin_data: optionalText,
});

export const requisitionItemWire = z.object({
  id,
  line_item_id: id,
  work_completed_this_period: z.optional(z.nullable(amount)),
});

/** An id as v1 bodies want it: a number, of any size. */
export function idNumber(text: string): unknown {
  return /^\d+$/.test(text) ? exactNumber(text) : text;
}

/** An amount as Procore's bodies want it: decimal text with two places. */
export function decimalText(money: Money): string {
  return formatMoney(money);
}
