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

  it.each([
    ['a tenant id', 'No access to 5D1B1C5E-0f7c-4b7e-9b1e-2a9c6d1f0a77, sorry', 'No access to […], sorry'],
    ['an access token', 'Bearer eyJhbGciOi.eyJuYmYi.c2ln is expired', '[…] is expired'],
    ['a token that is cut off', 'token eyJhbGciOi.eyJuY', 'token […]'],
    ['a refresh token', 'no grant 0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1', 'no grant […]'],
    ['client credentials', 'authorization: Basic aWQ6c2VjcmV0', 'authorization: […]'],
  ])('is not shown with %s in it', (_what, said, shown) => {
    expect(excerpt(said)).toBe(shown);
    expect(excerpt(`${'x '.repeat(95)}${said}`)).not.toContain(said.slice(-12));
  });

  it('says where it stops being JSON without quoting it', () => {
    const error = new NotJson(
      '{"token": "a" b}',
      new SyntaxError('Expected , in "token": "a" b at position 14'),
    );
    expect(error.message).toMatch(/^not JSON at position 14: /);
    expect(error.cause).toBeUndefined();
  });
});
