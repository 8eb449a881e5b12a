import { Big } from 'big.js';
import type { Money } from '../../core/money.ts';
import { sum, toCents } from '../../core/money.ts';
import { documentAmounts } from './amounts.ts';
import type { SeedBill } from './bill.ts';
import type { SeedCreditNote } from './credit-notes.ts';
import { CREDIT_NOTES } from './credit-notes.ts';

/** What of a credit note was set off against its bill. */
export function allocatedAmount(note: SeedCreditNote): Money {
  const { total } = documentAmounts(note.lines, note.amounts);
  return toCents(total.times(note.allocated?.share ?? 0));
}

/** The payments on a bill, oldest first; the rest is what earlier payments and credits leave over. */
export function paymentsOf(bill: SeedBill): { daysAgo: number; amount: Money }[] {
  const { total } = documentAmounts(bill.lines, bill.amounts);
  let left = total.minus(creditedTo(bill));
  return bill.payments.map(({ daysAgo, share }) => {
    const amount = share === 'rest' ? left : toCents(total.times(share));
    left = left.minus(amount);
    return { daysAgo, amount };
  });
}

/** What credit notes took off a bill. */
export function creditedTo(bill: SeedBill): Money {
  const notes = CREDIT_NOTES.filter((note) => note.allocated?.bill === bill.key);
  return notes.length === 0 ? new Big(0) : sum(notes.map(allocatedAmount));
}

/** The days ago on which a bill last changed: when it was entered, credited or paid. */
export function lastTouched(bill: SeedBill): number {
  const credits = CREDIT_NOTES.filter((note) => note.allocated?.bill === bill.key);
  const payments = bill.payments.map(({ daysAgo }) => daysAgo);
  return Math.min(bill.daysAgo, ...payments, ...credits.map((note) => note.daysAgo - 1));
}
