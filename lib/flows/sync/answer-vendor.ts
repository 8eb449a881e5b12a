import type { VendorAnswer } from '../../core/plan-purchase-order.ts';
import { findVendor } from '../vendors/find-vendor.ts';
import type { Workspace } from './workspace.ts';

/** Which vendor a supplier is, and in which of the projects it is known to be. Throws like findVendor. */
export async function answerVendor(
  contact: { id: string; name: string },
  projectIds: string[],
  workspace: Workspace,
): Promise<{ vendor: VendorAnswer; contactId: string }> {
  const { contactId, ...found } = await findVendor(contact, workspace);
  if (!('matched' in found)) return { vendor: found, contactId };
  const { id } = found.matched;
  const alreadyIn = new Set<string>();
  for (const projectId of projectIds) {
    if ((await workspace.vendorIdsOf(projectId)).has(id)) alreadyIn.add(projectId);
  }
  return { vendor: { matched: id, alreadyIn }, contactId };
}
