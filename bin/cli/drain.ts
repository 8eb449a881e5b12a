import type { ChangeQueue } from '../../lib/aws/queue.ts';
import { RetryLater } from '../../lib/core/errors.ts';
import type { Clock } from '../../lib/core/ports.ts';
import type { Io } from './io.ts';
import { say } from './io.ts';

interface Patience {
  timeoutSeconds: number;
  /** The local queue counts exactly; SQS spreads its counts over many machines and lags behind. */
  local: boolean;
  /** Whether to be content with messages that are put off: connections that stand still have some at all times. */
  despitePutOff?: boolean;
}

/** Progress is told when the wait has taken this long, and then this often. */
const TELL_EVERY_MS = 2000;

/**
 * Waits until the queue is empty: nothing waiting, in work or put off. Throws RetryLater('queue-not-drained') with
 * what is left when the time is over.
 */
export async function drained(
  { queue, clock }: { queue: ChangeQueue; clock: Clock },
  { timeoutSeconds, local, despitePutOff = false }: Patience,
  io: Io,
): Promise<void> {
  const [everyMs, quietLooks] = local ? [250, 2] : [3000, 4];
  const start = clock.now().getTime();
  let toldAt = start;
  for (let quiet = 0; quiet < quietLooks; ) {
    const { visible, inFlight, delayed } = await queue.depth();
    quiet = visible + inFlight + (despitePutOff ? 0 : delayed) === 0 ? quiet + 1 : 0;
    if (quiet === quietLooks) return;
    const now = clock.now().getTime();
    if (now - start >= timeoutSeconds * 1000) {
      throw new RetryLater('queue-not-drained', timeoutSeconds, {
        facts: { waiting: visible, 'in work': inFlight, 'put off': delayed },
      });
    }
    if (quiet === 0 && now - toldAt >= TELL_EVERY_MS) {
      toldAt = now;
      const putOff = delayed > 0 ? `, ${delayed} put off until a vendor's limit or outage passes` : '';
      say(io, `${visible} waiting, ${inFlight} in work${putOff} …`);
    }
    await clock.sleep(everyMs);
  }
}
