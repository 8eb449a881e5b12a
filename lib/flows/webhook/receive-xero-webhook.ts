import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import type { ChangeQueue, DocumentChange } from '../../aws/queue.ts';
import type { Code } from '../../core/codes.ts';
import type { DocumentKind } from '../../core/documents.ts';
import type { Clock } from '../../core/ports.ts';
import type { DirectoryCache, OpenDirectory } from './webhook-directory.ts';

export interface WebhookAnswer {
  /** 200 for a good signature, 401 for a bad one (Xero docs: Webhooks), 400 for what Xero never sends. */
  status: 200 | 400 | 401;
  code?: Code;
  /** How many events there were, how many named a tenant that is not ours, how many no document that we know. */
  counts: { events: number; unknownTenant: number; otherCategory: number };
}

interface Door {
  directory: DirectoryCache;
  queue: ChangeQueue;
  clock: Clock;
}

/** Xero's largest deliveries are far below this; API Gateway lets ten times as much through. */
const MAX_BYTES = 1_048_576;

/** Categories that name a document of ours by id. An INVOICE may turn out to be a sales invoice once it is read. */
const KINDS = new Map<string, DocumentKind>([
  ['INVOICE', 'bill'],
  ['PURCHASEORDER', 'purchase-order'],
  ['CREDITNOTE', 'credit-note'],
  ['CONTACT', 'contact'],
  ['MANUALJOURNAL', 'journal'],
]);

/** Only what is used. Intent to receive sends no events and sequences of 0; unknown categories are let through. */
const payloadSchema = z.object({
  events: z.array(z.object({ resourceId: z.string(), tenantId: z.string(), eventCategory: z.string() })),
});
const guid = z.guid();

/** Verifies a delivery and enqueues what it is about; nothing else, so that Xero has its answer within 5 seconds. */
export async function receiveXeroWebhook(
  body: Buffer,
  signature: string | undefined,
  { directory, queue, clock }: Door,
): Promise<WebhookAnswer> {
  const counts = { events: 0, unknownTenant: 0, otherCategory: 0 };
  if (body.length > MAX_BYTES) return { status: 400, code: 'webhook-oversized', counts };
  let known = await directory.current();
  if (!isSigned(body, signature, known)) {
    // The key may have been connected a minute ago.
    known = await directory.reread();
    if (!isSigned(body, signature, known)) return { status: 401, code: 'webhook-forged', counts };
  }

  const payload = parsePayload(body);
  if (!payload) return { status: 400, code: 'webhook-malformed', counts };
  if (payload.events.some(({ tenantId }) => !known.connectionOf(tenantId))) known = await directory.reread();

  const changes = new Map<string, DocumentChange>();
  const receivedAt = clock.now().toISOString();
  for (const { resourceId, tenantId, eventCategory } of payload.events) {
    counts.events += 1;
    const connectionId = known.connectionOf(tenantId);
    const kind = KINDS.get(eventCategory);
    if (connectionId === undefined) counts.unknownTenant += 1;
    // One odd event must not make Xero repeat, and in the end switch off, all the others.
    else if (kind === undefined || !guid.safeParse(resourceId).success) counts.otherCategory += 1;
    else {
      const id = resourceId.toLowerCase();
      changes.set(`${connectionId} ${kind} ${id}`, { connectionId, kind, id, reason: 'webhook', receivedAt });
    }
  }
  if (changes.size > 0) await queue.send([...changes.values()]);
  return { status: 200, counts };
}

/** HMAC-SHA256 over the raw bytes; every key is tried, each in constant time, so that timing tells nothing. */
function isSigned(body: Buffer, signature: string | undefined, { webhookKeys }: OpenDirectory): boolean {
  const given = Buffer.from(signature ?? '');
  return webhookKeys
    .map((key) => Buffer.from(createHmac('sha256', key).update(body).digest('base64')))
    .map((expected) => expected.length === given.length && timingSafeEqual(expected, given))
    .includes(true);
}

function parsePayload(body: Buffer): z.infer<typeof payloadSchema> | undefined {
  try {
    return payloadSchema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}
