import type { ReferenceChange, ReferenceQueue } from '../../aws/reference-queue.ts';
import type { Code } from '../../core/codes.ts';
import type { Clock } from '../../core/ports.ts';
import { isOfProject } from '../../core/reference-lists.ts';
import { listsShowing } from '../../core/reference-resources.ts';
import type { WebhookEvent } from '../../procore/webhook-event.ts';
import { parseWebhookEvent } from '../../procore/webhook-event.ts';
import type { ProcoreEvents } from '../../store/procore-events.ts';
import type { ProcoreDirectory } from './procore-directory.ts';
import type { Kept } from './reread.ts';

export interface ProcoreWebhookAnswer {
  /** 401 without the secret. Everything else is 200: Procore holds back all later events until one is accepted. */
  status: 200 | 401;
  code?: Code;
  /** What the event was, as far as it was no news. */
  counts: {
    events: number;
    unknownCompany: number;
    otherResource: number;
    ownWrite: number;
    repeated: number;
  };
}

interface Door {
  directory: Kept<ProcoreDirectory>;
  events: ProcoreEvents;
  queue: ReferenceQueue;
  clock: Clock;
}

/** An event is a few hundred bytes; v3.0 names parents, v4.0 may come to carry data. */
const MAX_BYTES = 262_144;

/** Recognises a delivery and enqueues which lists to read; nothing else, so that Procore has its answer in 5 seconds. */
export async function receiveProcoreWebhook(
  body: Buffer,
  authorization: string | undefined,
  { directory, events, queue, clock }: Door,
): Promise<ProcoreWebhookAnswer> {
  const counts = { events: 0, unknownCompany: 0, otherResource: 0, ownWrite: 0, repeated: 0 };
  let known = await directory.current();
  let companyId = known.companyOf(authorization);
  if (companyId === undefined) {
    // The hook may have been registered a moment ago.
    known = await directory.reread();
    companyId = known.companyOf(authorization);
  }
  if (companyId === undefined) return { status: 401, code: 'webhook-forged', counts };

  await events.noteCall(companyId);
  if (body.length > MAX_BYTES) return { status: 200, code: 'webhook-oversized', counts };
  const event = parseWebhookEvent(body.toString('utf8'));
  if (!event) return { status: 200, code: 'webhook-malformed', counts };
  counts.events = 1;
  // A secret speaks for its own company alone.
  if (event.companyId !== companyId) counts.unknownCompany = 1;
  else if (listsShowing(event.resource).length === 0) counts.otherResource = 1;
  else await tell(event, known, { directory, events, queue, clock }, counts);
  return { status: 200, counts };
}

async function tell(
  event: WebhookEvent,
  known: ProcoreDirectory,
  { events, queue, clock }: Door,
  counts: ProcoreWebhookAnswer['counts'],
): Promise<void> {
  const changes = changesOf(event, known, clock);
  if (changes.length === 0) counts.ownWrite = 1;
  else if (await events.isKnown(event.companyId, event.id)) counts.repeated = 1;
  else {
    // In this order: a crash in between makes the event come again, the other order would lose it.
    await queue.send(changes);
    await events.remember(event.companyId, event.id);
  }
}

/** What the event means for each connection of the company that did not make the change itself. */
function changesOf(event: WebhookEvent, known: ProcoreDirectory, clock: Clock): ReferenceChange[] {
  const { projectId, userIds } = event;
  const receivedAt = clock.now().toISOString();
  return known
    .connectionsOf(event.companyId)
    .filter(({ userId }) => userId === undefined || !userIds.includes(userId))
    .flatMap(({ id: connectionId }) =>
      listsShowing(event.resource).map((what) => ({
        connectionId,
        what,
        ...(isOfProject(what) && projectId !== undefined && { projectId }),
        receivedAt,
      })),
    );
}
