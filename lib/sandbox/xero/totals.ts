import { Big } from 'big.js';
import type { Money } from '../../core/money.ts';
import { money, sum, toCents, ZERO } from '../../core/money.ts';
import type { LineAmountTypes, LineItem, LineItemDraft } from './lines.ts';

export interface Priced {
  LineItems: LineItem[];
  SubTotal: number;
  TotalTax: number;
  Total: number;
  TotalDiscount: number;
}

interface PricedLine {
  line: LineItem;
  net: Money;
  tax: Money;
  discount: Money;
}

/** Computes lines and totals as Xero does: every line amount and tax amount rounded to the cent. */
export function priceLines(
  drafts: LineItemDraft[],
  types: LineAmountTypes,
  rates: Record<string, number>,
  newId: () => string,
): Priced {
  const priced = drafts.map((draft) => priceLine(draft, types, rates, newId));
  const subTotal = sum(priced.map(({ net }) => net));
  const totalTax = sum(priced.map(({ tax }) => tax));
  return {
    LineItems: priced.map(({ line }) => line),
    SubTotal: subTotal.toNumber(),
    TotalTax: totalTax.toNumber(),
    Total: subTotal.plus(totalTax).toNumber(),
    TotalDiscount: sum(priced.map(({ discount }) => discount)).toNumber(),
  };
}

function priceLine(
  draft: LineItemDraft,
  types: LineAmountTypes,
  rates: Record<string, number>,
  newId: () => string,
): PricedLine {
  const line: LineItem = {
    ...draft,
    LineItemID: draft.LineItemID ?? newId(),
    Tracking: draft.Tracking ?? [],
  };
  const full = undiscounted(draft);
  if (full === undefined) return { line, net: ZERO, tax: ZERO, discount: ZERO };
  const amount = toCents(full.times(100 - (draft.DiscountRate ?? 0)).div(100));
  const tax = taxOf(amount, draft, types, rates);
  Object.assign(line, { LineAmount: amount.toNumber(), TaxAmount: tax.toNumber() });
  const net = types === 'Inclusive' ? amount.minus(tax) : amount;
  return { line, net, tax, discount: toCents(full.minus(amount)) };
}

function undiscounted({ Quantity, UnitAmount, LineAmount }: LineItemDraft): Money | undefined {
  if (UnitAmount !== undefined) return decimal(UnitAmount).times(decimal(Quantity ?? 1));
  return LineAmount === undefined ? undefined : decimal(LineAmount);
}

function taxOf(
  amount: Money,
  { TaxType, TaxAmount }: LineItemDraft,
  types: LineAmountTypes,
  rates: Record<string, number>,
): Money {
  if (types === 'NoTax') return ZERO;
  const rate = TaxType === undefined ? undefined : rates[TaxType];
  if (rate === undefined) return decimal(TaxAmount ?? 0);
  return toCents(amount.times(rate).div(types === 'Inclusive' ? 100 + rate : 100));
}

/** The decimal that the number was typed as. */
export function decimal(number: number): Money {
  return money(String(number));
}

export function roundTo(number: number, places: number): number {
  return decimal(number).round(places, Big.roundHalfUp).toNumber();
}
