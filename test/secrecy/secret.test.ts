import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { format, inspect, isDeepStrictEqual } from 'node:util';
import { serialize } from 'node:v8';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Secret } from '../../lib/core/secret.ts';

/** Every usual way in which a thing becomes text or another thing. */
const WAYS: Record<string, (secret: Secret) => unknown> = {
  JSON: (secret) => JSON.stringify({ secret, list: [secret], deep: { map: [...new Map([['a', secret]])] } }),
  'JSON with a replacer': (secret) => JSON.stringify({ secret }, (_key, value: unknown) => value, 2),
  'a string template': (secret) => `Bearer ${secret}`,
  concatenation: (secret) => ['Bearer', secret].join(' ').concat(secret as never),
  addition: (secret) => ('Bearer ' as never) + (secret as never),
  'String and valueOf': (secret) => [String(secret), String(secret.valueOf())],
  toLocaleString: (secret: Secret) => secret.toLocaleString(),
  inspect: (secret) =>
    inspect(
      { secret },
      { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true, showProxy: true },
    ),
  'inspect without its own words': (secret) => inspect(secret, { customInspect: false, showHidden: true }),
  format: (secret) =>
    format('%s %o %O %j %d %i %f %c', secret, secret, secret, secret, secret, secret, secret, secret),
  'the console': (secret) => consoled((console) => console.log('secret', secret, { secret }, [secret])),
  'console.dir': (secret) => consoled((console) => console.dir(secret, { showHidden: true, depth: 9 })),
  'console.table': (secret) => consoled((console) => console.table([{ secret }, secret])),
  'console.error of an error': (secret) =>
    consoled((console) => console.error(Object.assign(new Error('x', { cause: secret }), { secret }))),
  'its own keys': (secret) => [...Reflect.ownKeys(secret), ...Object.keys(secret)].map(String),
  'its entries': (secret) => Object.entries(Object.getOwnPropertyDescriptors(secret)),
  'for … in': (secret) => {
    const found: unknown[] = [];
    for (const key in secret) found.push(key, secret[key as keyof Secret]);
    return found;
  },
  'a spread copy': (secret) => inspect({ ...secret }, { showHidden: true }),
  'Object.assign': (secret) => inspect(Object.assign({}, secret), { showHidden: true }),
  'a structured clone': (secret) => inspect(structuredClone(secret), { showHidden: true }),
  'what v8 serialises': (secret) => serialize(secret).toString('latin1'),
  'a URL query': (secret) => new URLSearchParams({ token: secret as never }).toString(),
  'a header': (secret) => new Headers({ authorization: secret as never }).get('authorization'),
  'a URL': (secret) => new URL(`https://example.com/${secret}?token=${secret}`).href,
  'an error': (secret) =>
    inspect(new Error(`refused ${secret}`, { cause: { secret } }), { showHidden: true }),
  'an encoded URI': (secret) => encodeURIComponent(secret as never),
  bytes: (secret) => Buffer.from(String(secret)).toString('base64'),
  'a regular expression': (secret) => String(new RegExp(secret as never)),
  'a comparison of depth': (secret) => isDeepStrictEqual(secret, new Secret('another')),
};

function consoled(write: (console: Console) => void): string {
  const stream = new PassThrough();
  write(new Console(stream, stream));
  return String(stream.read());
}

describe('a secret of any content', () => {
  it.each(Object.entries(WAYS))('does not show in %s', (_way, show) => {
    const value = fc
      .string({ minLength: 6, maxLength: 80, unit: 'grapheme' })
      .map((text) => `s3cr3t-${text}`);
    fc.assert(
      fc.property(value, (text) => {
        const shown = inspect(show(new Secret(text)), {
          depth: Number.POSITIVE_INFINITY,
          maxStringLength: null,
        });
        expect(shown).not.toContain('s3cr3t');
        expect(shown).not.toContain(Buffer.from('s3cr3t').toString('base64').slice(0, 8));
      }),
      { numRuns: 30 },
    );
  });

  it('is given out by reveal alone', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(new Secret(text).reveal()).toBe(text)));
  });
});
