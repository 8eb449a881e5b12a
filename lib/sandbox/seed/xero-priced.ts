import { documentAmounts } from './amounts.ts';
import { CONTRACTOR } from './contractor.ts';
import type { AmountsKind, SeedLine, SeedOrder } from './order.ts';
import { xeroLines } from './xero-lines.ts';

interface Priced {
  amounts: AmountsKind;
  lines: SeedLine[];
  foreign?: SeedOrder['foreign'];
}

/** Lines, currency and totals of the document with this key, as Xero keeps them. */
export function priced(key: string, { amounts, lines, foreign }: Priced) {
  const sums = documentAmounts(lines, amounts);
  return {
    LineAmountTypes: amounts,
    LineItems: xeroLines(key, lines, amounts),
    CurrencyCode: foreign?.currency ?? CONTRACTOR.currency,
    CurrencyRate: Number(foreign?.rate ?? 1),
    SubTotal: sums.subTotal.toNumber(),
    TotalTax: sums.totalTax.toNumber(),
    Total: sums.total.toNumber(),
    ...(!sums.totalDiscount.eq(0) && { TotalDiscount: sums.totalDiscount.toNumber() }),
  };
}
