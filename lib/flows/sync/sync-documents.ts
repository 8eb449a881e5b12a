import type { DocumentChange } from '../../aws/queue.ts';
import { parseChange } from '../../aws/queue.ts';
import type { Connection } from '../../core/connection.ts';
import { mayCarry } from '../../core/connection.ts';
import { ConnectorError, NeedsPerson, RetryLater, Stop } from '../../core/errors.ts';
import type { Revised } from '../../store/table.ts';
import { syncCharge } from '../charges/sync-charge.ts';
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
import type { Workspace } from './workspace.ts';
import { openWorkspace } from './workspace.ts';

/** One message as the queue delivered it. */
export interface ChangeMessage {
  id: string;
  body: string;
  /** How often it was delivered, this time included. */
  receiveCount: number;
}

interface Work {
  message: ChangeMessage;
  change: DocumentChange;
}

/** The delivery at which an unexplained failure is parked, one before the queue would give the message up. */
const LAST_DELIVERY = 4;

/** A document takes a few seconds; one that is begun must be able to end. */
const NEEDED_SECONDS = 20;

/** While a connection is broken or paused its work waits this long between looks; SQS delays no longer than 15 minutes. */
const WAIT: Verdict = { postponeSeconds: 900 };

/**
 * Brings Procore level with every document that the messages name. One document's trouble never fails another's:
 * each message gets its own verdict. Stops taking up documents once `secondsLeft` runs low; those come again.
 */
export async function syncDocuments(
  messages: ChangeMessage[],
  deployment: Deployment,
  secondsLeft: () => number = () => Number.POSITIVE_INFINITY,
): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  const works: Work[] = [];
  for (const message of messages) {
    try {
      works.push({ message, change: parseChange(message.body) });
    } catch (error) {
      if (!(error instanceof NeedsPerson)) throw error;
      await parkMessage(deployment, message, error);
      verdicts.set(message.id, 'done');
    }
  }
  for (const [connectionId, ofConnection] of Map.groupBy(works, ({ change }) => change.connectionId)) {
    const connection = await deployment.connections.get(connectionId);
    if (connection) {
      await syncConnection(ofConnection, connection, deployment, verdicts, secondsLeft);
      continue;
    }
    // What was on its way when its connection was removed concerns nobody any more.
    const removed = await wasRemoved(deployment, connectionId);
    const unknown = new Stop('connection-unknown', { facts: { connection: connectionId } });
    for (const { message } of ofConnection) {
      if (!removed) await parkMessage(deployment, message, unknown);
      verdicts.set(message.id, 'done');
    }
  }
  return verdicts;
}

async function syncConnection(
  works: Work[],
  connection: Revised<Connection>,
  deployment: Deployment,
  verdicts: Map<string, Verdict>,
  secondsLeft: () => number,
): Promise<void> {
  const judge = async (error: unknown, work: Work, trail: Trail, about?: Outcome['about']): Promise<void> => {
    verdicts.set(work.message.id, await judgeFailure(error, work, connection, deployment, trail, about));
  };
  if (!mayCarry(connection)) {
    for (const { message } of works) verdicts.set(message.id, WAIT);
    return;
  }
  if (works.some(({ change }) => change.reason === 'webhook')) {
    await noteActivity(deployment, connection);
  }
  let workspace: Workspace;
  let fetched: Awaited<ReturnType<typeof fetchDocuments>>;
  try {
    workspace = await openWorkspace(deployment, connection);
    fetched = await fetchDocuments(
      works.map(({ change }) => change),
      workspace,
    );
  } catch (error) {
    for (const work of works) await judge(error, work, openTrail(deployment, work.change, undefined));
    return;
  }
  const { contact: ofContacts = [], document: ofDocuments = [] } = Object.groupBy(works, ({ change }) =>
    change.kind === 'contact' ? 'contact' : 'document',
  );
  // First, so that the documents beside them find the vendors as they are to be.
  let broken = await syncContactWorks(ofContacts, workspace, verdicts, judge, secondsLeft);
  for (const work of ofDocuments) {
    const { message, change } = work;
    if (broken) {
      verdicts.set(message.id, WAIT);
      continue;
    }
    if (secondsLeft() < NEEDED_SECONDS) {
      verdicts.set(message.id, 'retry');
      continue;
    }
    const document = fetched.get(change.id);
    const trail = openTrail(deployment, change, document?.version);
    try {
      // Held until the outcome is recorded, by which another worker sees that its own read is older.
      await withLease(deployment, `document:${connection.id}:${change.id}`, async (lease) => {
        const outcome = await decide(change, document, workspace, { trail, lease });
        if (outcome) await recordOutcome(deployment, connection, change, outcome, trail);
      });
      verdicts.set(message.id, 'done');
    } catch (error) {
      await judge(error, work, trail, readable(document));
      broken = isBreaking(error);
    }
  }
}

/** Deals with all contacts of a batch at once. True where the connection broke over it. */
async function syncContactWorks(
  works: Work[],
  workspace: Workspace,
  verdicts: Map<string, Verdict>,
  judge: (error: unknown, work: Work, trail: Trail) => Promise<void>,
  secondsLeft: () => number,
): Promise<boolean> {
  if (works.length === 0) return false;
  const { deployment } = workspace;
  const judged = (error: unknown, work: Work) =>
    judge(error, work, openTrail(deployment, work.change, undefined));
  if (secondsLeft() < NEEDED_SECONDS) {
    for (const { message } of works) verdicts.set(message.id, 'retry');
    return false;
  }
  try {
    const busy = await syncContacts(
      works.map(({ change }) => change),
      workspace,
    );
    for (const work of works) {
      const later = busy.get(work.change.id);
      if (later) await judged(later, work);
      else verdicts.set(work.message.id, 'done');
    }
    return false;
  } catch (error) {
    for (const work of works) await judged(error, work);
    return isBreaking(error);
  }
}

function isBreaking(error: unknown): error is Stop {
  return error instanceof Stop && breaksConnection(error.code);
}

async function decide(
  change: DocumentChange,
  document: Fetched | undefined,
  workspace: Workspace,
  hands: Pick<Turn, 'trail' | 'lease'>,
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
  hands: Pick<Turn, 'trail' | 'lease'>,
): Promise<Outcome | undefined> {
  if (document?.kind === 'unreadable') {
    throw new NeedsPerson('document-unreadable', { facts: { problem: document.why } });
  }
  if (document) {
    const known = await workspace.deployment.documents.get(workspace.connection.id, document.id);
    if (known && known.version > document.version) return undefined;
    const turn = { ...hands, known, ...scrutinyFor(change, known) };
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
  { message, change }: Work,
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
  if (message.receiveCount < LAST_DELIVERY) {
    deployment.log.error('A document failed and is tried again', { document: change.id, error });
    return 'retry';
  }
  const unexplained = new NeedsPerson('sync-failed', { facts: { reason: String(error) }, cause: error });
  await recordOutcome(deployment, connection, change, parked(unexplained, about), trail);
  return 'done';
}
