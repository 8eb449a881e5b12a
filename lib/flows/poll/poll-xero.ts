import type { DocumentChange } from '../../aws/queue.ts';
import { knownOrder } from '../../core/charges/known-order.ts';
import type { Connection } from '../../core/connection.ts';
import type { DocumentKind } from '../../core/documents.ts';
import { RetryLater } from '../../core/errors.ts';
import { pollInterval } from '../../core/poll-interval.ts';
import type { Books, Sighting } from '../../core/ports.ts';
import type { Settings } from '../../core/settings.ts';
import type { Lease } from '../../store/leases.ts';
import { BATCH_PATIENCE_SECONDS, openBooks } from '../clients.ts';
import type { Deployment } from '../deployment.ts';
import { eachLiveConnection } from '../each-connection.ts';
import { inParallel } from '../in-parallel.ts';
import { patiently } from '../in-turn.ts';
import { LEASE_SECONDS, withLease } from '../with-lease.ts';
import { contactsAreDue, lookAtContacts } from './look-at-contacts.ts';

/**
 * A poll looks back over this much that it has seen before: Xero's change times have whole seconds, and a change
 * may become readable a little after the time it carries. What comes up twice changes nothing.
 */
const OVERLAP_MS = 5 * 60_000;

/** Schedules do not fire to the second: a look that is due in a moment is not put off by a whole minute. */
const EARLY_MS = 10_000;

/** A sweep looks back over this much for what webhooks and polls missed. */
const SWEEP_MS = 14 * 86_400_000;

/** Writes to DynamoDB take some milliseconds each; a page has a hundred orders. */
const NOTED_AT_ONCE = 8;

/** A lease that nobody gives back has run out by then. */
const SWEEP_PATIENCE = LEASE_SECONDS + 10;

type SecondsLeft = () => number;

const UNLIMITED: SecondsLeft = () => Number.POSITIVE_INFINITY;

/**
 * Looks for changed orders in every connection whose time it is, for bills and credit notes where it has just begun to
 * work again (their webhooks may have been lost meanwhile), and for contacts now and then. Called every minute.
 */
export function pollDueConnections(
  deployment: Deployment,
  secondsLeft: SecondsLeft = UNLIMITED,
): Promise<void> {
  return eachLiveConnection(deployment, async (connection) => {
    const cursor = await deployment.cursors.get(connection.id);
    const { nextPollAt, lastResumedAt, bills } = cursor;
    const now = deployment.clock.now();
    if (nextPollAt !== undefined && Date.parse(nextPollAt) > now.getTime() + EARLY_MS) return;
    await unlessSpent(connection, deployment, () => pollOrders(connection, deployment));
    if (lastResumedAt !== undefined && (bills === undefined || bills < lastResumedAt)) {
      await pollCharges(connection, deployment, USUAL);
    }
    if (contactsAreDue(connection, cursor, now)) {
      await lookAtContacts(connection, deployment, { reason: 'poll', whole: false, secondsLeft });
    }
  });
}

/** Where Xero allows no more calls for a while, the next look is due when it does again, and not every minute. */
async function unlessSpent(
  { id }: Connection,
  { clock, cursors }: Deployment,
  look: () => Promise<unknown>,
): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (error instanceof RetryLater && error.code === 'xero-rate-limited') {
      const nextPollAt = new Date(clock.now().getTime() + error.afterSeconds * 1000).toISOString();
      await cursors.put(id, { nextPollAt });
    }
    throw error;
  }
}

/**
 * Reads all recent orders, bills and credit notes and the contacts again, once a day, for silent changes and lost
 * webhooks, and makes sure that Xero answers for the organisation that was connected. Waits for a poll that is at it, or
 * has died at it: the next sweep is a day away.
 */
