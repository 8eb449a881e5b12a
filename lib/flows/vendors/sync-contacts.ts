import type { DocumentChange } from '../../aws/queue.ts';
import { NeedsPerson, RetryLater } from '../../core/errors.ts';
import type { DocumentRecord } from '../../core/links.ts';
import { inParallel } from '../in-parallel.ts';
import { queueAgain } from '../requeue.ts';
import { parked, recordOutcome } from '../sync/outcome.ts';
import { openTrail } from '../sync/trail.ts';
import type { Workspace } from '../sync/workspace.ts';
import { createVendors } from './create-vendors.ts';
import type { ContactWork } from './decide-contact.ts';
import { aboutOf, decideContact, postedWith } from './decide-contact.ts';
import { followContacts } from './follow-contacts.ts';
import { asksAbout } from './hanging-documents.ts';

/** Contacts in the works at once: the table bears many more, but nobody waits for them. */
const AT_ONCE = 10;

/**
 * Brings Procore level with contacts that may have changed: follows merges, writes changed ones to the vendors that
 * the connector made of them, and where the connection brings all suppliers makes vendors of those that are none, in
 * one call for all. Records what became of each, and queues again what was parked on it. One contact's trouble
 * concerns no other. Returns those that are to come back later, with when. Throws RetryLater and Stop.
 */
export async function syncContacts(
  changes: DocumentChange[],
  workspace: Workspace,
): Promise<Map<string, RetryLater>> {
  const { deployment, connection } = workspace;
  const waiting = await deployment.documents.list(connection.id, { state: 'parked' });
  const works = await read(changes, waiting, workspace);
  const later = new Map<string, RetryLater>();
  await eachGuarded(works, later, (work) => decideContact(work, workspace));
  await create(works, workspace, later);
  await follow(works, workspace);
  await eachGuarded(works, later, async ({ change, outcome, trail, contact }) => {
    if (outcome && !later.has(contact.id)) {
      await recordOutcome(deployment, connection, change, outcome, trail);
    }
  });
  const mayGoOn = waiting.filter((record) => works.some((work) => isAnswered(record, work)));
  await queueAgain(mayGoOn, deployment);
  return later;
}

/** Those that concern the connection, each once, as they stand in Xero. */
async function read(
  changes: DocumentChange[],
  waiting: DocumentRecord[],
  workspace: Workspace,
): Promise<ContactWork[]> {
  const { connection, deployment, expectContacts } = workspace;
  const wanted = new Map<string, DocumentChange>();
  for (const change of changes) {
    const concerns =
      connection.settings.contacts === 'suppliers' ||
      waiting.some((record) => record.id === change.id || asksAbout(record, change.id)) ||
      (await deployment.links.getVendor(connection.id, change.id)) !== undefined;
    if (concerns) wanted.set(change.id, change);
  }
  expectContacts(wanted.keys());
  const works: ContactWork[] = [];
  for (const change of wanted.values()) {
    const contact = await workspace.contact(change.id, 'itself');
    if (contact) works.push({ change, contact, trail: openTrail(deployment, change, contact.version) });
  }
  return works;
}

async function eachGuarded(
  works: ContactWork[],
  later: Map<string, RetryLater>,
  step: (work: ContactWork) => Promise<void>,
): Promise<void> {
  await inParallel(works, AT_ONCE, async (work) => {
    try {
      await step(work);
    } catch (error) {
      if (error instanceof NeedsPerson) work.outcome = parked(error, aboutOf(work.contact));
      else if (error instanceof RetryLater && error.code === 'lease-held') later.set(work.contact.id, error);
      else throw error;
    }
  });
}

async function create(
  works: ContactWork[],
  workspace: Workspace,
  later: Map<string, RetryLater>,
): Promise<void> {
  const wanted = works.flatMap(({ wanted }) => wanted ?? []);
  const made = await createVendors(wanted, workspace);
  for (const work of works) {
    const { contact, trail } = work;
    const result = made.get(contact.id);
    if (result instanceof RetryLater) later.set(contact.id, result);
    else if (result instanceof NeedsPerson) work.outcome = parked(result, aboutOf(contact));
    else if (result) {
      await trail('written', { step: 'create-vendor', vendor: result.vendorId, origin: result.origin });
      work.outcome = postedWith(contact, result);
    }
  }
}

async function follow(works: ContactWork[], workspace: Workspace): Promise<void> {
  const changes = works.flatMap(({ changed }) => changed ?? []);
  if (changes.length === 0) return;
  const followed = await followContacts(changes, workspace);
  for (const work of works) {
    const { contact, changed, trail } = work;
    const result = changed && followed.get(changed.link.contactId);
    if (!result) continue;
    const facts = { step: 'update-vendor', vendor: changed.link.vendorId };
    if (result === 'written') await trail('written', facts);
    else if (result === 'kept') await trail('planned', { ...facts, kept: 'it was changed in Procore' });
    else if (workspace.connection.settings.contacts === 'suppliers') {
      const about = { contact: contact.id, supplier: contact.name, reason: result.message };
      work.outcome = parked(
        new NeedsPerson('procore-refused', { facts: about, cause: result }),
        aboutOf(contact),
      );
    } else await trail('failed', { ...facts, reason: result.message });
  }
}

/** Whether which vendor the contact is may have another answer now than when the document was parked on it. */
function isAnswered(record: DocumentRecord, { contact, outcome }: ContactWork): boolean {
  if (record.kind === 'contact' || !asksAbout(record, contact.id)) return false;
  const other = contact.mergedInto !== undefined || record.facts?.supplier !== contact.name;
  return other || outcome?.state === 'posted';
}
