import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pollInterval } from '../../lib/core/poll-interval.ts';

const standard = { pollMinutes: 'auto', xeroDailyCalls: 5000 } as const;
const starter = { pollMinutes: 'auto', xeroDailyCalls: 1000 } as const;

describe('the time to the next look for changed orders', () => {
  it.each([
    ['somebody is at work', 0, 1],
    ['the last change is 20 minutes old', 20, 1],
    ['it has been quiet for a little longer', 21, 3],
    ['an hour', 60, 3],
    ['over lunch', 61, 5],
    ['three hours', 180, 5],
    ['the night', 181, 15],
    ['the holidays', 60 * 24 * 10, 15],
    ['a connection that never changed anything yet', Number.POSITIVE_INFINITY, 15],
  ])('%s (%d minutes quiet) → %d minutes', (_case, quiet, minutes) => {
    expect(pollInterval(standard, quiet)).toBe(minutes);
  });

  it('is held to the calls that the Starter tier can afford, even while somebody is at work', () => {
    expect(pollInterval(starter, 0)).toBeCloseTo(4.32);
    expect(pollInterval(starter, 100)).toBe(5);
  });

  it('is the fixed setting where there is one, at work and at night', () => {
    const fixed = { pollMinutes: 30, xeroDailyCalls: 1000 };
    expect(pollInterval(fixed, 0)).toBe(30);
    expect(pollInterval(fixed, 1000)).toBe(30);
  });

  it('slows down where less of the day is left than of its calls, and is quick where there is plenty', () => {
    expect(pollInterval(standard, 0, { calls: 300, minutes: 720 })).toBeCloseTo(7.2);
    expect(pollInterval(standard, 0, { calls: 4000, minutes: 60 })).toBe(1);
    expect(pollInterval(starter, 0, { calls: 900, minutes: 60 })).toBeCloseTo(4.32);
    expect(pollInterval(standard, 181, { calls: 4000, minutes: 60 })).toBe(15);
  });

  it('is the end of the day where no call is left for it', () => {
    expect(pollInterval(standard, 0, { calls: 0, minutes: 312 })).toBe(312);
    expect(pollInterval(standard, 0, { calls: 2, minutes: 312 })).toBe(312);
  });

  it('never plans more than a third of what is left of the day, if for one look', () => {
    fc.assert(
      fc.property(
        fc.nat(6000),
        fc.double({ min: 1, max: 1440, noNaN: true }),
        fc.nat(3000),
        (calls, minutes, quiet) => {
          const planned = minutes / pollInterval(standard, quiet, { calls, minutes });
          expect(planned).toBeLessThanOrEqual(Math.max(1, calls / 3) + 1e-6);
        },
      ),
    );
  });

  it('never takes more than a third of the day’s calls and never grows shorter while it is quiet', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 100_000 }),
        fc.nat(3000),
        fc.nat(3000),
        (xeroDailyCalls, quiet, longer) => {
          const settings = { pollMinutes: 'auto', xeroDailyCalls } as const;
          const wait = pollInterval(settings, quiet);
          expect(1440 / wait).toBeLessThanOrEqual(xeroDailyCalls / 3 + 1e-6);
          expect(pollInterval(settings, quiet + longer)).toBeGreaterThanOrEqual(wait);
        },
      ),
      { seed: 7 },
    );
  });
});
