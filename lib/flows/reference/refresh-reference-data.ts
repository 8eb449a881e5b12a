import type { ReferenceChange } from '../../aws/reference-queue.ts';
import { parseReferenceChange } from '../../aws/reference-queue.ts';
import { mayCarry } from '../../core/connection.ts';
import { ConnectorError, NeedsPerson, ProcoreRefused, RetryLater, Stop } from '../../core/errors.ts';
import { isOfProject } from '../../core/reference-lists.ts';
import { breakConnection, breaksConnection } from '../connections/break-connection.ts';
import type { Verdict } from '../settle.ts';
import { parkMessage } from '../sync/outcome.ts';
import { noteUser } from './note-user.ts';
import { queueEverything, queuePerProject } from './queue-everything.ts';
import { reconcileHook } from './reconcile-hook.ts';
import type { ReferenceData } from './reference-data.ts';
import { refreshList } from './refresh-list.ts';

interface Message {
  id: string;
  body: string;
}

/**
 * Does what the messages ask for, once for all that ask for the same. One's trouble never fails another: each message
 * gets its own verdict. Begins nothing once `secondsLeft` runs low; that comes again.
 */
export async function refreshReferenceData(
  messages: Message[],
  reference: ReferenceData,
  secondsLeft: () => number = () => Number.POSITIVE_INFINITY,
): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  const works: { message: Message; change: ReferenceChange }[] = [];
  for (const message of messages) {
    try {
      works.push({ message, change: parseReferenceChange(message.body) });
    } catch (error) {
      if (!(error instanceof NeedsPerson)) throw error;
      await parkMessage(reference, message, error);
      verdicts.set(message.id, 'done');
    }
  }
  // Of those that ask for the same, one that was told of a change speaks for all.
  const alike = Map.groupBy(
    works.toSorted((a, b) => Number(a.change.round ?? false) - Number(b.change.round ?? false)),
    ({ change: { connectionId, what, projectId = '' } }) => [connectionId, what, projectId].join(' '),
  );
  for (const group of alike.values()) {
    const verdict = secondsLeft() < 25 ? 'retry' : await judged(group[0]!.change, reference);
    for (const { message } of group) verdicts.set(message.id, verdict);
  }
  return verdicts;
}

async function judged(change: ReferenceChange, reference: ReferenceData): Promise<Verdict> {
  const connection = await reference.connections.get(change.connectionId);
  // What a connection misses while it cannot work it reads whole as soon as it can again, at the latest next day.
  if (!connection || !mayCarry(connection)) return 'done';
  try {
    await work(change, reference);
    return 'done';
  } catch (error) {
    if (error instanceof RetryLater) return { postponeSeconds: Math.ceil(error.afterSeconds) };
    const { connectionId, what } = change;
    if (error instanceof Stop && breaksConnection(error.code)) {
      await breakConnection(reference, connection, error);
    } else if (error instanceof ConnectorError || error instanceof ProcoreRefused) {
      // Such as a tool that is switched off in one project: the daily round asks again.
      reference.log.warn('A list could not be read', { connectionId, what, error: error.message });
    } else {
      reference.log.error('A refresh failed and is tried again', { connectionId, what, error });
      return 'retry';
    }
    return 'done';
  }
}

async function work(change: ReferenceChange, reference: ReferenceData): Promise<void> {
  const { connectionId, what, projectId, round = false } = change;
  const connection = await reference.connections.get(connectionId);
  if (!connection) return;
  if (what === 'connected') {
    await noteUser(reference, connection);
    await reconcileHook(reference, connection.procore.companyId);
    await queueEverything(reference, connection);
  } else if (what === 'webhook') await reconcileHook(reference, connection.procore.companyId);
  else if (isOfProject(what) && projectId === undefined) {
    await queuePerProject(reference, connection, { ...change, what });
  } else await refreshList(reference, connection, what, { projectId, told: !round });
}
