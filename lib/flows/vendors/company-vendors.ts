import type { ProjectTool } from '../../core/ports.ts';
import type { Vendor } from '../../core/procore-records.ts';
import type { VendorIndex } from '../../core/vendor-match.ts';
import { indexVendors } from '../../core/vendor-match.ts';

/** The vendors of a Procore company during one batch. Throws like the project tool. */
export interface CompanyVendors {
  /**
   * Whether the vendor is an active one. What is known already is enough for a yes, unless it is `doubted`; before a
   * no Procore is asked about this one.
   */
  shows(vendorId: string, doubted?: boolean): Promise<boolean>;
  /** All active ones as Procore had them in this batch: what a contact is linked to stays, so nothing older decides. */
  index(): Promise<VendorIndex>;
  /** The same as Procore has them at this moment; `index` follows. */
  lookAgain(): Promise<VendorIndex>;
  /** Takes note of one that was just made. */
  add(vendor: Vendor): Promise<void>;
}

/** `known` are all active vendors as they were some time ago, or are. */
export function openCompanyVendors(
  known: () => Promise<Vendor[]>,
  { vendors, vendorCards }: Pick<ProjectTool, 'vendors' | 'vendorCards'>,
): CompanyVendors {
  let earlier: Promise<Set<string>> | undefined;
  let live: Promise<{ ids: Set<string>; index: VendorIndex }> | undefined;

  const look = () => {
    live = vendors().then((list) => ({ ids: idsOf(list), index: indexVendors(list) }));
    return live;
  };
  const knownIds = async () => {
    if (live) return (await live).ids;
    earlier ??= known().then(idsOf);
    return earlier;
  };

  return {
    async shows(vendorId, doubted = false) {
      if (!doubted && (await knownIds()).has(vendorId)) return true;
      return (await vendorCards([vendorId])).has(vendorId);
    },
    index: async () => (await (live ?? look())).index,
    lookAgain: async () => (await look()).index,
    async add(vendor) {
      const { ids, index } = await (live ?? look());
      index.add(vendor);
      ids.add(vendor.id);
    },
  };
}

function idsOf(vendors: Vendor[]): Set<string> {
  return new Set(vendors.map(({ id }) => id));
}
