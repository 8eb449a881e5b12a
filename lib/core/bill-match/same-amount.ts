import type { Money } from '../money.ts';

/** Whether amounts are the same but for the cents that taking tax out of prices leaves, line by line. */
export function isSameAmount(a: Money, b: Money, lines = 1): boolean {
  return a
    .minus(b)
    .abs()
    .lte((2 + lines) / 100);
}

/** Round amounts are the same by chance more often: 500.00, 1200.00. */
export function isRound(amount: Money): boolean {
  return amount.mod(100).eq(0);
}
