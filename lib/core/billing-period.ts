import type { BillingPeriod } from './procore-records.ts';

/**
 * The billing period that what is dated so goes to: the open one, since closed months are agreed with the owner; else
 * the one that covers the date. Undefined where there is none.
 */
export function periodFor(date: string | undefined, periods: BillingPeriod[]): BillingPeriod | undefined {
  return (
    periods.find(({ status }) => status === 'open') ??
    periods.find(({ start, end }) => date !== undefined && start <= date && date <= end)
  );
}

/** The date, or the nearest within the period. */
export function billingDateIn({ start, end }: BillingPeriod, date = start): string {
  if (date < start) return start;
  return date > end ? end : date;
}
