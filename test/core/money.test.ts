import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatMoney, money, sum, toCents } from '../../lib/core/money.ts';

describe('money', () => {
  it('adds what floats cannot: a dime and two dimes are thirty cents', () => {
    expect(formatMoney(sum([money('0.1'), money('0.2')]))).toBe('0.30');
    expect(sum([money('0.1'), money('0.2')]).eq('0.3')).toBe(true);
  });

  it('adds nothing up to zero', () => {
    expect(formatMoney(sum([]))).toBe('0.00');
  });

  it.each([
    ['a price of four decimals goes up from half a cent', '12.3450', '12.35'],
    ['and down below it', '12.3449', '12.34'],
    ['a credit is rounded like the charge it takes back', '-12.345', '-12.35'],
    ['less than half a cent of credit is nothing, without a sign', '-0.0049', '0.00'],
    ['half a cent', '0.005', '0.01'],
    ['whole dollars get their cents', '1980', '1980.00'],
    ['an amount that no float holds', '90071992547409931.01', '90071992547409931.01'],
    ['a small amount is not written with an exponent', '0.00000001', '0.00'],
    ['a large one neither', '1e21', '1000000000000000000000.00'],
  ])('%s: %s is %s', (_case, text, shown) => {
    expect(formatMoney(money(text))).toBe(shown);
  });

  it.each(['', ' ', '1,000.00', '$5', '0x10', 'NaN', 'Infinity', '--1', '1.2.3', ' 1'])(
    'refuses %j, which is no decimal',
    (text) => {
      expect(() => money(text)).toThrow();
    },
  );

  it('rounds by less than a cent either way, and cents not at all', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 6 }), (digits, places) => {
        const amount = money(`${digits}e-${places}`);
        expect(toCents(amount).minus(amount).abs().lte('0.005')).toBe(true);
        expect(toCents(toCents(amount)).eq(toCents(amount))).toBe(true);
        expect(money(formatMoney(amount)).eq(toCents(amount))).toBe(true);
      }),
      { seed: 7 },
    );
  });

  it('adds up to the same whatever the order of the lines', () => {
    const cents = fc.integer({ min: -1e9, max: 1e9 }).map((digits) => money(`${digits}e-4`));
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 30 }), (amounts) => {
        expect(sum(amounts).eq(sum(amounts.toReversed()))).toBe(true);
      }),
      { seed: 7 },
    );
  });
});
