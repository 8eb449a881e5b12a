import { describe, expect, it } from '@jest/globals';
import { lasting } from '../../../lib/flows/connections/lasting.ts';

describe('how long an outage lasted', () => {
  it.each([
    ['2026-11-22T09:00:00.000Z', '0 min'],
    ['2026-11-22T09:00:20.000Z', '0 min'],
    ['2026-11-22T09:25:00.000Z', '25 min'],
    ['2026-11-22T10:00:00.000Z', '1 h'],
    ['2026-11-22T11:05:00.000Z', '2 h 5 min'],
    ['2026-11-25T13:40:00.000Z', '3 d 4 h'],
    ['2026-11-21T09:00:00.000Z', '0 min'],
  ])('until %s is said in two words at most: %s', (until, words) => {
    expect(lasting('2026-11-22T09:00:00.000Z', new Date(until))).toBe(words);
  });
});
