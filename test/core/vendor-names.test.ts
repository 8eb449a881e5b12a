import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { indexVendors } from '../../lib/core/vendor-match.ts';
import { readingsOf, readName } from '../../lib/core/vendor-names/read-name.ts';

const PIECES = [
  'Hudson',
  'Concrete',
  'The',
  'LLC',
  'P/L',
  'Ltd.',
  '&',
  'and',
  'Co',
  'dba',
  '(USD)',
  '-',
  '4471',
  'é',
  '.',
];
/** Text of any script, and what names are really made of. */
const anyName = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 9 }).map((pieces) => pieces.join(' ')),
);
const normal = (name: string) => readName(name).words.join(' ');
const ask = (name: string, ...names: string[]) =>
  indexVendors(names.map((vendor, at) => ({ id: String(at), name: vendor }))).match({ name, originId: 'x' });
const numbers = (name: string) => name.normalize('NFKD').replace(/\P{N}/gu, '');

describe('any name', () => {
  it('reads the same once it is normal', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        expect(normal(normal(name))).toBe(normal(name));
      }),
      { numRuns: 2000 },
    );
  });

  it('reads the same in either Unicode form and with spaces around', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        expect(normal(name.normalize('NFD'))).toBe(normal(name));
        expect(normal(`  ${name.normalize('NFC')}\t`)).toBe(normal(name));
      }),
      { numRuns: 2000 },
    );
  });

  it('has its own words before all other ways to read it', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const [whole, ...parts] = readingsOf(name);
        expect(whole).toEqual(readName(name));
        expect(parts.every(({ words }) => words.length > 0 && words.length < whole.words.length)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('two names, whatever they are', () => {
  it('are as near from one side as from the other', () => {
    fc.assert(
      fc.property(anyName, anyName, (a, b) => {
        expect(sort(ask(a, b))).toBe(sort(ask(b, a)));
      }),
      { numRuns: 2000 },
    );
  });

  it('are never one company by themselves where their numbers differ', () => {
    fc.assert(
      fc.property(anyName, fc.nat(99), fc.nat(99), (name, one, other) => {
        const [a, b] = [`${name} ${one}`, `${name} ${other}`];
        fc.pre(numbers(a) !== numbers(b));
        expect(ask(a, b)).not.toHaveProperty('vendor');
      }),
      { numRuns: 2000 },
    );
  });

  it('leave the exact one alone', () => {
    fc.assert(
      fc.property(anyName, fc.array(anyName, { maxLength: 8 }), (name, others) => {
        const unlike = others.filter((other) => other.trim() !== name.trim());
        expect(ask(name, ...unlike, name)).toEqual({ vendor: { id: String(unlike.length), name } });
      }),
      { numRuns: 1000 },
    );
  });
});

function sort(match: ReturnType<typeof ask>): string {
  return match === 'none' ? match : Object.keys(match).join();
}
