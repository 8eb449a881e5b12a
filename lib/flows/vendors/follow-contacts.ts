import type { Contact } from '../../core/documents.ts';
import { ProcoreRefused } from '../../core/errors.ts';
import type { VendorLink } from '../../core/links.ts';
import type { NewVendor, VendorCard } from '../../core/procore-records.ts';
import { newVendor } from '../../procore/new-vendor.ts';
import type { Revised } from '../../store/table.ts';
import type { Workspace } from '../sync/workspace.ts';
import { contentOf, writtenVendor } from './written-vendor.ts';

/** A contact whose vendor the connector made, and which was changed in Xero since. */
export interface Changed {
  link: Revised<VendorLink>;
  vendor: NewVendor;
}

/** `kept`: people changed the vendor in Procore, whose it is from then on. */
export type Followed = 'written' | 'kept' | ProcoreRefused;

/**
 * The contact's vendor as it should be, where the connector made it and the contact is not as it was when it was last
 * written. A vendor that was found or chosen is its people's in Procore.
 */
export function changeOf(link: Revised<VendorLink>, contact: Contact): Changed | undefined {
  if (!link.written) return undefined;
  const vendor = newVendor(contact, link.written.originId);
  return contentOf(vendor) === link.written.sent ? undefined : { link, vendor };
}

/**
 * Writes changed contacts to their vendors, in one call for all, but never over what people wrote in Procore. Vendors
 * that Procore does not show are passed over.
 */
export async function followContacts(
  changes: Changed[],
  { deployment, connection, tool }: Workspace,
): Promise<Map<string, Followed>> {
  const followed = new Map<string, Followed>();
  const cards = await tool.vendorCards(changes.map(({ link }) => link.vendorId));
  const ours: (Changed & { card: VendorCard })[] = [];
  for (const change of changes) {
    const { contactId, vendorId, written, ...rest } = change.link;
    const card = cards.get(vendorId);
    if (!card) continue;
    if (card.originId === written!.originId && contentOf(card) === written!.shown) {
      ours.push({ ...change, card });
      continue;
    }
    followed.set(contactId, 'kept');
    await deployment.links.putVendor(connection.id, { contactId, vendorId, ...rest });
  }
  if (ours.length === 0) return followed;
  const outcomes = await tool.syncVendors(ours.map(({ vendor, card }) => withEmptied(vendor, card)));
  for (const { link, vendor } of ours) {
    const outcome = outcomes.get(vendor.originId)!;
    followed.set(link.contactId, outcome instanceof ProcoreRefused ? outcome : 'written');
    if (outcome instanceof ProcoreRefused) continue;
    await deployment.links.putVendor(connection.id, { ...link, written: writtenVendor(vendor, outcome) });
  }
  return followed;
}

function withEmptied(vendor: NewVendor, { id: _id, ...card }: VendorCard) {
  const shown = Object.keys(card) as (keyof NewVendor)[];
  return { ...vendor, emptied: shown.filter((field) => !(field in vendor)) };
}
