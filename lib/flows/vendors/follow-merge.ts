import type { Contact } from '../../core/documents.ts';
import { NeedsPerson } from '../../core/errors.ts';
import type { VendorLink } from '../../core/links.ts';
import { decideVendor, vendorOriginId } from '../../core/vendor-decision.ts';
import type { Revised } from '../../store/table.ts';
import type { Workspace } from '../sync/workspace.ts';
import { queueDocumentsOf } from './hanging-documents.ts';
import { knownVendor, linkToVendor } from './known-vendor.ts';

/** What became of a contact that was merged away: the survivor's name and vendor, and the vendor that was its own. */
export interface Merged {
  into: string;
  vendor: string;
  before: string;
}

/**
 * Takes note that a contact was merged into another one in Xero: from now on the survivor's vendor counts for both. A
 * survivor that is no vendor yet, neither by link nor by name, inherits the vendor. Documents that stand on the vendor
 * of the contact that is gone are queued again, also where the merge was noted before: whoever noted it may have died
 * then. `link` is of the contact that is gone. Returns what is new.
 */
export async function followMerge(
  link: Revised<VendorLink>,
  survivor: Contact,
  workspace: Workspace,
): Promise<Merged | undefined> {
  const { deployment, connection } = workspace;
  const isNew = link.mergedInto !== survivor.id;
  const heir = await heirOf(link, survivor, workspace);
  if (isNew) await deployment.links.putVendor(connection.id, { ...link, mergedInto: survivor.id });
  if (heir.vendorId !== link.vendorId) {
    const standing = { contactIds: [link.contactId], vendorId: link.vendorId };
    await queueDocumentsOf(connection.id, standing, deployment);
  }
  return isNew ? { into: survivor.name, vendor: heir.vendorId, before: link.vendorId } : undefined;
}

/** The survivor's link: its own, by its name, or that of the contact that is gone. */
async function heirOf(
  { revision: _revision, mergedInto: _former, ...inherited }: Revised<VendorLink>,
  survivor: Contact,
  workspace: Workspace,
): Promise<VendorLink> {
  const { deployment, connection, vendors } = workspace;
  const known = await knownVendor(workspace, survivor.id);
  if (known.link) return known.link;
  const contact = { name: survivor.name, originId: vendorOriginId(survivor.id) };
  const decided = decideVendor(survivor, (await vendors.index()).match(contact), connection.settings);
  if (decided !== 'create' && !(decided instanceof NeedsPerson)) {
    return linkToVendor(workspace, survivor.id, decided.vendor.id);
  }
  return deployment.links.putVendor(connection.id, {
    ...inherited,
    contactId: survivor.id,
    ...(known.wish && { revision: known.wish.revision }),
  });
}
