import type { DocumentState } from '../../lib/core/documents.ts';
import type { Deployment } from '../../lib/flows/deployment.ts';
import type { LocalAws } from '../../lib/sandbox/aws/local-aws.ts';

export type Counts = Record<DocumentState, number>;

/** How many documents stand in which state, all connections together. */
export async function countDocuments({ connections, documents }: Deployment): Promise<Counts> {
  const counts: Counts = { posted: 0, 'awaiting-approval': 0, parked: 0, 'left-out': 0, rejected: 0 };
  for (const { id } of await connections.list()) {
    for (const { state } of await documents.list(id)) counts[state] += 1;
  }
  return counts;
}

/** Says on standard error how far the work is: one line rewritten on a terminal, a line now and then elsewhere. */
export function showProgress(aws: LocalAws, deployment: Deployment): { stop(): void } {
  const terminal = process.stderr.isTTY;
  let busy = false;
  let last = '';
  const show = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      const counts = await countDocuments(deployment);
      const waiting = Object.values(aws.queues()).reduce(
        (sum, { visible, inFlight }) => sum + visible + inFlight,
        0,
      );
      const done = Object.values(counts).reduce((sum, count) => sum + count, 0);
      const states = Object.entries(counts).filter(([, count]) => count > 0);
      const line = `${done} documents decided (${states.map(([state, n]) => `${n} ${state}`).join(', ')}), ${waiting} in the queue`;
      if (line !== last && done + waiting > 0)
        process.stderr.write(terminal ? `\r\x1b[2K${line}` : `${line}\n`);
      last = line;
    } catch {
      // Progress is a courtesy: the run itself says what is wrong.
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(show, terminal ? 250 : 2000);
  return {
    stop() {
      clearInterval(timer);
      if (terminal && last) process.stderr.write('\n');
    },
  };
}
