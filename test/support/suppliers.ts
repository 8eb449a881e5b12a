import type { Verdict } from '../../lib/flows/settle.ts';
import { syncDocuments } from '../../lib/flows/sync/sync-documents.ts';
import type { Vendor } from '../../lib/sandbox/procore/records.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import type { Contact, ContactDraft } from '../../lib/sandbox/xero/reference-records.ts';
import type { Scene } from './scene.ts';
import { messageAbout } from './scene.ts';

/** Somebody enters a supplier in Xero. */
export function enterSupplier(
  { demo }: Pick<Scene, 'demo'>,
  draft: Partial<ContactDraft> & { Name: string },
): Contact {
  return demo.xero.saveContact(CONTRACTOR.tenantId, { IsSupplier: true, ...draft });
}

/** Somebody changes a contact in Xero, a minute later. */
export function editContact(
  { clock, demo }: Scene,
  { ContactID }: Pick<Contact, 'ContactID'>,
  changes: Partial<ContactDraft>,
): Contact {
  clock.advance(60_000);
  return demo.xero.saveContact(CONTRACTOR.tenantId, { ContactID, ...changes });
}

/** Somebody merges one contact into another, a minute later. */
export function mergeContacts(
  { clock, demo }: Scene,
  from: Pick<Contact, 'ContactID'>,
  into: Pick<Contact, 'ContactID'>,
): void {
  clock.advance(60_000);
  demo.xero.mergeContacts(CONTRACTOR.tenantId, from.ContactID, into.ContactID);
}

/** Works off one message about each contact, in one batch, as after webhooks. */
export async function syncContacts(
  scene: Scene,
  ...contacts: Pick<Contact, 'ContactID'>[]
): Promise<Verdict[]> {
  const messages = contacts.map(({ ContactID }) => messageAbout(scene, ContactID, 'contact'));
  return [...(await syncDocuments(messages, scene.deployment)).values()];
}

/** Leaves in Xero no orders and bills but those that the test enters. */
export function emptyDocuments({ demo }: Pick<Scene, 'demo'>): void {
  const { purchaseOrders, invoices, creditNotes } = demo.xero.organisations.get(CONTRACTOR.tenantId)!;
  for (const table of [purchaseOrders, invoices, creditNotes]) table.clear();
}

/** The same, and no contacts either. */
export function emptyBooks(scene: Pick<Scene, 'demo'>): void {
  emptyDocuments(scene);
  scene.demo.xero.organisations.get(CONTRACTOR.tenantId)!.contacts.clear();
}

export function contactRecord(
  { deployment, connectionId }: Scene,
  { ContactID }: Pick<Contact, 'ContactID'>,
) {
  return deployment.documents.get(connectionId, ContactID);
}

export async function contactTrail(
  { deployment, connectionId }: Scene,
  { ContactID }: Pick<Contact, 'ContactID'>,
) {
  const entries = await deployment.audit.list(connectionId, ContactID);
  return entries.map(({ event, detail }) => ({ event, ...detail }));
}

/** The vendors of this name, whatever their state. */
export function vendorsCalled({ company }: Pick<Scene, 'company'>, name: string): Vendor[] {
  return [...company.vendors.values()].filter((vendor) => vendor.name === name);
}

/** How often vendors were written. */
export function vendorSyncs({ demo }: Pick<Scene, 'demo'>): number {
  return demo.procore.calls.get('PATCH /rest/v1.0/vendors/sync') ?? 0;
}
