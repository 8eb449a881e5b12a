import { format, inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../lib/core/secret.ts';

const VALUE = 'xoxb-refresh-token';
const secret = new Secret(VALUE);

describe('a secret', () => {
  it('is given out by reveal alone', () => {
    expect(secret.reveal()).toBe(VALUE);
  });

  it.each<[string, () => string]>([
    ['JSON', () => JSON.stringify({ token: secret, list: [secret] })],
    ['JSON of its error', () => JSON.stringify(new Error('failed', { cause: secret }).cause)],
    ['the console', () => inspect({ token: secret }, { depth: null, showHidden: true })],
    ['console formats', () => format('%s %o %O %j', secret, secret, secret, secret)],
    ['String()', () => String(secret)],
    ['a string template', () => `Bearer ${secret}`],
    ['concatenation', () => `${['Bearer', secret].join(' ')}`],
    ['addition', () => ('Bearer ' as unknown as number) + (secret as unknown as string)],
    ['its own keys', () => Reflect.ownKeys(secret).join()],
    ['a copy', () => JSON.stringify({ ...secret })],
    ['a structured clone', () => JSON.stringify(structuredClone(secret))],
    ['a URL query', () => new URLSearchParams({ token: secret as unknown as string }).toString()],
    ['an error message', () => new Error(`refused ${secret}`).stack ?? ''],
  ])('stays hidden in %s', (_where, show) => {
    expect(show()).not.toContain(VALUE);
  });

  it('shows that something is hidden', () => {
    expect(`${secret}`).toBe('[secret]');
    expect(JSON.stringify({ secret })).toBe('{"secret":"[secret]"}');
    expect(inspect(secret)).toBe('[secret]');
  });
});
