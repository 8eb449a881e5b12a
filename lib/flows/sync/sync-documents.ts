import type { DocumentChange } from '../../aws/queue.ts';
import { parseChange } from '../../aws/queue.ts';
import type { Connection } from '../../core/connection.ts';
import { mayCarry } from '../../core/connection.ts';
import { ConnectorError, NeedsPerson, RetryLater, Stop } from '../../core/errors.ts';
import { mostUrgent, priorityOf } from '../../core/priority.ts';
import type { Revised } from '../../store/table.ts';
import { syncCharge } from '../charges/sync-charge.ts';
import { BATCH_PATIENCE_SECONDS } from '../clients.ts';
import { breakConnection, breaksConnection } from '../connections/break-connection.ts';
import { wasRemoved } from '../connections/connection-trail.ts';
import type { Deployment } from '../deployment.ts';
import { noteActivity } from '../poll/note-activity.ts';
import type { Verdict } from '../settle.ts';
import { syncContacts } from '../vendors/sync-contacts.ts';
import { withLease } from '../with-lease.ts';
import type { Fetched } from './fetch-documents.ts';
import { fetchDocuments, readable } from './fetch-documents.ts';
import { asLostProject } from './lost-project.ts';
import type { Outcome } from './outcome.ts';
import { parked, parkMessage, recordOutcome } from './outcome.ts';
import { syncPurchaseOrder } from './sync-purchase-order.ts';
import type { Trail } from './trail.ts';
import { openTrail } from './trail.ts';
import type { Turn } from './turn.ts';
import { scrutinyFor } from './turn.ts';
import type { ChangeMessage, Work } from './works.ts';
import { collapse } from './works.ts';
import type { Workspace } from './workspace.ts';
import { openWorkspace } from './workspace.ts';

/** The delivery at which an unexplained failure is parked, one before the queue would give the message up. */
const LAST_DELIVERY = 4;

/** A batch takes some seconds at least; one that is begun must be able to end. */
const NEEDED_SECONDS = 20;

/** While a connection is broken or paused its work waits this long between looks; SQS delays no longer than 15 minutes. */
const WAIT: Verdict = { postponeSeconds: 900 };

/** There was no time for it: put back at once, which uses up no delivery. */
const AGAIN: Verdict = { postponeSeconds: 0 };

/**
 * Brings Procore level with every document that the messages name, side by side. One document's trouble never fails
 * another's: each message gets its own verdict. Begins nothing any more once `secondsLeft` runs low.
 */
export async function syncDocuments(
  messages: ChangeMessage[],
  deployment: Deployment,
  secondsLeft: () => number = () => Number.POSITIVE_INFINITY,
): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  const told: { message: ChangeMessage; change: DocumentChange }[] = [];
  for (const message of messages) {
    try {
      told.push({ message, change: parseChange(message.body) });
    } catch (error) {
      if (!(error instanceof NeedsPerson)) throw error;
      await parkMessage(deployment, message, error);
      verdicts.set(message.id, 'done');
    }
  }
  const give = ({ messages }: Work, verdict: Verdict) => {
    for (const { id } of messages) verdicts.set(id, verdict);
  };
  const ofConnections = Map.groupBy(collapse(told), ({ change }) => change.connectionId);
  await Promise.all(
    [...ofConnections].map(([connectionId, works]) =>
      syncConnection(works, connectionId, { deployment, give, secondsLeft }),
    ),
  );
  return verdicts;
}

/** What the works of one connection need besides each other. */
interface Batch {
  deployment: Deployment;
  give: (work: Work, verdict: Verdict) => void;
  secondsLeft: () => number;
}

async function syncConnection(works: Work[], connectionId: string, batch: Batch): Promise<void> {
  const { deployment, give } = batch;
  const connection = await deployment.connections.get(connectionId);
  if (!connection) {
    // What was on its way when its connection was removed concerns nobody any more.
    const removed = await wasRemoved(deployment, connectionId);
    const unknown = new Stop('connection-unknown', { facts: { connection: connectionId } });
    for (const work of works) {
      for (const message of removed ? [] : work.messages) await parkMessage(deployment, message, unknown);
      give(work, 'done');
    }
    return;
  }
  if (!mayCarry(connection)) {
    for (const work of works) give(work, WAIT);
    return;
  }
  if (works.some(({ change }) => change.reason === 'webhook')) await noteActivity(deployment, connection);
  await syncBatch(works, connection, batch);
}

