import { Big } from 'big.js';
import type { Money } from '../../core/money.ts';
import { sum, toCents } from '../../core/money.ts';
import { accountOf } from './chart.ts';
import { CONTRACTOR } from './contractor.ts';
import type { AmountsKind, SeedLine } from './order.ts';

/** What Xero computes of one line. `lineAmount` includes the tax where the document's prices do. */
export interface LineAmounts {
  lineAmount: Money;
  tax: Money;
  net: Money;
  /** What the discount takes off, before tax is looked at. */
  discount: Money;
  taxType: 'INPUT' | 'NONE';
}

/** Xero's arithmetic: the line is rounded to the cent, then its tax; undefined for a remark. */
export function lineAmounts(line: SeedLine, kind: AmountsKind): LineAmounts | undefined {
  if (line.quantity === undefined || line.price === undefined) return undefined;
  const full = toCents(new Big(line.quantity).times(line.price));
  const share = new Big(100).minus(line.discount ?? 0).div(100);
  const lineAmount = toCents(new Big(line.quantity).times(line.price).times(share));
  const taxed = kind !== 'NoTax' && line.account !== undefined && accountOf(line.account).tax === 'INPUT';
  const tax = taxed ? taxOf(lineAmount, kind) : new Big(0);
  return {
    lineAmount,
    tax,
    net: kind === 'Inclusive' ? lineAmount.minus(tax) : lineAmount,
    discount: full.minus(lineAmount),
    taxType: taxed ? 'INPUT' : 'NONE',
  };
}

function taxOf(lineAmount: Money, kind: AmountsKind): Money {
  const rate = new Big(CONTRACTOR.salesTaxRate).div(100);
  return toCents(kind === 'Inclusive' ? lineAmount.times(rate).div(rate.plus(1)) : lineAmount.times(rate));
}

export interface DocumentAmounts {
  subTotal: Money;
  totalTax: Money;
  total: Money;
  totalDiscount: Money;
}

/** The sums under a document: net, tax, both, and all that its discounts took off. */
export function documentAmounts(lines: SeedLine[], kind: AmountsKind): DocumentAmounts {
  const amounts = lines.map((line) => lineAmounts(line, kind)).filter((line) => line !== undefined);
  const subTotal = sum(amounts.map((line) => line.net));
  const totalTax = sum(amounts.map((line) => line.tax));
  const totalDiscount = sum(amounts.map((line) => line.discount));
  return { subTotal, totalTax, total: subTotal.plus(totalTax), totalDiscount };
}