export function sweepConnections(
  deployment: Deployment,
  secondsLeft: SecondsLeft = UNLIMITED,
): Promise<void> {
  return eachLiveConnection(deployment, async (connection) => {
    await (await openBooks(deployment, connection, 'sweep')).organisation();
    const orders = () => pollOrders(connection, deployment, { reason: 'sweep', lookBackMs: SWEEP_MS });
    await patiently(deployment, orders, SWEEP_PATIENCE);
    await pollCharges(connection, deployment, { reason: 'sweep', lookBackMs: SWEEP_MS });
    const contacts = () =>
      lookAtContacts(connection, deployment, { reason: 'poll', whole: true, secondsLeft });
    await patiently(deployment, contacts, SWEEP_PATIENCE);
    await deployment.cursors.put(connection.id, { lastSweepAt: deployment.clock.now().toISOString() });
  });
}

/**
 * Looks at one connection now; `full` reads every document again, whenever it changed. Contacts are dealt with at once;
 * `progress` is told how many were so far.
 */
export async function pollConnection(
  connection: Connection,
  deployment: Deployment,
  { full = false, ...told }: { full?: boolean; progress?: (contacts: number) => void } = {},
): Promise<{ enqueued: number }> {
  const lookBackMs = full ? Number.POSITIVE_INFINITY : OVERLAP_MS;
  const look: Look = { reason: 'poll', lookBackMs, isAskedFor: true };
  const orders = await patiently(deployment, () => pollOrders(connection, deployment, look));
  const charges = await pollCharges(connection, deployment, look);
  await patiently(deployment, () =>
    lookAtContacts(connection, deployment, { reason: 'poll', whole: full, secondsLeft: UNLIMITED, ...told }),
  );
  return { enqueued: orders + charges };
}

interface Look {
  reason: 'poll' | 'sweep';
  /** Whether a person waits for it. */
  isAskedFor?: boolean;
  /** How far before the last look to begin, in milliseconds. */
  lookBackMs: number;
}

/** Many pages may want more calls than a minute has: the next minute's are waited for. */
function booksFor(
  { reason, isAskedFor = false }: Look,
  connection: Connection,
  deployment: Deployment,
): Promise<Books> {
  return openBooks(deployment, connection, isAskedFor ? 'webhook' : reason, BATCH_PATIENCE_SECONDS);
}

const USUAL: Look = { reason: 'poll', lookBackMs: OVERLAP_MS };

/** One poll of a connection at a time: a long one is not overtaken by the next minute's. */
function pollOrders(connection: Connection, deployment: Deployment, look = USUAL): Promise<number> {
  return withLease(deployment, `poll:${connection.id}`, (lease) =>
    readOrders(connection, deployment, look, lease),
  );
}

async function readOrders(
  connection: Connection,
  deployment: Deployment,
  look: Look,
  lease: Lease,
): Promise<number> {
  const { clock, cursors, suppliers } = deployment;
  const begun = clock.now();
  const cursor = await cursors.get(connection.id);
  const books = await booksFor(look, connection, deployment);
  const since = lookFrom(cursor.purchaseOrders, look);
  let enqueued = 0;
  let serverTime: Date | undefined;
  for await (const page of books.purchaseOrdersSince(since)) {
    await lease.keep();
    serverTime ??= page.serverTime;
    // Before anything is made of them, so that bills are matched knowing all orders that there are.
    await inParallel(page.orders, NOTED_AT_ONCE, (order) =>
      suppliers.noteOrder(connection.id, knownOrder(order)),
    );
    enqueued += await enqueueNews(
      connection,
      'purchase-order',
      { ...page, seen: [...page.orders, ...page.unreadable] },
      look,
      deployment,
    );
  }
  const lastActivityAt = enqueued > 0 ? begun.toISOString() : cursor.lastActivityAt;
  const quietMinutes =
    lastActivityAt === undefined ? 0 : (begun.getTime() - Date.parse(lastActivityAt)) / 60_000;
  const day = await deployment.governor.xeroDay(connection);
  const waitMs = pollInterval(connection.settings, quietMinutes, day) * 60_000;
  await cursors.put(connection.id, {
    // Only now that every page is safely in the queue; a poll that died half-way is repeated from the old mark.
    ...(serverTime && { purchaseOrders: serverTime.toISOString() }),
    nextPollAt: new Date(begun.getTime() + waitMs).toISOString(),
    ...(lastActivityAt !== undefined && { lastActivityAt }),
  });
  return enqueued;
}

