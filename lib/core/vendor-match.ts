import type { Vendor } from './procore-records.ts';
import { compareNames } from './vendor-names/compare-names.ts';
import { formsAgree, isHollow } from './vendor-names/legal-forms.ts';
import { append, indexNearNames } from './vendor-names/near-names.ts';
import { readName } from './vendor-names/read-name.ts';

/** A vendor that may be the contact. */
export interface VendorCandidate {
  vendor: Vendor;
  /** 0 to 1: how alike the names are. */
  score: number;
  /** What differs, in words: `differs by the legal form: LLC / Inc`. */
  reason: string;
}

/** The one vendor; or several for a person, best first, that are the contact's equals or only near it; or none. */
export type VendorMatch =
  | { vendor: Vendor }
  | { equal: VendorCandidate[] }
  | { near: VendorCandidate[] }
  | 'none';

/** The company's vendors, indexed once per batch. */
export interface VendorIndex {
  /** By originId, else by exact name, else by normalised name; several equals and near misses are for a person. */
  match(contact: { name: string; originId: string }): VendorMatch;
  add(vendor: Vendor): void;
}

/** More than a person wants to look through. */
const LISTED = 10;

export function indexVendors(vendors: Vendor[]): VendorIndex {
  const byOrigin = new Map<string, Vendor>();
  const byName = new Map<string, Vendor[]>();
  const byNormalisedName = new Map<string, Vendor[]>();
  const all: Vendor[] = [];
  const nearNames = indexNearNames();
  const add = (vendor: Vendor): void => {
    if (vendor.originId !== undefined) byOrigin.set(vendor.originId, vendor);
    append(byName, vendor.name.trim(), vendor);
    append(byNormalisedName, readName(vendor.name).words.join(' '), vendor);
    all.push(vendor);
    nearNames.add(vendor.name);
  };
  vendors.forEach(add);

  function nearMisses(name: string): VendorMatch {
    const found = nearNames.find(name).slice(0, LISTED);
    if (found.length === 0) return 'none';
    return { near: found.map(({ at, ...likeness }) => ({ vendor: all[at]!, ...likeness })) };
  }

  return {
    add,
    match({ name, originId }) {
      const own = byOrigin.get(originId);
      if (own) return { vendor: own };
      const exact = byName.get(name.trim()) ?? [];
      if (exact.length === 1) return { vendor: exact[0]! };
      if (exact.length > 1) return equals(name, exact);
      const { words, forms } = readName(name);
      if (words.length === 0) return 'none';
      const alike = byNormalisedName.get(words.join(' ')) ?? [];
      const [first, second] = alike.filter((vendor) => formsAgree(forms, readName(vendor.name).forms));
      if (!first) return nearMisses(name);
      // Beside a company of another kind, one that names no kind could be either.
      const sure = alike.length === 1 || isSame(forms, readName(first.name).forms);
      return sure && !second && !isHollow(words.join(' ')) ? { vendor: first } : equals(name, alike);
    },
  };
}

function isSame(a: Set<string>, b: Set<string>): boolean {
  return a.isSubsetOf(b) && b.isSubsetOf(a);
}

function equals(name: string, vendors: Vendor[]): VendorMatch {
  const own = [readName(name)];
  const candidates = vendors
    .map((vendor) => ({ vendor, ...compareNames(own, [readName(vendor.name)])! }))
    .sort((a, b) => b.score - a.score);
  return { equal: candidates.slice(0, LISTED) };
}
