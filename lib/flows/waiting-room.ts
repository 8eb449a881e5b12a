import { parseChange } from '../aws/queue.ts';
import { LANES } from '../core/priority.ts';
import type { WaitingRoom } from '../store/waiting-room.ts';
import type { Deployment } from './deployment.ts';
import { eachLiveConnection } from './each-connection.ts';
import { inParallel } from './in-parallel.ts';

/** The worker deals with about as many documents of one connection in a minute: the rest waits where it costs nothing. */
const A_MINUTE = 100;

const AT_ONCE = 10;

/** A worker that has what was handed over to it takes it up within its next round; one that died never does. */
const LEFT_BEHIND_MS = 6 * 60_000;

/**
 * Queues what has waited long enough, and what was left to a worker that died, of every connection that may carry
 * documents: a portion each, the most urgent first. Called every minute. Who dies between queueing and taking out queues
 * them twice, which does no harm.
 */
export function releaseWaiting(deployment: Deployment): Promise<void> {
  const { clock, waitingRoom, handedOver } = deployment;
  const now = clock.now();
  const leftBehind = new Date(now.getTime() - LEFT_BEHIND_MS);
  return eachLiveConnection(deployment, async ({ id }) => {
    await release(waitingRoom, id, now, deployment);
    for (const lane of LANES) await release(handedOver[lane], id, leftBehind, deployment);
  });
}

/** Puts a portion of those that were to wait no longer than this back into the queue. */
export async function release(
  room: WaitingRoom,
  connectionId: string,
  until: Date,
  { queue }: Pick<Deployment, 'queue'>,
): Promise<void> {
  const due = await room.due(connectionId, until.toISOString(), A_MINUTE);
  if (due.length === 0) return;
  await queue.send(due.map(({ body }) => parseChange(body)));
  await inParallel(due, AT_ONCE, (waiting) => room.remove(waiting));
}