async function syncBatch(works: Work[], connection: Revised<Connection>, batch: Batch): Promise<void> {
  const { deployment, give } = batch;
  let isBroken = false;
  const judge: Judge = async (error, work, trail, about) => {
    const verdict = await judgeFailure(error, work, connection, deployment, trail, about);
    isBroken ||= verdict === WAIT;
    give(work, verdict);
  };
  let workspace: Workspace;
  let fetched: Map<string, Fetched>;
  try {
    const priority = mostUrgent(works.map(({ change }) => priorityOf(change.reason)));
    const patience = Math.min(BATCH_PATIENCE_SECONDS, Math.max(0, batch.secondsLeft() - NEEDED_SECONDS));
    workspace = await openWorkspace(deployment, connection, priority, patience);
    fetched = await fetchDocuments(
      works.map(({ change }) => change),
      workspace,
    );
  } catch (error) {
    for (const work of works) await judge(error, work, openTrail(deployment, work.change, undefined));
    return;
  }
  const {
    contacts = [],
    orders = [],
    charges = [],
  } = Object.groupBy(works, ({ change: { kind } }) =>
    kind === 'contact' ? 'contacts' : kind === 'purchase-order' ? 'orders' : 'charges',
  );
  const sideBySide = (documents: Work[]) =>
    workspace.crew.each(documents, (work) => {
      if (isBroken) return Promise.resolve(give(work, WAIT));
      return syncWork(work, fetched.get(work.change.id), workspace, batch, judge);
    });
  // First contacts, so that the documents beside them find the vendors as they are to be; bills after their orders.
  await syncContactWorks(contacts, workspace, batch, judge);
  await sideBySide(orders);
  await sideBySide(charges);
}

type Judge = (error: unknown, work: Work, trail: Trail, about?: Outcome['about']) => Promise<void>;

async function syncWork(
  work: Work,
  document: Fetched | undefined,
  workspace: Workspace,
  { deployment, give, secondsLeft }: Batch,
  judge: Judge,
): Promise<void> {
  const { connection } = workspace;
  const { change } = work;
  if (secondsLeft() < NEEDED_SECONDS) {
    give(work, AGAIN);
    return;
  }
  const trail = openTrail(deployment, change, document?.version);
  try {
    // Held until the outcome is recorded, by which another worker sees that its own read is older.
    await withLease(deployment, `document:${connection.id}:${change.id}`, async (lease) => {
      const record = await deployment.documents.get(connection.id, change.id);
      const outcome = await decide(change, document, workspace, { trail, lease, known: record });
      if (outcome) await recordOutcome(deployment, connection, change, outcome, trail, { record });
    });
    give(work, 'done');
  } catch (error) {
    await judge(error, work, trail, readable(document));
  }
}

/** Deals with all contacts of a batch at once. */
async function syncContactWorks(
  works: Work[],
  workspace: Workspace,
  { deployment, give, secondsLeft }: Batch,
  judge: Judge,
): Promise<void> {
  if (works.length === 0) return;
  const judged = (error: unknown, work: Work) =>
    judge(error, work, openTrail(deployment, work.change, undefined));
  if (secondsLeft() < NEEDED_SECONDS) {
    for (const work of works) give(work, AGAIN);
    return;
  }
  try {
    const busy = await syncContacts(
      works.map(({ change }) => change),
      workspace,
    );
    for (const work of works) {
      const later = busy.get(work.change.id);
      if (later) await judged(later, work);
      else give(work, 'done');
    }
  } catch (error) {
    for (const work of works) await judged(error, work);
  }
}

function isBreaking(error: unknown): error is Stop {
  return error instanceof Stop && breaksConnection(error.code);
}

async function decide(
  change: DocumentChange,
  document: Fetched | undefined,
  workspace: Workspace,
  hands: Pick<Turn, 'trail' | 'lease' | 'known'>,
): Promise<Outcome | undefined> {
  try {
    return await syncOne(change, document, workspace, hands);
  } catch (error) {
    const found = await asLostProject(error, change.id, document, workspace);
    if (found instanceof NeedsPerson) return parked(found, readable(document));
    throw found;
  }
}

/** No outcome where another worker has dealt with a newer version already. */
async function syncOne(
  change: DocumentChange,
  document: Fetched | undefined,
  workspace: Workspace,
  hands: Pick<Turn, 'trail' | 'lease' | 'known'>,
): Promise<Outcome | undefined> {
  if (document?.kind === 'unreadable') {
    throw new NeedsPerson('document-unreadable', { facts: { problem: document.why } });
  }
  if (document) {
    const { known } = hands;
    if (known && known.version > document.version) return undefined;
    const turn = { ...hands, ...scrutinyFor(change, known) };
    return document.kind === 'purchase-order'
      ? syncPurchaseOrder(document, workspace, turn)
      : syncCharge(document, workspace, turn);
  }
  // A sales invoice changed: a sign of life, and no document of ours.
  if (change.kind !== 'purchase-order') return undefined;
  throw new NeedsPerson('document-vanished', { facts: { id: change.id } });
}

async function judgeFailure(
  error: unknown,
  { messages, change }: Work,
  connection: Revised<Connection>,
  deployment: Deployment,
  trail: Trail,
  about: Outcome['about'],
): Promise<Verdict> {
  if (error instanceof RetryLater) return { postponeSeconds: Math.ceil(error.afterSeconds) };
  if (isBreaking(error)) {
    await breakConnection(deployment, connection, error);
    return WAIT;
  }
  if (error instanceof ConnectorError) {
    await recordOutcome(deployment, connection, change, parked(error, about), trail);
    return 'done';
  }
  if (messages.every(({ receiveCount }) => receiveCount < LAST_DELIVERY)) {
    deployment.log.error('A document failed and is tried again', { document: change.id, error });
    return 'retry';
  }
  const unexplained = new NeedsPerson('sync-failed', { facts: { reason: String(error) }, cause: error });
  await recordOutcome(deployment, connection, change, parked(unexplained, about), trail);
  return 'done';
}
