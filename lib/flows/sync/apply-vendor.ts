import type { VendorLink } from '../../core/links.ts';
import type { Step } from '../../core/plan.ts';
import { withLease } from '../with-lease.ts';
import type { Workspace } from './workspace.ts';

/** One vendor for one contact under any concurrency: whoever holds the contact's lease decides, others see its link. */
export async function linkVendor(
  step: Extract<Step, { do: 'create-vendor' | 'link-vendor' }>,
  { deployment, connection, tool, vendors }: Workspace,
): Promise<Record<string, string>> {
  return withLease(deployment, `contact:${connection.id}:${step.contactId}`, async () => {
    const known = await deployment.links.getVendor(connection.id, step.contactId);
    if (known) return { vendor: known.vendorId };
    const created = step.do === 'create-vendor';
    const vendorId = created ? await tool.syncVendor(step.vendor) : step.vendorId;
    const origin = created ? 'created' : 'matched';
    await deployment.links.putVendor(connection.id, {
      contactId: step.contactId,
      vendorId,
      origin,
      projectIds: [],
    });
    if (created)
      (await vendors()).add({ id: vendorId, name: step.vendor.name, originId: step.vendor.originId });
    return { vendor: vendorId, origin };
  });
}

/** Puts the vendor into the project's directory, without which Procore refuses it on a commitment. */
export async function addVendorToProject(
  step: Extract<Step, { do: 'add-vendor-to-project' }>,
  workspace: Workspace,
): Promise<Record<string, string>> {
  const { deployment, connection, tool } = workspace;
  return withLease(deployment, `contact:${connection.id}:${step.contactId}`, async () => {
    const link = await vendorLink(workspace, step.contactId);
    const members = await workspace.vendorIdsOf(step.projectId);
    if (!members.has(link.vendorId)) await tool.addVendorToProject(step.projectId, link.vendorId);
    members.add(link.vendorId);
    const projectIds = [...new Set([...link.projectIds, step.projectId])];
    await deployment.links.putVendor(connection.id, { ...link, projectIds });
    return { vendor: link.vendorId, project: step.projectId };
  });
}

export async function vendorLink(
  { deployment, connection }: Workspace,
  contactId: string,
): Promise<VendorLink> {
  const link = await deployment.links.getVendor(connection.id, contactId);
  if (!link) throw new Error(`the vendor of contact ${contactId} was to be linked before it is used`);
  return link;
}
