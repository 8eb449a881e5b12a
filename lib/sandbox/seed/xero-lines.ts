import type { LineItemDraft } from '../xero/lines.ts';
import { lineAmounts } from './amounts.ts';
import { PROJECT_OPTIONS } from './chart.ts';
import { guid } from './identity.ts';
import type { AmountsKind, SeedLine } from './order.ts';

/** The lines of the document with this key, as Xero keeps them. */
export function xeroLines(key: string, lines: SeedLine[], kind: AmountsKind): LineItemDraft[] {
  return lines.map((line, index) => ({
    LineItemID: guid('line', `${key}/${index + 1}`),
    Description: line.description,
    ...amountsOf(line, kind),
    ...(line.item && { ItemCode: line.item }),
    ...(line.account && { AccountCode: line.account }),
    Tracking: trackingOf(line),
  }));
}

function amountsOf(line: SeedLine, kind: AmountsKind): LineItemDraft {
  const amounts = lineAmounts(line, kind);
  if (amounts === undefined) return {};
  return {
    Quantity: Number(line.quantity),
    UnitAmount: Number(line.price),
    ...(line.discount && { DiscountRate: Number(line.discount) }),
    LineAmount: amounts.lineAmount.toNumber(),
    TaxAmount: amounts.tax.toNumber(),
    TaxType: amounts.taxType,
  };
}

function trackingOf(line: SeedLine) {
  return [
    ...(line.project ? [choice('Project', PROJECT_OPTIONS[line.project])] : []),
    ...(line.area ? [choice('Cost Area', line.area)] : []),
  ];
}

function choice(category: string, option: string) {
  return { TrackingCategoryID: categoryId(category), TrackingOptionID: optionId(category, option) };
}

export function categoryId(category: string): string {
  return guid('tracking-category', category);
}

export function optionId(category: string, option: string): string {
  return guid('tracking-option', `${category}=${option}`);
}
