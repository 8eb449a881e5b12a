import { addVendor } from './build-company.ts';
import type { VendorData } from './company.ts';
import { releaseOriginId } from './origin-ids.ts';
import { change, found } from './people-acts.ts';
import type { Company, Vendor } from './records.ts';
import type { VendorFields } from './vendor-fields.ts';
import type { World } from './world.ts';

/** What people do in the directories of company and projects. */
export interface VendorPeople {
  addVendor(vendor: VendorData): Vendor;
  renameVendor(vendorId: number, name: string): void;
  /** Types over fields of a vendor. */
  editVendor(vendorId: number, fields: VendorFields): void;
  /** Moves a vendor to the inactive ones, or back. */
  setVendorActive(vendorId: number, active: boolean): void;
  /** Deletes a vendor that nothing was written for. */
  deleteVendor(vendorId: number): void;
  /** Merges one vendor into another: it is gone, and what named it names the other. */
  mergeVendors(from: number, into: number): void;
  /** Takes a vendor out of a project's directory. */
  removeVendor(projectId: number, vendorId: number): void;
}

export function vendorPeople(world: World, company: Company): VendorPeople {
  const vendorOf = (id: number) => found(company.vendors.get(id), id);
  return {
    addVendor: (vendor) => addVendor(world, company, vendor),
    renameVendor: (id, name) => void change(world, vendorOf(id), { name }),
    editVendor: (id, fields) => void change(world, vendorOf(id), fields as Partial<Vendor>),
    setVendorActive: (id, active) => void change(world, vendorOf(id), { is_active: active }),
    mergeVendors: (from, into) => {
      const [gone, survivor] = [vendorOf(from), vendorOf(into)];
      for (const { contracts, directCosts, vendorIds } of company.projects.values()) {
        for (const record of [...contracts.values(), ...directCosts.values()]) {
          if (record.vendor_id === gone.id) change(world, record, { vendor_id: survivor.id });
        }
        if (vendorIds.delete(gone.id)) vendorIds.add(survivor.id);
      }
      releaseOriginId(world, company, 'vendor', gone.origin_id);
      company.vendors.delete(gone.id);
    },
    deleteVendor: (id) => {
      releaseOriginId(world, company, 'vendor', vendorOf(id).origin_id);
      company.vendors.delete(id);
      for (const project of company.projects.values()) project.vendorIds.delete(id);
    },
    removeVendor: (id, vendorId) => void found(company.projects.get(id), id).vendorIds.delete(vendorId),
  };
}
