import { describe, expect, it } from '@jest/globals';
import type { Figure } from './figures.ts';
import { isMet, median, ratio } from './figures.ts';
import { interleave } from './interleave.ts';
import { asJson } from './result.ts';

const figure = (value: number, target: Partial<Figure> = { atMost: 1.2 }): Figure => ({
  what: 'webhook ÷ floor',
  value,
  unit: '×',
  madeOf: '120 ÷ 100',
  ...target,
});

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
    const good = JSON.parse(asJson([figure(1), figure(99, {})]));
    expect(good.ok).toBe(true);
    expect(good.figures.map(({ met }: { met?: boolean }) => met)).toEqual([true, undefined]);
    expect(JSON.parse(asJson([figure(1), figure(1.3)])).ok).toBe(false);
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
