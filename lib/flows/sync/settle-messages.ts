import type { ChangeQueue } from '../../aws/queue.ts';
import { parseChange } from '../../aws/queue.ts';
import type { ChangeMessage, Verdict } from './sync-documents.ts';

/** The longest that SQS hides a new message. */
const LONGEST_DELAY_SECONDS = 900;

/**
 * Puts postponed work back as new messages, hidden for as long as it has to wait: waiting for a vendor's window
 * must not use up the deliveries after which the queue gives a message up. Returns the ids that the queue is to
 * deliver again, among them those that could not be put back.
 */
export async function settleMessages(
  messages: ChangeMessage[],
  verdicts: Map<string, Verdict>,
  { queue }: { queue: ChangeQueue },
): Promise<string[]> {
  const failed: string[] = [];
  const waits = new Map<number, ChangeMessage[]>();
  for (const message of messages) {
    const verdict = verdicts.get(message.id) ?? 'retry';
    if (verdict === 'retry') failed.push(message.id);
    else if (verdict !== 'done') {
      const seconds = Math.min(verdict.postponeSeconds, LONGEST_DELAY_SECONDS);
      waits.set(seconds, [...(waits.get(seconds) ?? []), message]);
    }
  }
  for (const [delaySeconds, postponed] of waits) {
    try {
      await queue.send(
        postponed.map(({ body }) => parseChange(body)),
        { delaySeconds },
      );
    } catch {
      failed.push(...postponed.map(({ id }) => id));
    }
  }
  return failed;
}
