import type { Contact } from '../../core/documents.ts';
import { survivorOf } from '../../core/documents.ts';
import { BadInput, Stop } from '../../core/errors.ts';
import type { Vendor } from '../../core/procore-records.ts';
import { openBooks, openProjectTool } from '../clients.ts';
import { tellOfConnection } from '../connections/connection-trail.ts';
import type { Deployment } from '../deployment.ts';
import { patiently } from '../in-turn.ts';
import { asksAbout, queueDocumentsOf } from './hanging-documents.ts';
import type { Here, KnownVendor } from './known-vendor.ts';
import { knownVendor } from './known-vendor.ts';

/** What came of a person's choice. */
export interface Chosen {
  /** The contact that counts: of a merged one, its survivor. */
  contactId: string;
  supplier: string;
  /** Absent where the next document is to make a vendor of the contact. */
  vendor?: Vendor;
  /** How many documents were queued again because of it. */
  requeued: number;
}

/**
 * Notes which vendor a contact is because a person says so (its Procore id), or that it is to become one of its own
 * although others are called alike (`create`; also where the connection else creates none). All that hangs on the contact is queued again
 * at once: what is parked on the question, and what stands on the vendor that it was before, so that it moves.
 * `by` is who says so, in words. Throws BadInput('vendor-unknown', 'contact-unknown'), RetryLater, Stop.
 */
export async function chooseVendor(
  connectionId: string,
  contactId: string,
  choice: string,
  { by }: { by: string },
  deployment: Deployment,
): Promise<Chosen> {
  const connection = await deployment.connections.get(connectionId);
  if (!connection) throw new Stop('connection-unknown', { facts: { connection: connectionId } });
  const here: Here = { deployment, connection };
  const { id, name } = await supplierOf(contactId, here);
  const vendor = choice === 'create' ? undefined : await activeVendor(choice, here);
  const before = await patiently(deployment, () => note(id, vendor?.id, here));
  await tellOfConnection(deployment, connection.id, 'vendor-chosen', {
    by,
    contact: id,
    supplier: name,
    vendor: vendor ? `${vendor.name} (${vendor.id})` : 'a new one',
    ...(before.link && { before: before.link.vendorId }),
  });
  const moves = before.link !== undefined && before.link.vendorId !== vendor?.id;
  const requeued = await queueDocumentsOf(
    connection.id,
    { contactIds: [contactId, id], vendorId: moves ? before.link?.vendorId : undefined },
    deployment,
  );
  return { contactId: id, supplier: name, ...(vendor && { vendor }), requeued };
}

/** The contact under which the choice counts. One that Xero no longer shows may still stand on documents. */
async function supplierOf(contactId: string, here: Here): Promise<Pick<Contact, 'id' | 'name'>> {
  const { deployment, connection } = here;
  const books = await openBooks(deployment, connection);
  const contact = survivorOf(await books.contacts([contactId]), contactId);
  if (contact) return contact;
  const parked = await deployment.documents.list(connection.id, { state: 'parked' });
  const asking = parked.find((record) => asksAbout(record, contactId));
  const known = await knownVendor(here, contactId);
  if (!asking && !known.link) throw new BadInput('contact-unknown', { facts: { contact: contactId } });
  return { id: known.contactId, name: String(asking?.facts?.supplier ?? '') };
}

async function activeVendor(vendorId: string, { deployment, connection }: Here): Promise<Vendor> {
  const vendors = await openProjectTool(deployment, connection).vendors();
  const vendor = vendors.find(({ id }) => id === vendorId);
  if (vendor) return vendor;
  throw new BadInput('vendor-unknown', {
    facts: { vendor: vendorId, company: connection.procore.companyId },
  });
}

/** Returns what was known before. Throws WriteConflict where a worker links the contact at this moment. */
async function note(contactId: string, vendorId: string | undefined, here: Here): Promise<KnownVendor> {
  const { deployment, connection } = here;
  const before = await knownVendor(here, contactId);
  const { link, wish } = before;
  const entry = { contactId: before.contactId, revision: (link ?? wish)?.revision ?? 0 };
  if (vendorId === undefined) await deployment.links.putVendorWish(connection.id, { ...entry, create: true });
  else if (link?.vendorId === vendorId)
    await deployment.links.putVendor(connection.id, { ...link, origin: 'chosen' });
  else
    await deployment.links.putVendor(connection.id, { ...entry, vendorId, origin: 'chosen', projectIds: [] });
  return before;
}
