import { describe, expect, it } from '@jest/globals';
import type { Figure } from './figures.ts';
import { isMet, median, percentile, ratio } from './figures.ts';
import { interleave } from './interleave.ts';
import { asJson, asTable } from './result.ts';

const figure = (value: number, target: Partial<Figure> = { atMost: 1.2 }): Figure => ({
  what: 'webhook ÷ floor',
  value,
  unit: '×',
  madeOf: '120 ÷ 100',
  ...target,
});

const group = (...figures: Figure[]) => [{ name: 'cold start', figures }];

describe('the median', () => {
  it.each([
    ['an odd number', [9, 1, 5], 5],
    ['an even number', [10, 1, 2, 4], 3],
    ['one', [7], 7],
  ])('of %s of measurements is the one in the middle, whatever their order', (_, values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('is not moved by one run that something else on the machine slowed down', () => {
    expect(median([101, 99, 100, 98, 9000])).toBe(100);
  });

  it('of nothing is an error, not a number', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('a ratio', () => {
  it('says how many times the base it is', () => {
    expect(ratio(180, 150)).toBe(1.2);
  });

  it.each([0, -1, Number.NaN])('to %p is an error, not a number that meets every target', (base) => {
    expect(() => ratio(1, base)).toThrow(RangeError);
  });
});

describe('a target', () => {
  it('is met up to the target itself and missed above it', () => {
    expect([1.19, 1.2, 1.21].map((value) => isMet(figure(value)))).toEqual([true, true, false]);
  });

  it('that is missed once fails the whole bench; figures without one are not judged', () => {
    const good = JSON.parse(asJson(group(figure(1), figure(99, {}))));
    expect(good.ok).toBe(true);
    expect(good.figures.map(({ met }: { met?: boolean }) => met)).toEqual([true, undefined]);
    expect(JSON.parse(asJson(group(figure(1), figure(1.3)))).ok).toBe(false);
  });
});

describe('a target from below', () => {
  it('is met from the target upwards', () => {
    expect([199, 200, 201].map((value) => isMet(figure(value, { atLeast: 200 })))).toEqual([
      false,
      true,
      true,
    ]);
  });
});

describe('a percentile', () => {
  it('is the value that so many of a hundred do not exceed', () => {
    const values = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect([percentile(values, 50), percentile(values, 99), percentile([7], 99)]).toEqual([50, 99, 7]);
  });
});

describe('the table for people', () => {
  it('says in the end what was missed, and by how much', () => {
    const table = asTable(group(figure(1), figure(1.3, { atMost: 1.2, what: 'poll-xero ÷ floor' })));
    expect(table).toContain('1 of 2 targets met');
    expect(table).toContain('MISSED  poll-xero ÷ floor: 1.30 ×, target ≤ 1.2 ×');
  });

  it('draws what stands beside a figure to one scale', () => {
    const table = asTable(group(figure(4, { beside: { floor: 1, straightforward: 8 } })));
    const lengths = table
      .split('\n')
      .flatMap((line) => (line.includes('█') ? line.split('█').length - 1 : []));
    expect(lengths).toEqual([24, 6, 48]);
  });
});

describe('candidates', () => {
  it('take turns, and their warm-up is not counted', async () => {
    const turns: string[] = [];
    const candidate = (name: string, times: number[]) => () => {
      turns.push(name);
      return times.shift()!;
    };
    const medians = await interleave(
      { floor: candidate('floor', [500, 1, 2, 3]), webhook: candidate('webhook', [900, 4, 6, 5]) },
      { rounds: 3, warmUp: 1 },
    );
    expect(medians).toEqual({ floor: 2, webhook: 5 });
    expect(turns).toEqual(Array(4).fill(['floor', 'webhook']).flat());
  });
});
