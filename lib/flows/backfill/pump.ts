import type { DocumentChange } from '../../aws/queue.ts';
import type { Backfill, BackfillItem } from '../../core/backfill/backfill.ts';
import { isUnderWay, reachingBack } from '../../core/backfill/backfill.ts';
import { nextMoves, ON_THE_WAY } from '../../core/backfill/next-moves.ts';
import { advanced, marked, progressOf } from '../../core/backfill/progress.ts';
import type { Connection } from '../../core/connection.ts';
import { mayCarry } from '../../core/connection.ts';
import { RetryLater } from '../../core/errors.ts';
import type { Revised } from '../../store/table.ts';
import { changeConnection } from '../connections/change-connection.ts';
import { tellOfConnection } from '../connections/connection-trail.ts';
import type { Deployment } from '../deployment.ts';
import { eachLiveConnection } from '../each-connection.ts';
import { inParallel } from '../in-parallel.ts';
import { withLease } from '../with-lease.ts';

/** Reads and writes of DynamoDB take some milliseconds each. */
const AT_ONCE = 8;

/** Whoever starts, moves or ends the connection's backfill is alone at it. */
export const backfillLease = (connectionId: string): string => `backfill:${connectionId}`;

/** Moves the backfill of every connection that may carry documents on. Called every minute. */
export function pumpBackfills(deployment: Deployment): Promise<void> {
  return eachLiveConnection(deployment, (connection) => pump(connection, deployment));
}

/**
 * Moves the connection's backfill on by one step: notes what became of the documents that are on their way, and puts the
 * next ones into the queue while few are. Every write can be done again: a pump that dies anywhere is followed by one
 * that at worst queues some documents twice, which does no harm. Does nothing while another is at it.
 */
export async function pump(connection: Connection, deployment: Deployment): Promise<void> {
  const run = await deployment.backfills.get(connection.id);
  if (!run || !isUnderWay(run)) return;
  try {
    await withLease(deployment, backfillLease(connection.id), () => step(connection, deployment));
  } catch (error) {
    // Another pump is at it, or somebody has just paused or ended it.
    if (!(error instanceof RetryLater) || error.code !== 'lease-held') throw error;
  }
}

async function step(connection: Connection, deployment: Deployment): Promise<void> {
  const { backfills, clock } = deployment;
  const run = await backfills.get(connection.id);
  if (!run || !isUnderWay(run)) return;
  await reachBack(run, deployment);
  const window = await windowOf(run, deployment);
  const { settled, send } = nextMoves(window, await decisionsOn(window, deployment, run), clock.now());
  await inParallel(settled, AT_ONCE, (item) => backfills.putItem(run, item));
  for (const item of settled) window[item.place - run.place] = item;
  const sends = run.state === 'running' && mayCarry(connection) && (await hasCalls(connection, deployment));
  if (sends) await queue(send, run, deployment);
  await note(run, window, deployment);
}

/** What the backfill brings must be carried from now on. */
async function reachBack(run: Backfill, deployment: Deployment): Promise<void> {
  await changeConnection(deployment, run.connectionId, (connection) => {
    const settings = reachingBack(connection.settings, run);
    return settings === connection.settings ? undefined : { ...connection, settings };
  });
}

/** The items from the first that is not settled on, as far as a step may be about them. */
export async function windowOf(
  run: Backfill,
  { backfills }: Pick<Deployment, 'backfills'>,
): Promise<BackfillItem[]> {
  const window: BackfillItem[] = [];
  let waiting = 0;
  for await (const item of backfills.items(run, run.place)) {
    window.push(item);
    if (item.queuedAt === undefined) waiting += 1;
    if (waiting >= ON_THE_WAY) break;
  }
  return window;
}

async function decisionsOn(
  window: BackfillItem[],
  { documents }: Pick<Deployment, 'documents'>,
  { connectionId }: Backfill,
) {
  const decided = new Map<string, Awaited<ReturnType<typeof documents.get>>>();
  const going = window.filter((item) => item.queuedAt !== undefined && item.outcome === undefined);
  await inParallel(going, AT_ONCE, async ({ id }) => decided.set(id, await documents.get(connectionId, id)));
  return (id: string) => decided.get(id);
}

/** Of a spent day nothing is asked; what a backfill leaves to live work before that is the governor's to say. */
async function hasCalls(connection: Connection, { governor }: Deployment): Promise<boolean> {
  return (await governor.xeroDay(connection)).calls > 0;
}

/** Queued first and noted then: what is noted without being queued would be waited for. */
async function queue(
  items: BackfillItem[],
  run: Backfill,
  { backfills, clock, ...deployment }: Deployment,
): Promise<void> {
  if (items.length === 0) return;
  const queuedAt = clock.now().toISOString();
  const { connectionId } = run;
  const changes = items.map(({ kind, id, version, date }): DocumentChange => {
    const told = { ...(version !== undefined && { version }), ...(date !== undefined && { date }) };
    return { connectionId, kind, id, ...told, reason: 'backfill', receivedAt: queuedAt };
  });
  await deployment.queue.send(changes);
  await inParallel(items, AT_ONCE, (item) => backfills.putItem(run, { ...item, queuedAt }));
}

async function note(run: Revised<Backfill>, window: BackfillItem[], deployment: Deployment): Promise<void> {
  const { backfills, clock } = deployment;
  const now = clock.now();
  const { settled } = progressOf(run, window, now);
  const next = advanced({ ...run, marks: marked(run.marks, settled, now) }, window);
  const isDone = next.place === next.total;
  if (isDone) {
    await tellOfConnection(deployment, run.connectionId, 'backfill-done', {
      documents: next.total,
      ...next.outcomes,
    });
  }
  if (!isDone && next.place === run.place && next.marks === run.marks) return;
  await backfills.put({
    ...next,
    revision: run.revision,
    ...(isDone && { state: 'done', endedAt: now.toISOString() }),
  });
}
