import type { DocumentChange } from '../../aws/queue.ts';
import type { Connection } from '../../core/connection.ts';
import type { Contact } from '../../core/documents.ts';
import type { Cursor } from '../../store/cursors.ts';
import type { Lease } from '../../store/leases.ts';
import type { Deployment } from '../deployment.ts';
import type { Workspace } from '../sync/workspace.ts';
import { openWorkspace } from '../sync/workspace.ts';
import { syncContacts } from '../vendors/sync-contacts.ts';
import { withLease } from '../with-lease.ts';

/** Xero shows a change a little after the time that the change carries. */
const OVERLAP_MS = 5 * 60_000;

/**
 * Webhooks tell of contacts within seconds, so this look only finds what they lost: one call an hour is less than a
 * hundredth of the day's.
 */
const EVERY_MS = 60 * 60_000;

/** So many contacts are brought in one call: Procore has 20 seconds to answer. */
const AT_ONCE = 200;

/** A group takes some seconds; what was begun must be able to end. */
const NEEDED_SECONDS = 60;

/** Whether contacts are to be looked at by the usual poll. Where they only follow documents, the sweep is enough. */
export function contactsAreDue({ settings }: Connection, cursor: Cursor, now: Date): boolean {
  const { contacts, suppliers, lastResumedAt } = cursor;
  if (contacts === undefined) return true;
  // What webhooks told meanwhile may have been lost.
  if (lastResumedAt !== undefined && contacts < lastResumedAt) return true;
  if (settings.contacts !== 'suppliers') return false;
  return suppliers === undefined || now.getTime() - Date.parse(contacts) >= EVERY_MS;
}

export interface ContactLook {
  reason: DocumentChange['reason'];
  /** All suppliers, whenever they changed: Xero does not say when a contact became one. */
  whole: boolean;
  secondsLeft: () => number;
  /** Is told how many contacts were dealt with so far. */
  progress?: (contacts: number) => void;
}

/**
 * Brings Procore level with the contacts that changed since the last look, or all. One that runs out of time is done
 * again from its beginning, past what it has dealt with. Returns how many contacts there were. Throws RetryLater, Stop.
 */
export function lookAtContacts(
  connection: Connection,
  deployment: Deployment,
  look: ContactLook,
): Promise<number> {
  return withLease(deployment, `contacts:${connection.id}`, async (lease) => {
    const workspace = await openWorkspace(deployment, connection, look.whole ? 'sweep' : 'poll');
    const read = connection.settings.contacts === 'suppliers' ? readSuppliers : readConcerned;
    return read(workspace, look, lease);
  });
}

async function readSuppliers(workspace: Workspace, look: ContactLook, lease: Lease): Promise<number> {
  const { books, connection, deployment } = workspace;
  const { contacts, suppliers, lastResumedAt = '' } = await deployment.cursors.get(connection.id);
  // Whoever connects again may have just asked for all suppliers.
  const whole = look.whole || contacts === undefined || suppliers === undefined || suppliers < lastResumedAt;
  const since = whole ? undefined : new Date(Date.parse(contacts) - OVERLAP_MS);
  let seen = 0;
  let serverTime: Date | undefined;
  let group: Contact[] = [];
  const bring = async () => {
    await lease.keep();
    workspace.knowContacts(group);
    await dealWith(
      group.map(({ id, version }) => ({ id, version })),
      workspace,
      // A merge that is known needs no second look each day.
      whole ? 'sweep' : look.reason,
    );
    seen += group.length;
    group = [];
    look.progress?.(seen);
  };
  for await (const page of books.contactsSince(since)) {
    serverTime ??= page.serverTime;
    group.push(...page.contacts);
    if (look.secondsLeft() < NEEDED_SECONDS) {
      deployment.log.warn('The suppliers are too many for one look; the next goes on', { seen });
      return seen;
    }
    if (group.length >= AT_ONCE) await bring();
  }
  if (group.length > 0) await bring();
  const mark = serverTime?.toISOString();
  if (mark !== undefined) {
    await deployment.cursors.put(connection.id, { contacts: mark, ...(whole && { suppliers: mark }) });
  }
  return seen;
}

/** Those that stand in Procore, and those on which documents wait. */
async function readConcerned(workspace: Workspace, look: ContactLook, lease: Lease): Promise<number> {
  const { connection, deployment } = workspace;
  const begun = deployment.clock.now().toISOString();
  const linked = await deployment.links.vendors(connection.id);
  const waiting = await deployment.documents.list(connection.id, { state: 'parked' });
  const asked = waiting.flatMap(({ kind, id, facts }) => (kind === 'contact' ? id : (facts?.contact ?? [])));
  const ids = [...new Set([...linked.map(({ contactId }) => contactId), ...asked.map(String)])];
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    if (look.secondsLeft() < NEEDED_SECONDS) return start;
    await lease.keep();
    const group = ids.slice(start, start + AT_ONCE).map((id) => ({ id }));
    await dealWith(group, workspace, look.reason);
    look.progress?.(start + group.length);
  }
  await deployment.cursors.put(connection.id, { contacts: begun });
  return ids.length;
}

/** What somebody else is at is left to the queue: a look must not begin anew for it. */
async function dealWith(
  contacts: { id: string; version?: string | undefined }[],
  workspace: Workspace,
  reason: DocumentChange['reason'],
): Promise<void> {
  const { connection, deployment } = workspace;
  const receivedAt = deployment.clock.now().toISOString();
  const changes = contacts.map(({ id, version }): DocumentChange => {
    const about = { connectionId: connection.id, kind: 'contact' as const, id };
    return { ...about, ...(version !== undefined && { version }), reason, receivedAt };
  });
  const busy = await syncContacts(changes, workspace);
  // Where Procore takes no more for now, it takes no more of any.
  const unavailable = [...busy.values()].find(({ code }) => code !== 'lease-held');
  if (unavailable) throw unavailable;
  const later = changes.filter(({ id }) => busy.has(id));
  if (later.length > 0) await deployment.queue.send(later, { delaySeconds: 10 });
}
