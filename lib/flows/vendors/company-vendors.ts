import type { Vendor } from '../../core/procore-records.ts';
import type { VendorIndex } from '../../core/vendor-match.ts';
import { indexVendors } from '../../core/vendor-match.ts';

/** The vendors of a Procore company during one batch. Throws like the project tool. */
export interface CompanyVendors {
  /** All active ones as Procore has them now, to be matched: what a contact is linked to stays linked. */
  index(): Promise<VendorIndex>;
  /** Whether the vendor is among them; where it is not among those known so far, Procore is asked once more. */
  shows(vendorId: string): Promise<boolean>;
  /** All active ones as Procore has them at this moment; from then on the others answer from it, too. */
  lookAgain(): Promise<VendorIndex>;
  /** The inactive ones, as of the last look. */
  inactive(): Promise<Vendor[]>;
  /** Takes note of one that was just made. */
  add(vendor: Vendor): Promise<void>;
}

interface Sources {
  /** All active vendors; may be what was known some time ago. */
  known(): Promise<Vendor[]>;
  now(): Promise<Vendor[]>;
  inactive(): Promise<Vendor[]>;
}

export function openCompanyVendors({ known, now, inactive }: Sources): CompanyVendors {
  let list: Promise<Listed> | undefined;
  let asleep: Promise<Vendor[]> | undefined;
  let looked = false;
  const current = () => {
    list ??= known().then(listed);
    return list;
  };
  const lookAgain = async () => {
    const fresh = listed(await now());
    list = Promise.resolve(fresh);
    asleep = undefined;
    looked = true;
    return fresh.index();
  };
  return {
    index: async () => (looked ? (await current()).index() : lookAgain()),
    lookAgain,
    async shows(vendorId) {
      if ((await current()).ids.has(vendorId)) return true;
      if (looked) return false;
      await lookAgain();
      return (await current()).ids.has(vendorId);
    },
    inactive() {
      asleep ??= inactive();
      return asleep;
    },
    async add(vendor) {
      const { ids, index } = await current();
      index().add(vendor);
      ids.add(vendor.id);
    },
  };
}

interface Listed {
  ids: Set<string>;
  index(): VendorIndex;
}

/** Indexed when somebody asks for a name, which most batches do not. */
function listed(vendors: Vendor[]): Listed {
  let index: VendorIndex | undefined;
  return {
    ids: new Set(vendors.map(({ id }) => id)),
    index: () => {
      index ??= indexVendors(vendors);
      return index;
    },
  };
}
