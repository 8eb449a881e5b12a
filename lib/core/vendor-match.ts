import type { Vendor } from './procore-records.ts';

/** Words that say what kind of company it is, not which one. */
const LEGAL_FORMS = new Set([
  ...[
    'inc',
    'incorporated',
    'corp',
    'corporation',
    'co',
    'company',
    'llc',
    'llp',
    'lp',
    'ltd',
    'limited',
    'plc',
  ],
  ...['pty', 'pc', 'pllc', 'ulc', 'ltee', 'dac', 'cc', 'pte', 'sdn', 'bhd'],
]);

/** Where marks are only accents or optional vowels. In Hindi, Thai or Japanese they tell one word from another. */
const ACCENTS =
  /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}])\p{M}+/gu;

/**
 * The part of a company's name that tells it from others: case, accents, punctuation, `&`/and, a leading "The"
 * and legal forms at the end taken off. Empty when nothing is left (a name of symbols only): then only the
 * exact name can match.
 */
export function normaliseName(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(ACCENTS, '$1')
    .normalize('NFC')
    // Marks of direction and joints of no width come along when a name is pasted.
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    // "L.L.C." and "O'Brien" are one word each, "A-1" and "Smith/Jones" are two.
    .replace(/[.'’‘ʻʼ`]/g, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
  if (words.length > 1 && words[0] === 'the') words.shift();
  while (words.length > 1 && (LEGAL_FORMS.has(words.at(-1)!) || words.at(-1) === 'and')) words.pop();
  return words.join(' ');
}

export type VendorMatch = { vendor: Vendor } | { candidates: Vendor[] } | 'none';

/** The company's vendors, indexed once per batch. */
export interface VendorIndex {
  /** By originId, else by exact name, else by normalised name; several equals are candidates for a person. */
  match(contact: { name: string; originId: string }): VendorMatch;
  add(vendor: Vendor): void;
}

export function indexVendors(vendors: Vendor[]): VendorIndex {
  const byOrigin = new Map<string, Vendor>();
  const byName = new Map<string, Vendor[]>();
  const byNormalisedName = new Map<string, Vendor[]>();
  const add = (vendor: Vendor): void => {
    if (vendor.originId !== undefined) byOrigin.set(vendor.originId, vendor);
    append(byName, vendor.name.trim(), vendor);
    append(byNormalisedName, normaliseName(vendor.name), vendor);
  };
  vendors.forEach(add);
  return {
    add,
    match({ name, originId }) {
      const own = byOrigin.get(originId);
      if (own) return { vendor: own };
      const normalised = normaliseName(name);
      const found =
        byName.get(name.trim()) ?? (normalised === '' ? [] : (byNormalisedName.get(normalised) ?? []));
      if (found.length === 0) return 'none';
      return found.length === 1 ? { vendor: found[0]! } : { candidates: found };
    },
  };
}

function append(index: Map<string, Vendor[]>, key: string, vendor: Vendor): void {
  const sameKey = index.get(key);
  if (sameKey) sameKey.push(vendor);
  else index.set(key, [vendor]);
}
