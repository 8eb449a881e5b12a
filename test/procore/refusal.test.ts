import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refusalFields } from '../../lib/procore/refusal.ts';

const read = (body: unknown) => refusalFields(typeof body === 'string' ? body : JSON.stringify(body));

describe('why Procore refused', () => {
  it.each<[unknown, Record<string, string[]>]>([
    [
      { errors: { vendor_id: ['is invalid'], base: ['is locked'] } },
      { vendor_id: ['is invalid'], base: ['is locked'] },
    ],
    [{ errors: { number: 'has already been taken' } }, { number: ['has already been taken'] }],
    [{ errors: { items: [{ amount: ['is not a number'] }] } }, { items: ['amount is not a number'] }],
    [{ errors: 'no such project' }, { base: ['no such project'] }],
    [{ errors: ['one', 'two'] }, { base: ['one', 'two'] }],
    [
      { errors: [{ field: 'title', message: 'is too long' }, { detail: 'and more' }] },
      { title: ['is too long'], base: ['and more'] },
    ],
    [{ message: 'Missing' }, { base: ['Missing'] }],
    [
      { code: 403, reason: 'not_permitted', message: 'Not permitted', error: 'x' },
      { base: ['Not permitted'] },
    ],
    [{ exception: 'RecordNotFound', message: 'Vendor not found' }, { base: ['Vendor not found'] }],
    [{ error: 'invalid' }, { base: ['invalid'] }],
    [
      { message: 'Bad', fields: { period_id: ['is closed'] } },
      { base: ['Bad'], period_id: ['is closed'] },
    ],
    [{ errors: {}, message: 'Bad' }, { base: ['Bad'] }],
    ['<html><h1>Bad Gateway</h1></html>', { base: ['Bad Gateway'] }],
    ['"Missing header!"', { base: ['Missing header!'] }],
    ['', {}],
    [{}, {}],
    ['null', {}],
  ])('is read from %j', (body, fields) => {
    expect(read(body)).toEqual(fields);
  });

  it('is lists of words by field, whatever was sent', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (errors) => {
        for (const reasons of Object.values(read({ errors }))) {
          expect(reasons.length).toBeGreaterThan(0);
          for (const reason of reasons) expect(typeof reason).toBe('string');
        }
      }),
    );
  });

  it('reads fields that are called like something every object inherits', () => {
    expect(read('{"errors":{"toString":["is odd"],"constructor":["too"]}}')).toEqual({
      toString: ['is odd'],
      constructor: ['too'],
    });
  });
});
