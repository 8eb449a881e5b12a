import { describe, expect, it } from '@jest/globals';
import { hoursUnder, PROCORE_QUOTAS, XERO_QUOTAS } from './quota-time.ts';

describe('the hours that quotas need', () => {
  it.each([
    ['one window of ten seconds', 25, 0],
    ['the first call of the next', 26, 10 / 3600],
    ['a whole hour, of which the spikes take four minutes', 600, (23 * 10) / 3600],
    ['the first call of the second hour', 601, 1],
    ['six thousand calls', 6000, 9 + (23 * 10) / 3600],
  ])('Procore: %s', (_, calls, hours) => {
    expect(hoursUnder(PROCORE_QUOTAS, calls)).toBeCloseTo(hours, 9);
  });

  it('Xero: a day for each five thousand', () => {
    expect(hoursUnder(XERO_QUOTAS, 5001)).toBe(24);
    expect(hoursUnder(XERO_QUOTAS, 120)).toBeCloseTo(1 / 60, 9);
  });
});
