/** What a vendor lets through: so many calls in each window of so many seconds. */
export interface Quota {
  calls: number;
  seconds: number;
}

/** As Procore's documentation has them in its sample (reference: rate limits): 600 an hour, 25 in ten seconds. */
export const PROCORE_QUOTAS: Quota[] = [
  { calls: 600, seconds: 3600 },
  { calls: 25, seconds: 10 },
];

/** Xero: 60 a minute, 5,000 a day. */
export const XERO_QUOTAS: Quota[] = [
  { calls: 60, seconds: 60 },
  { calls: 5000, seconds: 86_400 },
];

/**
 * Hours that the quotas alone need for so many calls, all windows being fresh at the start and no call taking any time:
 * the last call of the widest window's remainder waits for the narrower windows.
 */
export function hoursUnder(quotas: Quota[], calls: number): number {
  const widestFirst = quotas.toSorted((a, b) => b.seconds - a.seconds);
  let [seconds, left] = [0, calls];
  for (const quota of widestFirst) {
    if (left <= 0) break;
    const before = Math.ceil(left / quota.calls) - 1;
    seconds += before * quota.seconds;
    left -= before * quota.calls;
  }
  return seconds / 3600;
}
