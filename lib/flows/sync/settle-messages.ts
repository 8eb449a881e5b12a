import type { ChangeQueue } from '../../aws/queue.ts';
import { parseChange } from '../../aws/queue.ts';
import type { Verdict } from '../settle.ts';
import { settle } from '../settle.ts';
import type { ChangeMessage } from './works.ts';

/** Settles the messages of a batch about documents; see `settle`. */
export function settleMessages(
  messages: ChangeMessage[],
  verdicts: Map<string, Verdict>,
  { queue }: { queue: ChangeQueue },
): Promise<string[]> {
  return settle(messages, verdicts, (bodies, delaySeconds) =>
    queue.send(bodies.map(parseChange), { delaySeconds }),
  );
}
