import type { ChangeQueue, DocumentChange } from '../aws/queue.ts';
import { LONGEST_DELAY_SECONDS } from '../aws/send-batches.ts';
import type { Clock } from '../core/ports.ts';
import type { WaitingRoom } from '../store/waiting-room.ts';
import { inParallel } from './in-parallel.ts';

/** Writes to DynamoDB take some milliseconds each. */
const AT_ONCE = 10;

/** The queue, but what has to wait longer than it can hide a message waits in the room until `releaseWaiting`. */
export function withWaitingRoom(queue: ChangeQueue, room: WaitingRoom, clock: Clock): ChangeQueue {
  return {
    ...queue,
    async send(changes, options = {}) {
      const { delaySeconds = 0 } = options;
      if (delaySeconds <= LONGEST_DELAY_SECONDS) return queue.send(changes, options);
      const notBefore = new Date(clock.now().getTime() + delaySeconds * 1000).toISOString();
      await inParallel(changes, AT_ONCE, (change: DocumentChange) => room.put(change, notBefore));
    },
  };
}
