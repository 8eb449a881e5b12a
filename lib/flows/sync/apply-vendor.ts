import type { VendorLink } from '../../core/links.ts';
import type { Step } from '../../core/plan.ts';
import type { Revised } from '../../store/table.ts';
import type { Wanted } from '../vendors/create-vendors.ts';
import { createVendors } from '../vendors/create-vendors.ts';
import { linkToVendor, vendorLink } from '../vendors/known-vendor.ts';
import { alone } from '../with-lease.ts';
import type { Workspace } from './workspace.ts';

/** Makes or links the vendor; where others did meanwhile, theirs it is. Throws NeedsPerson, RetryLater. */
export async function linkVendor(
  step: Extract<Step, { do: 'create-vendor' | 'link-vendor' }>,
  workspace: Workspace,
): Promise<Record<string, string>> {
  const { contactId } = step;
  const link =
    step.do === 'link-vendor'
      ? await workspace.crew.alone(`contact:${contactId}`, () =>
          linkToVendor(workspace, contactId, step.vendorId),
        )
      : await createVendor({ contactId, vendor: step.vendor }, workspace);
  return { vendor: link.vendorId, origin: link.origin };
}

/** In one call for all suppliers of the batch that are to become vendors. */
function createVendor(wanted: Wanted, workspace: Workspace): Promise<Revised<VendorLink>> {
  const together = workspace.crew.step<Wanted, Revised<VendorLink>>('create vendors', async (all) => {
    const made = await createVendors(all, workspace);
    return all.map(({ contactId }) => made.get(contactId)!);
  });
  return together(wanted);
}

/** Puts the vendor into the project's directory, without which Procore refuses it on a commitment. */
export async function addVendorToProject(
  step: Extract<Step, { do: 'add-vendor-to-project' }>,
  workspace: Workspace,
): Promise<Record<string, string>> {
  const { deployment, connection, tool } = workspace;
  return alone([`contact:${connection.id}:${step.contactId}`], workspace, async () => {
    const link = await vendorLink(workspace, step.contactId);
    const members = await workspace.vendorIdsOf(step.projectId);
    if (!members.has(link.vendorId)) await tool.addVendorToProject(step.projectId, link.vendorId);
    members.add(link.vendorId);
    const projectIds = [...new Set([...link.projectIds, step.projectId])];
    await deployment.links.putVendor(connection.id, { ...link, projectIds });
    return { vendor: link.vendorId, project: step.projectId };
  });
}
