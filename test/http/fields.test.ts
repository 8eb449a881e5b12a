import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { amount, misfit, optionalAmount, optionalText, present } from '../../lib/http/fields.ts';
import { parseJson } from '../../lib/http/json.ts';

describe('fields of the wire', () => {
  it('read any decimal exactly, written as a number or as text', () => {
    const decimal = fc
      .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 9999 }))
      .map(([whole, fraction]) => `${whole}.${String(fraction).padStart(4, '0')}`);
    fc.assert(
      fc.property(decimal, (text) => {
        const [asNumber, asText] = z.array(amount).parse(parseJson(`[${text}, "${text}"]`));
        expect(asNumber!.toFixed(4)).toBe(text.replace(/^-(0\.0000)$/, '$1'));
        expect(asText!.eq(asNumber!)).toBe(true);
      }),
    );
  });

  it.each(['', 'abc', '1,000.00', 'NaN', '1e400', '0x10', ' '])('refuse %j as an amount', (text) => {
    expect(amount.safeParse(text).success).toBe(false);
  });

  it('take empty and blank text, null and nothing for absent', () => {
    for (const value of ['', '  ', null, undefined]) {
      expect(optionalText.parse(value)).toBeUndefined();
      expect(optionalAmount.parse(value)).toBeUndefined();
    }
    expect(optionalText.parse(' a ')).toBe('a');
    expect(() => optionalAmount.parse('x')).toThrow();
  });

  it('are left out of a record where they are absent', () => {
    expect(Object.keys(present({ a: 1, b: undefined, c: '' }))).toEqual(['a', 'c']);
  });

  it('say what does not fit without quoting the value', () => {
    const { error } = z
      .object({ line: z.array(z.object({ net: amount })) })
      .safeParse({ line: [{ net: 'secret' }] });
    expect(misfit(error!)).toMatch(/^line\.0\.net: /);
    expect(misfit(error!)).not.toContain('secret');
  });
});
