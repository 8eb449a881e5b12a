import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { money } from '../../lib/core/money.ts';
import { amount } from '../../lib/http/fields.ts';
import { parseJson } from '../../lib/http/json.ts';
import { date, decimalText, idNumber } from '../../lib/procore/wire.ts';

describe('what goes to Procore and comes back', () => {
  it('keeps every amount to the cent, sent as text and read as text or number', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (cents) => {
        const sum = money(String(cents)).div(100);
        const text = decimalText(sum);
        expect(text).toMatch(/^-?\d+\.\d\d$/);
        for (const sent of [`"${text}"`, text]) expect(amount.parse(parseJson(sent)).eq(sum)).toBe(true);
      }),
    );
  });

  it('keeps ids of any length', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 25n }), (id) => {
        const body = JSON.stringify({ id: idNumber(String(id)) });
        expect(body).toBe(`{"id":${id}}`);
        expect(parseJson(body)).toEqual({ id: String(id) });
      }),
    );
  });

  it('takes the calendar day of a date with or without a time', () => {
    expect(date.parse('2026-11-30')).toBe('2026-11-30');
    expect(date.parse('2026-11-30T23:59:59-06:00')).toBe('2026-11-30');
    expect(date.safeParse('30/11/2026').success).toBe(false);
  });
});
