import { randomUUID } from 'node:crypto';
import type { ChangeQueue } from '../../lib/aws/queue.ts';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { workOff } from '../../lib/flows/sync/work-off.ts';
import type { ChangeMessage } from '../../lib/flows/sync/works.ts';
import type { TestClock } from './clock.ts';

/** As the stack sets them for the queue of document changes. */
const VISIBILITY_MS = 600_000;
const MAX_RECEIVE_COUNT = 5;
const RETENTION_MS = 4 * 86_400_000;

interface Waiting extends ChangeMessage {
  visibleAt: number;
  sentAt: number;
}

/** A queue that goes by the test's clock, so that days pass in no time: delays, deliveries, dead letters, retention. */
export function clockQueue(clock: TestClock) {
  const waiting: Waiting[] = [];
  const deadLetters: ChangeMessage[] = [];
  const expired: ChangeMessage[] = [];
  let mostReceived = 0;
  const now = () => clock.now().getTime();
  const queue: ChangeQueue = {
    async send(changes, { delaySeconds = 0 } = {}) {
      if (delaySeconds > 900) throw new Error('SQS hides no message for longer than 15 minutes');
      for (const change of changes) {
        waiting.push({
          id: randomUUID(),
          body: JSON.stringify(change),
          receiveCount: 0,
          visibleAt: now() + delaySeconds * 1000,
          sentAt: now(),
        });
      }
    },
    async receive(most) {
      return take(most).map((message) => ({ ...message, handle: message.id }));
    },
    async remove(messages) {
      for (const { id } of messages) drop(id);
    },
    async depth() {
      const visible = waiting.filter(({ visibleAt }) => visibleAt <= now()).length;
      return { visible, inFlight: 0, delayed: waiting.length - visible };
    },
  };

  function take(most: number): Waiting[] {
    for (const message of waiting.splice(0)) {
      if (now() - message.sentAt > RETENTION_MS) expired.push(message);
      else if (message.receiveCount >= MAX_RECEIVE_COUNT) deadLetters.push(message);
      else waiting.push(message);
    }
    const batch = waiting.filter(({ visibleAt }) => visibleAt <= now()).slice(0, most);
    for (const message of batch) {
      message.receiveCount += 1;
      message.visibleAt = now() + VISIBILITY_MS;
      mostReceived = Math.max(mostReceived, message.receiveCount);
    }
    return batch;
  }

  function drop(id: string): void {
    waiting.splice(
      waiting.findIndex((message) => message.id === id),
      1,
    );
  }

  return {
    queue,
    deadLetters,
    expired,
    length: () => waiting.length,
    /** How often the message was delivered that was delivered most. */
    mostReceived: () => mostReceived,
    /** Works off everything that is visible at this moment, as the function would. */
    async workOff(deployment: Deployment): Promise<void> {
      for (let batch = take(10); batch.length > 0; batch = take(10)) {
        const failed = new Set(await workOff(batch, deployment, () => Number.POSITIVE_INFINITY));
        for (const { id } of batch) if (!failed.has(id)) drop(id);
      }
    },
  };
}
