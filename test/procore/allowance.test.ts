import { describe, expect, it } from '@jest/globals';
import { procoreAllowance } from '../../lib/procore/allowance.ts';

const HEADERS = {
  'X-Rate-Limit-Limit': '600',
  'X-Rate-Limit-Remaining': '12',
  'X-Rate-Limit-Reset': '1795338000',
};

describe("what Procore's headers say is left", () => {
  it('is of the window nearest to running out', () => {
    expect(procoreAllowance(new Headers(HEADERS))).toEqual({
      limit: 600,
      remaining: 12,
      resetsAt: new Date('2026-11-22T09:00:00.000Z'),
    });
  });

  it.each(Object.keys(HEADERS))('is not known without %s', (name) => {
    expect(procoreAllowance(new Headers({ ...HEADERS, [name]: '' }))).toBeUndefined();
  });
});
