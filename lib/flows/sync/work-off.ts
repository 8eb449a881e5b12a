import type { ReceivedChange } from '../../aws/queue.ts';
import type { Deployment } from '../deployment.ts';
import { settleMessages } from './settle-messages.ts';
import { syncDocuments } from './sync-documents.ts';
import type { ChangeMessage } from './works.ts';

/** What Lambda delivers at most without waiting for more: a delivery as large as that says that more stands behind it. */
export const FULL_DELIVERY = 10;

/**
 * So many messages are worked on together. Procore takes a thousand records to a sync and Xero forty ids to a call, but
 * each commitment still needs three calls of its own, at some 25 in ten seconds: more would not end in time.
 */
const MOST = 120;

/** Senders take a moment for each ten messages; the last of them are worth waiting for. */
const WAIT_SECONDS = 1;

/**
 * Works off a delivery of the queue, and together with it what stands behind it: one document goes out at once, a backlog
 * in as few calls as the vendors allow. Returns the ids of those delivered that the queue is to deliver again.
 */
export async function workOff(
  delivered: ChangeMessage[],
  deployment: Deployment,
  secondsLeft: () => number,
): Promise<string[]> {
  const { queue } = deployment;
  const more: ReceivedChange[] =
    delivered.length < FULL_DELIVERY
      ? []
      : await queue.receive(MOST - delivered.length, { waitSeconds: WAIT_SECONDS });
  const messages = [...delivered, ...more];
  const verdicts = await syncDocuments(messages, deployment, secondsLeft);
  const failed = new Set(await settleMessages(messages, verdicts, deployment));
  await queue.remove(more.filter(({ id }) => !failed.has(id)));
  return delivered.map(({ id }) => id).filter((id) => failed.has(id));
}
