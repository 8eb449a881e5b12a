import { NeedsPerson } from '../../core/errors.ts';
import type { VendorLink } from '../../core/links.ts';
import type { Workspace } from '../sync/workspace.ts';

/**
 * Makes sure that Procore still offers a vendor that is linked. `doubted` where Procore has just refused it, so that
 * what was known earlier does not count. Throws NeedsPerson('vendor-inactive', 'vendor-gone'): a vendor that people
 * took away is never made again behind their back.
 */
export async function mustStand(
  { contactId, vendorId }: VendorLink,
  supplier: string,
  { tool, vendors }: Workspace,
  { doubted = false } = {},
): Promise<void> {
  if (await vendors.shows(vendorId, doubted)) return;
  const facts = { contact: contactId, supplier, vendor: vendorId };
  const inactive = (await tool.inactiveVendors()).find(({ id }) => id === vendorId);
  if (!inactive) throw new NeedsPerson('vendor-gone', { facts });
  throw new NeedsPerson('vendor-inactive', { facts: { ...facts, name: inactive.name } });
}