/** The lists besides the orders. Each has a mark of its own in the cursor. */
const CHARGES = [
  {
    mark: 'bills',
    kind: 'bill',
    read: (books: Books, since?: Date) => seenIn(books.billsSince(since), ({ bills }) => bills),
  },
  {
    mark: 'creditNotes',
    kind: 'credit-note',
    read: (books: Books, since?: Date) =>
      seenIn(books.creditNotesSince(since), ({ creditNotes }) => creditNotes),
  },
  {
    mark: 'journals',
    kind: 'journal',
    read: (books: Books, since?: Date) => seenIn(books.journalsSince(since), ({ journals }) => journals),
    wanted: ({ manualJournals }: Settings) => manualJournals === 'on',
  },
] as const;

interface Seen {
  seen: Sighting[];
  records: ReadonlyMap<string, unknown>;
}

async function* seenIn<Page extends Omit<Seen, 'seen'> & { serverTime: Date; unreadable: Sighting[] }>(
  pages: AsyncIterable<Page>,
  readable: (page: Page) => Sighting[],
): AsyncGenerator<Seen & { serverTime: Date }> {
  for await (const page of pages) yield { ...page, seen: [...readable(page), ...page.unreadable] };
}

/** Looks for bills, credit notes and, where the connection carries them, manual journals. */
async function pollCharges(connection: Connection, deployment: Deployment, look: Look): Promise<number> {
  const cursor = await deployment.cursors.get(connection.id);
  const books = await booksFor(look, connection, deployment);
  let enqueued = 0;
  for (const { mark, kind, read, ...list } of CHARGES) {
    if ('wanted' in list && !list.wanted(connection.settings)) continue;
    let serverTime: Date | undefined;
    for await (const page of read(books, lookFrom(cursor[mark], look))) {
      serverTime ??= page.serverTime;
      enqueued += await enqueueNews(connection, kind, page, look, deployment);
    }
    if (serverTime) await deployment.cursors.put(connection.id, { [mark]: serverTime.toISOString() });
  }
  return enqueued;
}

function lookFrom(mark: string | undefined, { lookBackMs }: Look): Date | undefined {
  if (mark === undefined || lookBackMs === Number.POSITIVE_INFINITY) return undefined;
  return new Date(Date.parse(mark) - lookBackMs);
}

/**
 * Enqueues what was seen. The usual poll leaves out versions that were already decided, since its overlap shows
 * every order again; a full look and a sweep do not, because mappings, periods and vendors may have changed since.
 */
async function enqueueNews(
  { id: connectionId }: Connection,
  kind: DocumentKind,
  { seen, records }: Seen,
  { reason, lookBackMs }: Look,
  { clock, documents, queue }: Deployment,
): Promise<number> {
  const receivedAt = clock.now().toISOString();
  const changes: DocumentChange[] = [];
  for (const { id, version } of seen) {
    const known = lookBackMs === OVERLAP_MS ? await documents.get(connectionId, id) : undefined;
    if (known && version !== undefined && known.version >= version) continue;
    const told = { ...(version !== undefined && { version }), ...shownIn(records.get(id)) };
    changes.push({ connectionId, kind, id, ...told, reason, receivedAt });
  }
  if (changes.length > 0) await queue.send(changes);
  return changes.length;
}

/** A document of more characters than that is fetched again when its turn comes. */
const LARGEST_SHOWN = 24_000;

/** The record as messages take it along. */
function shownIn(record: unknown): Pick<DocumentChange, 'record'> {
  return JSON.stringify(record ?? '').length > LARGEST_SHOWN || record === undefined ? {} : { record };
}
