import { randomUUID } from 'node:crypto';
import { parseChange } from '../aws/queue.ts';
import type { Lane } from '../core/priority.ts';
import { LANES } from '../core/priority.ts';
import type { WaitingRoom } from '../store/waiting-room.ts';
import type { Deployment } from './deployment.ts';
import { eachLiveConnection } from './each-connection.ts';
import { inParallel } from './in-parallel.ts';

/** The worker deals with about as many documents of one connection in a minute: the rest waits where it costs nothing. */
const A_MINUTE = 100;

const AT_ONCE = 10;

/** Held by the one worker that deals with what comes in a lane of a connection. */
export const laneLease = (connectionId: string, lane: Lane): string => `lane:${connectionId}:${lane}`;

/** Long enough to see that nobody else has it. */
const GLANCE_SECONDS = 5;

/**
 * Queues what has waited long enough, and what was left to a worker that died, of every connection that may carry
 * documents: a portion each, the most urgent first. Called every minute. Who dies between queueing and taking out queues
 * them twice, which does no harm.
 */
export function releaseWaiting(deployment: Deployment): Promise<void> {
  const { clock, waitingRoom, handedOver, leases } = deployment;
  return eachLiveConnection(deployment, async ({ id }) => {
    await release(waitingRoom, id, clock.now(), deployment);
    for (const lane of LANES) {
      const room = handedOver[lane];
      if ((await room.due(id, clock.now().toISOString(), 1)).length === 0) continue;
      // Whoever is on it takes it up within its next round.
      const lease = await leases.acquire(laneLease(id, lane), randomUUID(), GLANCE_SECONDS);
      if (!lease) continue;
      await lease.release();
      await release(room, id, clock.now(), deployment);
    }
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
