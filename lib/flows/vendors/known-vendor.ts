import { LONGEST_CHAIN } from '../../core/documents.ts';
import type { VendorLink, VendorWish } from '../../core/links.ts';
import type { Revised } from '../../store/table.ts';
import type { Workspace } from '../sync/workspace.ts';

export type Here = Pick<Workspace, 'deployment' | 'connection'>;

/** What is stored of a contact's vendor, under the contact that it was merged into as far as that is known. */
export interface KnownVendor {
  contactId: string;
  link: Revised<VendorLink> | undefined;
  wish: Revised<VendorWish> | undefined;
}

export async function knownVendor({ deployment, connection }: Here, id: string): Promise<KnownVendor> {
  let contactId = id;
  for (let step = 0; step <= LONGEST_CHAIN; step += 1) {
    const entry = await deployment.links.getVendor(connection.id, contactId);
    const link = entry && 'vendorId' in entry ? entry : undefined;
    const wish = entry && 'create' in entry ? entry : undefined;
    if (link?.mergedInto === undefined) return { contactId, link, wish };
    contactId = link.mergedInto;
  }
  return { contactId, link: undefined, wish: undefined };
}

/** The vendor link that a plan's earlier steps, or earlier runs, left. */
export async function vendorLink(here: Here, contactId: string): Promise<Revised<VendorLink>> {
  const { link } = await knownVendor(here, contactId);
  if (!link) throw new Error(`the vendor of contact ${contactId} was to be linked before it is used`);
  return link;
}

/** Links a contact to a vendor that Procore holds, unless it is linked already; returns the link that counts. */
export async function linkToVendor(
  here: Here,
  contactId: string,
  vendorId: string,
): Promise<Revised<VendorLink>> {
  const known = await knownVendor(here, contactId);
  return known.link ?? putLink(here, known, { vendorId, origin: 'matched' });
}

/** Writes the link of a contact that has none. Throws WriteConflict where somebody else just wrote one. */
export function putLink(
  { deployment, connection }: Here,
  { contactId, wish }: KnownVendor,
  link: Pick<VendorLink, 'vendorId' | 'origin' | 'written'>,
): Promise<Revised<VendorLink>> {
  return deployment.links.putVendor(connection.id, {
    contactId,
    projectIds: [],
    ...link,
    ...(wish && { revision: wish.revision }),
  });
}
