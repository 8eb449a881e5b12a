import type { Connection } from '../../core/connection.ts';
import type { SeenContact } from '../../core/coverage/coverage.ts';
import type { VendorIndex } from '../../core/vendor-match.ts';
import { indexVendors } from '../../core/vendor-match.ts';
import type { Deployment } from '../deployment.ts';
import { openCatalogue } from '../reference/catalogue.ts';
import { isNoAnswer } from './known.ts';

/** A contact that is not yet linked to a vendor of Procore. */
export interface UnlinkedContact extends SeenContact {
  /** What its first order would find among the vendors, in words; absent where Procore cannot be asked. */
  becomes?: string;
}

export async function unlinkedContacts(
  contacts: SeenContact[],
  connection: Connection,
  deployment: Deployment,
): Promise<UnlinkedContact[]> {
  const links = await Promise.all(contacts.map(({ id }) => deployment.links.getVendor(connection.id, id)));
  const without = contacts.filter((_, index) => links[index] === undefined);
  const index = without.length > 0 ? await vendorsOf(connection, deployment) : undefined;
  return without.map((contact) => ({ ...contact, ...(index && { becomes: becomes(contact, index) }) }));
}

async function vendorsOf(connection: Connection, deployment: Deployment): Promise<VendorIndex | undefined> {
  try {
    return indexVendors(await openCatalogue(deployment, connection).entries('procore/vendors'));
  } catch (error) {
    if (!isNoAnswer(error)) throw error;
    return undefined;
  }
}

function becomes({ id, name }: SeenContact, index: VendorIndex): string {
  const match = index.match({ name, originId: `xero:contact:${id}` });
  if (match === 'none') return 'a new vendor';
  if ('vendor' in match) return `${match.vendor.name}, by its name`;
  const candidates = 'near' in match ? match.near : match.equal;
  return `not certain: ${candidates.map(({ vendor }) => vendor.name).join(' or ')}`;
}
