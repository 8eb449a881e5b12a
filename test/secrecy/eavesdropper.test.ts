import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eavesdropper } from './eavesdropper.ts';

const SECRET = 'sécret/token+1';

describe('the eavesdropper', () => {
  it.each<[string, unknown]>([
    ['plain text', `Bearer ${SECRET}`],
    ['the cause of a cause', new Error('a', { cause: new Error('b', { cause: { body: SECRET } }) })],
    ['a hidden property', Object.defineProperty({}, 'token', { value: SECRET, enumerable: false })],
    ['an error of several', new AggregateError([new Error(SECRET)], 'both')],
    ['a map in a list', [new Map([['token', new Set([SECRET])]])]],
    ['bytes', { sealed: Buffer.from('client-secret') }],
    ['Basic authentication', `Basic ${Buffer.from(`id:${SECRET}`).toString('base64')}`],
    ['a form', new URLSearchParams({ token: SECRET }).toString()],
    ['hexadecimal', Buffer.from(SECRET).toString('hex')],
  ])('hears a secret in %s', (_where, thing) => {
    const ear = eavesdropper();
    ear.secret('token', SECRET);
    ear.secret('client secret', 'client-secret');
    ear.hear('log', thing);
    expect(ear.leaks()).not.toEqual([]);
  });

  it('hears it in any base64, wherever it begins and whatever stands around it', () => {
    const text = fc.string({ minLength: 0, maxLength: 12 });
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 40 }), text, text, (value, before, after) => {
        const ear = eavesdropper();
        ear.secret('token', value);
        ear.hear('log', Buffer.from(before + value + after).toString('base64'));
        ear.hear('log', Buffer.from(before + value + after).toString('base64url'));
        expect(ear.leaks().length).toBeGreaterThanOrEqual(2);
      }),
    );
  });

  it('hears nothing where nothing is said', () => {
    const ear = eavesdropper();
    ear.secret('token', SECRET);
    ear.hear('log', new Error('Xero does not answer', { cause: { code: 'ECONNRESET' } }));
    expect(ear.leaks()).toEqual([]);
  });
});
