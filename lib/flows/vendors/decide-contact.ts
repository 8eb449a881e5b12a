import type { DocumentChange } from '../../aws/queue.ts';
import { CODES } from '../../core/codes.ts';
import type { ListedContact } from '../../core/document-summary.ts';
import type { Contact } from '../../core/documents.ts';
import type { VendorLink } from '../../core/links.ts';
import type { Revised } from '../../store/table.ts';
import type { Outcome } from '../sync/outcome.ts';
import { leftOut, posted } from '../sync/outcome.ts';
import type { Trail } from '../sync/trail.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { Wanted } from './create-vendors.ts';
import { findVendor } from './find-vendor.ts';
import type { Changed } from './follow-contacts.ts';
import { changeOf } from './follow-contacts.ts';
import { followMerge } from './follow-merge.ts';
import { knownVendor, linkToVendor } from './known-vendor.ts';
import { mustStand } from './must-stand.ts';

/** One contact on its way to what becomes of it. */
export interface ContactWork {
  change: DocumentChange;
  contact: Contact;
  trail: Trail;
  /** What is to be recorded; absent where nobody asked for contacts as documents. */
  outcome?: Outcome | undefined;
  /** Set where a vendor is to be made of it. */
  wanted?: Wanted;
  /** Set where the vendor that was made of it is to be written anew. */
  changed?: Changed;
}

/** Finds out what is to become of a contact; links what Procore holds, and leaves to the caller what is written there. */
export async function decideContact(work: ContactWork, workspace: Workspace): Promise<void> {
  const { contact } = work;
  const { connection, deployment } = workspace;
  const suppliers = connection.settings.contacts === 'suppliers';
  const about = aboutOf(contact);
  if (contact.mergedInto !== undefined) {
    await noteMerge(work, workspace);
    work.outcome = leftOut('contact-merged', about);
  } else {
    const { link, wish } = await knownVendor(workspace, contact.id);
    if (link) await decideLinked(work, link, workspace);
    else if (contact.archived) work.outcome = leftOut('contact-archived', about);
    else if (!contact.isSupplier && !wish) work.outcome = leftOut('contact-not-supplier', about);
    else if (suppliers) await decideSupplier(work, workspace);
  }
  if (suppliers) return;
  // Nobody asked for it as a document, but it may be one from when somebody did.
  const record = await deployment.documents.get(connection.id, contact.id);
  work.outcome = record && leftOut('contact-not-used', about);
}

async function noteMerge({ change, contact, trail }: ContactWork, workspace: Workspace): Promise<void> {
  const { deployment, connection } = workspace;
  const entry = await deployment.links.getVendor(connection.id, contact.id);
  if (!entry || 'create' in entry) return;
  // What was noted long ago need not be gone through each day.
  if (change.reason === 'sweep' && entry.mergedInto !== undefined) return;
  const survivor = await workspace.contact(contact.id);
  if (!survivor || survivor.id === contact.id) return;
  const merged = await followMerge(entry, survivor, workspace);
  if (merged) await trail('written', { step: 'follow-merge', ...merged });
}

async function decideLinked(
  work: ContactWork,
  link: Revised<VendorLink>,
  workspace: Workspace,
): Promise<void> {
  const { contact } = work;
  const { contacts, dryRun } = workspace.connection.settings;
  if (contacts === 'suppliers') await mustStand(link, contact.name, workspace);
  work.outcome = contact.archived
    ? { ...leftOut('contact-archived', aboutOf(contact)), procore: standing(link) }
    : postedWith(contact, link);
  const changed = contact.archived ? undefined : changeOf(link, contact);
  if (changed && dryRun) work.outcome = leftOutOfDryRun('update-vendor', contact);
  else if (changed) work.changed = changed;
}

async function decideSupplier(work: ContactWork, workspace: Workspace): Promise<void> {
  const { contact, trail } = work;
  const { dryRun } = workspace.connection.settings;
  const found = await findVendor(contact, workspace);
  if ('link' in found) await decideLinked(work, found.link, workspace);
  else if (dryRun) {
    work.outcome = leftOutOfDryRun('create' in found ? 'create-vendor' : 'link-vendor', contact);
  } else if ('create' in found) work.wanted = { contactId: contact.id, vendor: found.create };
  else {
    const link = await linkToVendor(workspace, contact.id, found.matched.id);
    await trail('written', { step: 'link-vendor', vendor: link.vendorId, origin: link.origin });
    await decideLinked(work, link, workspace);
  }
}

function leftOutOfDryRun(step: string, contact: Contact): Outcome {
  return { ...leftOut('dry-run', aboutOf(contact)), message: `${CODES['dry-run'].says}: ${step}` };
}

export function postedWith(contact: Contact, link: VendorLink): Outcome {
  return { ...posted(aboutOf(contact)), procore: standing(link) };
}

function standing({ vendorId: id }: VendorLink): Outcome['procore'] & object {
  return [{ type: 'vendor', id }];
}

/** A contact is listed under its name, having no number. */
export function aboutOf({ name, version = '' }: Contact): ListedContact {
  return { kind: 'contact', number: name, version };
}
