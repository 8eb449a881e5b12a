import { Big } from 'big.js';

/** An exact decimal amount in the document's currency, in major units (dollars, not cents). Never a float. */
export type Money = Big;

export const ZERO: Money = new Big(0);

/** Reads a decimal written as text, such as `1234.50` or `-0.0001`. Throws on anything else. */
export function money(text: string): Money {
  return new Big(text);
}

export function sum(amounts: Iterable<Money>): Money {
  let total = ZERO;
  for (const amount of amounts) total = total.plus(amount);
  return total;
}

/** Rounds half up to the cent: Procore keeps amounts with two decimals, Xero prices have four. */
export function toCents(amount: Money): Money {
  return amount.round(2, Big.roundHalfUp);
}

/** `1234.5` → `"1234.50"`: how amounts are stored, compared, shown and sent to Procore. */
export function formatMoney(amount: Money): string {
  return toCents(amount).toFixed(2);
}
