import * as z from 'zod/mini';
import type { DocumentLine, TrackingChoice } from '../core/documents.ts';
import type { Money } from '../core/money.ts';
import { toCents, ZERO } from '../core/money.ts';
import { id, optionalAmount, optionalText, present } from '../http/fields.ts';

export const trackingWire = z.object({
  Name: id,
  Option: id,
  TrackingCategoryID: optionalText,
  TrackingOptionID: optionalText,
});

/** A line of a purchase order, bill or credit note as Xero sends it. */
export const lineWire = z.object({
  LineItemID: id,
  Description: optionalText,
  Quantity: optionalAmount,
  UnitAmount: optionalAmount,
  LineAmount: optionalAmount,
  DiscountRate: optionalAmount,
  DiscountAmount: optionalAmount,
  TaxAmount: optionalAmount,
  AccountCode: optionalText,
  AccountID: optionalText,
  ItemCode: optionalText,
  Item: z.optional(z.nullable(z.object({ ItemID: optionalText }))),
  Tracking: z.optional(z.nullable(z.array(trackingWire))),
});

export type LineWire = z.infer<typeof lineWire>;

/** How `LineAmount` stands to tax: `Exclusive`, `Inclusive` or `NoTax`; other words count as exclusive. */
export type LineAmountTypes = string | undefined;

/**
 * Whether the line is text alone. Xero sends such lines without amounts or with a bare zero. A line of zero that
 * names an account, an item or a price is a real line.
 */
export function isDescriptionOnly(line: LineWire): boolean {
  const amount = lineAmount(line);
  if (amount === undefined) return true;
  const priced = [line.Quantity, line.UnitAmount].some((part) => part !== undefined && !part.eq(0));
  return amount.eq(0) && !priced && line.AccountCode === undefined && line.ItemCode === undefined;
}

/** What the line costs without tax: Xero's LineAmount, less the tax where it is included. */
function netAmount(line: LineWire, types: LineAmountTypes): Money {
  const amount = lineAmount(line) ?? ZERO;
  return types === 'Inclusive' ? amount.minus(line.TaxAmount ?? ZERO) : amount;
}

function lineAmount(line: LineWire): Money | undefined {
  if (line.LineAmount !== undefined) return line.LineAmount;
  if (line.Quantity === undefined || line.UnitAmount === undefined) return undefined;
  return toCents(discounted(line.Quantity.times(line.UnitAmount), line));
}

function discounted(full: Money, line: LineWire): Money {
  if (line.DiscountRate !== undefined) return full.minus(full.times(line.DiscountRate).div(100));
  return full.minus(line.DiscountAmount ?? ZERO);
}

/** The lines that carry money, in the domain's words. */
export function toLines(lines: LineWire[], types: LineAmountTypes): DocumentLine[] {
  return lines.filter((line) => !isDescriptionOnly(line)).map((line) => toLine(line, types));
}

export function toLine(line: LineWire, types: LineAmountTypes): DocumentLine {
  return present({
    id: line.LineItemID,
    description: line.Description ?? '',
    quantity: line.Quantity,
    unitAmount: line.UnitAmount,
    net: netAmount(line, types),
    tax: line.TaxAmount ?? ZERO,
    account: line.AccountCode,
    accountId: line.AccountID,
    item: line.ItemCode,
    itemId: line.Item?.ItemID,
    tracking: (line.Tracking ?? []).map(toTracking),
  });
}

export function toTracking(choice: z.infer<typeof trackingWire>): TrackingChoice {
  return present({
    category: choice.Name,
    option: choice.Option,
    categoryId: choice.TrackingCategoryID,
    optionId: choice.TrackingOptionID,
  });
}
