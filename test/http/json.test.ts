import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exactNumber, excerpt, NotJson, parseJson } from '../../lib/http/json.ts';

describe('JSON of the vendors', () => {
  it('keeps an amount exactly as it was written', () => {
    expect(parseJson('{"Total": 1234.5000, "Small": 1E-7}')).toEqual({ Total: '1234.5000', Small: '1E-7' });
  });

  it('keeps an id that a number could not hold', () => {
    expect(parseJson('[90071992547409931234]')).toEqual(['90071992547409931234']);
  });

  it('leaves everything that is no number as it is', () => {
    const value = fc.jsonValue().filter((json) => !/[0-9]/.test(JSON.stringify(json)));
    fc.assert(fc.property(value, (json) => expect(parseJson(JSON.stringify(json))).toEqual(json)));
  });

  it('writes a large id as the number it is', () => {
    expect(JSON.stringify({ id: exactNumber('90071992547409931234') })).toBe('{"id":90071992547409931234}');
  });

  it.each(['', '<html>', 'error=invalid', '{"cut":'])('refuses %j with a typed error', (text) => {
    expect(() => parseJson(text)).toThrow(NotJson);
  });

  it('quotes the words of an HTML page, and not much of them', () => {
    const page = `<html><style>b{}</style><b>Bad\n gateway</b>${'x'.repeat(500)}</html>`;
    expect(excerpt(page)).toMatch(/^Bad gateway x+…$/);
    expect(excerpt(page).length).toBeLessThan(210);
  });
});
