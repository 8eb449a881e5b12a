import type { Contact } from '../../core/documents.ts';
import { NeedsPerson } from '../../core/errors.ts';
import type { VendorLink } from '../../core/links.ts';
import type { NewVendor, Vendor } from '../../core/procore-records.ts';
import { decideVendor, vendorOriginId } from '../../core/vendor-decision.ts';
import { newVendor } from '../../procore/new-vendor.ts';
import type { Revised } from '../../store/table.ts';
import type { Workspace } from '../sync/workspace.ts';
import { knownVendor } from './known-vendor.ts';

/** Which vendor a contact is. `contactId` is the contact that counts: of a merged one, its survivor. */
export type FoundVendor = { contactId: string } & (
  | { link: Revised<VendorLink> }
  | { matched: Vendor }
  | { create: NewVendor }
);

/**
 * The one answer to which vendor a contact is: its link, else its survivor's, else a vendor of its name, else the link
 * of a contact that was merged into it, else a new vendor. Writes nothing. `name` is what a document calls it. Throws
 * NeedsPerson('vendor-ambiguous', 'vendor-missing').
 */
export async function findVendor(
  { id, name }: { id: string; name: string },
  workspace: Workspace,
): Promise<FoundVendor> {
  const known = await knownVendor(workspace, id);
  if (known.link) return { contactId: known.contactId, link: known.link };
  const contact: Contact = (await workspace.contact(known.contactId)) ?? {
    id: known.contactId,
    name,
    isSupplier: true,
    archived: false,
  };
  const { contactId, link, wish } = await knownVendor(workspace, contact.id);
  if (link) return { contactId, link };

  const wished = wish !== undefined || known.wish !== undefined;
  const originId = vendorOriginId(contact.id);
  const match = (await workspace.vendors.index()).match({ name: contact.name, originId });
  const decided = decideVendor(contact, match, workspace.connection.settings, wished);
  if (decided !== 'create' && !(decided instanceof NeedsPerson))
    return { contactId: contact.id, matched: decided.vendor };
  const inherited = wished ? undefined : await linkOfMerged(contact.id, workspace);
  if (inherited) return { contactId: inherited.contactId, link: inherited };
  if (decided instanceof NeedsPerson) throw decided;
  return { contactId: contact.id, create: newVendor(contact, originId) };
}

/** The link of a contact that was merged into this one just now, before anybody took note of it. */
async function linkOfMerged(
  contactId: string,
  workspace: Workspace,
): Promise<Revised<VendorLink> | undefined> {
  for (const [gone, survivor] of await workspace.recentMerges()) {
    if (survivor !== contactId) continue;
    const { link } = await knownVendor(workspace, gone);
    if (link) return link;
  }
  return undefined;
}
