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

const flag = z.optional(z.nullable(z.boolean()));

export const projectWire = z.object({ id, name: id, project_number: optionalText, active: flag });

/** A record of which only the name matters. */
export const named = z.object({ id, name: id });

export const vendorWire = z.object({ id, name: id, origin_id: optionalText });

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
  required: flag,
  is_included_in_project_pattern: flag,
});

export const taxCodeWire = z.object({ id, code: optionalText, archived: flag });

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
