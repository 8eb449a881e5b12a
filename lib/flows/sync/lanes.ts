import { randomUUID } from 'node:crypto';
import type { DocumentChange } from '../../aws/queue.ts';
import { parseChange } from '../../aws/queue.ts';
import { RetryLater } from '../../core/errors.ts';
import type { Lane } from '../../core/priority.ts';
import { laneOf } from '../../core/priority.ts';
import type { Lease } from '../../store/leases.ts';
import type { WaitingRoom } from '../../store/waiting-room.ts';
import type { Deployment } from '../deployment.ts';
import { inParallel } from '../in-parallel.ts';
import { laneLease, release } from '../waiting-room.ts';
import { LEASE_SECONDS } from '../with-lease.ts';
import type { ChangeMessage } from './works.ts';

/**
 * The right of one worker to what comes in a lane of a connection. Several would each read what one reads for all, and
 * write in more calls; so whoever comes second leaves what it has to the first, and is done with it.
 */
export interface Lanes {
  /** Those of the messages that this worker is to deal with; the others are in the hands of another by now. */
  admit<Message extends ChangeMessage>(messages: Message[]): Promise<Message[]>;
  /** What others have left to this worker, so many at most. */
  leftToUs(atMost: number): Promise<HandedOver[]>;
  /** Whether this worker has any lane. */
  any(): boolean;
  /** Gives the lanes back. What others have left since goes back to the queue. */
  leave(): Promise<void>;
}

/** A message that another worker has left. */
export interface HandedOver extends ChangeMessage {
  /** To be called once it is dealt with. */
  remove(): Promise<void>;
}

interface Held {
  connectionId: string;
  room: WaitingRoom;
  lease: Lease;
}

const AT_ONCE = 10;

export function openLanes(deployment: Deployment): Lanes {
  const { clock, handedOver, leases } = deployment;
  const held = new Map<string, Held>();

  async function mayTake(connectionId: string, lane: Lane): Promise<boolean> {
    const name = laneLease(connectionId, lane);
    if (held.has(name)) return true;
    const lease = await leases.acquire(name, randomUUID(), LEASE_SECONDS);
    if (lease) held.set(name, { connectionId, room: handedOver[lane], lease });
    return lease !== undefined;
  }

  return {
    async admit(messages) {
      const admitted = new Set<ChangeMessage>();
      const told = messages.map((message) => ({ message, change: readable(message) }));
      const groups = Map.groupBy(told, ({ change }) => {
        const lane = change && laneOf(change.reason);
        return lane && `${change.connectionId} ${lane}`;
      });
      for (const [lane, group] of groups) {
        const { connectionId, reason } = group[0]!.change ?? {};
        if (lane === undefined || (await mayTake(connectionId!, laneOf(reason!)!))) {
          for (const { message } of group) admitted.add(message);
          continue;
        }
        const room = handedOver[laneOf(reason!)!];
        const now = clock.now().toISOString();
        await inParallel(group, AT_ONCE, ({ change }) => room.put(change!, now));
      }
      return messages.filter((message) => admitted.has(message));
    },
    async leftToUs(atMost) {
      const found: HandedOver[] = [];
      for (const [name, { connectionId, room, lease }] of held) {
        if (found.length >= atMost) break;
        if (!(await isKept(lease))) {
          held.delete(name);
          continue;
        }
        for (const one of await room.due(connectionId, clock.now().toISOString(), atMost - found.length)) {
          const message = { id: `${one.key.pk} ${one.key.sk}`, body: one.body, receiveCount: 1 };
          found.push({ ...message, remove: () => room.remove(one) });
        }
      }
      return found;
    },
    any: () => held.size > 0,
    async leave() {
      for (const { connectionId, room, lease } of held.values()) {
        await lease.release();
        await release(room, connectionId, clock.now(), deployment);
      }
      held.clear();
    },
  };
}

/** After a long round another worker may have begun, to which the lane belongs by now. */
async function isKept(lease: Lease): Promise<boolean> {
  try {
    await lease.keep();
    return true;
  } catch (error) {
    if (error instanceof RetryLater) return false;
    throw error;
  }
}

/** What cannot be read is in no lane: it is parked by whoever has it. */
function readable(message: ChangeMessage): DocumentChange | undefined {
  try {
    return parseChange(message.body);
  } catch {
    return undefined;
  }
}
