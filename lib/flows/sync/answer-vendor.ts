import type { Contact } from '../../core/documents.ts';
import { NeedsPerson } from '../../core/errors.ts';
import type { VendorAnswer } from '../../core/plan-purchase-order.ts';
import type { VendorCandidate } from '../../core/vendor-match.ts';
import { newVendor } from '../../procore/new-vendor.ts';
import type { Workspace } from './workspace.ts';

/** Link, then name, then a new vendor. Throws NeedsPerson('vendor-ambiguous') with the candidates, best first. */
export async function answerVendor(
  { id, name }: { id: string; name: string },
  projectIds: string[],
  workspace: Workspace,
): Promise<{ vendor: VendorAnswer; contactId: string }> {
  const { deployment, connection } = workspace;
  const link = await deployment.links.getVendor(connection.id, id);
  if (link) return { vendor: { link }, contactId: id };
  const contact: Contact = (await workspace.contact(id)) ?? { id, name, isSupplier: true, archived: false };
  const survivor =
    contact.id === id ? undefined : await deployment.links.getVendor(connection.id, contact.id);
  if (survivor) return { vendor: { link: survivor }, contactId: contact.id };

  const originId = `xero:contact:${contact.id}`;
  const match = (await workspace.vendors()).match({ name: contact.name, originId });
  if (match === 'none' || ('near' in match && connection.settings.nearMatch === 'create'))
    return { vendor: { create: newVendor(contact, originId) }, contactId: contact.id };
  if (!('vendor' in match)) {
    const candidates = ('near' in match ? match.near : match.equal).map(inWords);
    throw new NeedsPerson('vendor-ambiguous', { facts: { supplier: contact.name, candidates } });
  }
  const alreadyIn = new Set<string>();
  for (const projectId of projectIds) {
    if ((await workspace.vendorIdsOf(projectId)).has(match.vendor.id)) alreadyIn.add(projectId);
  }
  return { vendor: { matched: match.vendor.id, alreadyIn }, contactId: contact.id };
}

/** `Hudson Concrete LLC (77), 95 % alike: differs by the legal form: Inc / LLC` */
function inWords({ vendor, score, reason }: VendorCandidate): string {
  return `${vendor.name} (${vendor.id}), ${Math.round(score * 100)} % alike: ${reason}`;
}
