import type { ReceivedChange } from '../../aws/queue.ts';
import type { Deployment } from '../deployment.ts';
import { inParallel } from '../in-parallel.ts';
import type { HandedOver, Lanes } from './lanes.ts';
import { openLanes } from './lanes.ts';
import { settleMessages } from './settle-messages.ts';
import { syncDocuments } from './sync-documents.ts';
import type { ChangeMessage } from './works.ts';

/** What Lambda delivers at most without waiting for more: a delivery as large as that says that more stands behind it. */
const FULL_DELIVERY = 10;

/**
 * So many messages are worked on together. Procore takes a thousand records to a sync and Xero forty ids to a call, but
 * each commitment still needs three calls of its own, at some 25 in ten seconds: more would not end in time.
 */
const MOST = 120;

/** Senders take a moment for each ten messages; the last of them are worth waiting for. */
const WAIT_SECONDS = 1;

/** A round of `MOST` takes about that long; less than that left, no other is begun. */
const ROUND_SECONDS = 120;

const AT_ONCE = 10;

/**
 * Works off a delivery of the queue, and together with it what stands behind it: one document goes out at once, a backlog
 * in as few calls as the vendors allow, by one worker for each connection. Returns the ids of those delivered that the
 * queue is to deliver again.
 */
export async function workOff(
  delivered: ChangeMessage[],
  deployment: Deployment,
  secondsLeft: () => number,
): Promise<string[]> {
  const lanes = openLanes(deployment);
  try {
    const own = await lanes.admit(delivered);
    const isBacklog = delivered.length >= FULL_DELIVERY && lanes.any();
    const received = isBacklog ? await receiveMore(MOST - own.length, lanes, deployment) : [];
    const failed = new Set<string>();
    let round = { own, received, left: await lanes.leftToUs(MOST - own.length - received.length) };
    for (;;) {
      for (const id of await workRound(round, deployment, secondsLeft)) failed.add(id);
      if (!lanes.any() || secondsLeft() < ROUND_SECONDS) break;
      // What has just failed goes back to the queue, which counts how often.
      const left = (await lanes.leftToUs(MOST)).filter(({ id }) => !failed.has(id));
      if (left.length === 0) break;
      round = { own: [], received: [], left };
    }
    return delivered.map(({ id }) => id).filter((id) => failed.has(id));
  } finally {
    await lanes.leave();
  }
}

async function receiveMore(most: number, lanes: Lanes, { queue }: Deployment): Promise<ReceivedChange[]> {
  const all = await queue.receive(most, { waitSeconds: WAIT_SECONDS });
  const admitted = await lanes.admit(all);
  await queue.remove(all.filter((message) => !admitted.includes(message)));
  return admitted;
}

/** Returns the ids of those that are to come again. */
async function workRound(
  { own, received, left }: { own: ChangeMessage[]; received: ReceivedChange[]; left: HandedOver[] },
  deployment: Deployment,
  secondsLeft: () => number,
): Promise<string[]> {
  const messages = [...own, ...received, ...left];
  if (messages.length === 0) return [];
  const verdicts = await syncDocuments(messages, deployment, secondsLeft);
  const failed = new Set(await settleMessages(messages, verdicts, deployment));
  const isDone = ({ id }: ChangeMessage) => !failed.has(id);
  await deployment.queue.remove(received.filter(isDone));
  // Who fails otherwise waits where it is, until it is taken for left behind.
  await inParallel(left.filter(isDone), AT_ONCE, (one) => one.remove());
  return [...failed];
}
