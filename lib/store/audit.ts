import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { canonical } from '../core/canonical.ts';
import type { AuditEntry } from '../core/links.ts';
import { keys } from './keys.ts';
import type { Attributes, Table } from './table.ts';
import { itemsUnder, putItem, queryItems } from './table.ts';
import { WriteConflict } from './write-conflict.ts';

/**
 * What happened to each document and to each connection as a whole, append-only. Each entry's hash covers the one before, so that a changed, missing or
 * inserted entry shows; one cut off at the end does not.
 */
export interface Audit {
  /**
   * `last` is the last entry where the caller has just appended it, which saves looking for it. Throws WriteConflict when
   * others append to the same document faster than this one gets a turn.
   */
  append(
    connectionId: string,
    documentId: string,
    entry: Pick<AuditEntry, 'at' | 'event' | 'detail'>,
    last?: AuditEntry,
  ): Promise<AuditEntry>;
  /** From the first to the last. */
  list(connectionId: string, documentId: string): Promise<AuditEntry[]>;
}

const entrySchema = z.object({
  sequence: z.int(),
  at: z.string(),
  event: z.enum([
    'received',
    'fetched',
    'planned',
    'written',
    'posted',
    'parked',
    'left-out',
    'retried',
    'matched',
    'failed',
    'flagged',
    'asked',
    'approved',
    'rejected',
    'reminded',
    'escalated',
    'withdrawn',
    'released',
    'superseded',
    'consent-asked',
    'consented',
    'connected',
    'reconnected',
    'broken',
    'restored',
    'paused',
    'resumed',
    'removed',
    'resealed',
    'projects-changed',
    'reference-changed',
    'mappings-changed',
    'vendor-chosen',
    'webhook-registered',
    'webhook-removed',
    'backfill-started',
    'backfill-paused',
    'backfill-resumed',
    'backfill-cancelled',
    'backfill-done',
  ]),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  previous: z.string(),
  hash: z.string(),
}) satisfies z.ZodMiniType<AuditEntry>;

/** Each time several append at once one of them succeeds, so this many rivals are borne. */
const ATTEMPTS = 30;

export function openAudit(table: Table): Audit {
  async function lastOf(connectionId: string, documentId: string): Promise<AuditEntry | undefined> {
    const newestFirst = queryItems(table, {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: {
        ':pk': keys.ofDocument(connectionId, documentId),
        ':prefix': keys.audits,
      },
      ScanIndexForward: false,
      Limit: 1,
    });
    for await (const item of newestFirst) return entrySchema.parse(item);
    return undefined;
  }

  return {
    async append(connectionId, documentId, { at, event, detail }, last) {
      const writeId = randomUUID();
      for (let attempt = 1; ; attempt++) {
        const before = attempt === 1 && last ? last : await lastOf(connectionId, documentId);
        const content = {
          sequence: (before?.sequence ?? 0) + 1,
          at,
          event,
          detail,
          previous: before?.hash ?? '',
        };
        const entry = { ...content, hash: hashOf(content) };
        const key = keys.audit(connectionId, documentId, entry.sequence);
        const appended = await putItem(
          table,
          { ...key, ...entry, writeId },
          {
            expression: 'attribute_not_exists(pk) OR writeId = :writeId',
            values: { ':writeId': writeId },
          },
        );
        if (appended) return entry;
        if (attempt === ATTEMPTS) throw new WriteConflict(key);
      }
    },
    async list(connectionId, documentId) {
      const items = itemsUnder(table, keys.ofDocument(connectionId, documentId), keys.audits);
      return (await Array.fromAsync(items)).map((item: Attributes) => entrySchema.parse(item));
    },
  };
}

/** The sequence at which the trail is first broken: an entry changed, missing, or out of place. */
export function verify(entries: AuditEntry[]): number | undefined {
  let previous = '';
  for (const [index, { hash, ...content }] of entries.entries()) {
    if (content.previous !== previous || hash !== hashOf(content)) return index + 1;
    previous = hash;
  }
  return undefined;
}

function hashOf({ sequence, at, event, detail, previous }: Omit<AuditEntry, 'hash'>): string {
  return createHash('sha256').update(canonical({ sequence, at, event, detail, previous })).digest('hex');
}
