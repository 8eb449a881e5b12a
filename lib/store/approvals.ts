import * as z from 'zod/mini';
import type { ApprovalRequest, Hold } from '../core/approval/request.ts';
import type { Awaited } from '../core/budget/unseen.ts';
import { keys } from './keys.ts';
import { codeTargetSchema } from './links.ts';
import type { Revised, Table } from './table.ts';
import { getItem, itemsUnder, putItem, putRevised, removeItem } from './table.ts';

/**
 * What people are asked, one request per document, and what held documents will take of each project's budget. A
 * decision is one conditional write of one item, so that of many at once exactly one comes through.
 */
export interface Approvals {
  /** The latest request about the document. */
  get(connectionId: string, documentId: string): Promise<Revised<ApprovalRequest> | undefined>;
  /** Replaces it as it was read (without a revision: where there is none). Throws WriteConflict. */
  put(request: ApprovalRequest & { revision?: number }): Promise<Revised<ApprovalRequest>>;
  /** What is held in the project, the earliest first. */
  holds(connectionId: string, projectId: string): Promise<Hold[]>;
  putHold(connectionId: string, hold: Hold): Promise<void>;
  /** What is still to show in the project's budget of what was written of late. */
  awaited(connectionId: string, projectId: string): Promise<Awaited>;
  putAwaited(connectionId: string, projectId: string, awaited: Awaited): Promise<void>;
  /** Does nothing where there is none. */
  removeHold(connectionId: string, hold: Pick<Hold, 'projectId' | 'documentId'>): Promise<void>;
}

const text = z.string();
const optional = z.exactOptional(text);

const awaitedSchema = z.record(
  text,
  z.object({ spent: text, added: text, until: text }),
) satisfies z.ZodMiniType<Awaited>;

const sightSchema = z.object({
  reference: optional,
  date: optional,
  lines: z.array(z.object({ project: text, code: text, description: text, amount: text })),
  moreLines: z.int(),
  budgets: z.array(
    z.object({
      scope: z.enum(['project', 'budget-code']),
      project: text,
      name: text,
      revised: text,
      committed: text,
      direct: text,
      earlier: text,
      own: text,
      amount: text,
      remaining: text,
      over: text,
      watched: z.boolean(),
    }),
  ),
  overBilling: z.exactOptional(
    z.object({ beyond: text, lines: z.array(z.object({ description: text, excess: text })) }),
  ),
  writes: z.array(z.unknown()),
});

const requestSchema = z.object({
  id: text,
  connectionId: text,
  documentId: text,
  kind: z.enum(['purchase-order', 'bill', 'credit-note', 'contact', 'journal']),
  number: text,
  supplier: text,
  supplierId: optional,
  version: text,
  planHash: text,
  amount: text,
  currency: text,
  projects: z.array(z.object({ id: text, name: text, number: optional })),
  arrivedAt: text,
  askedAt: text,
  state: z.enum(['open', 'approved', 'rejected', 'withdrawn', 'released', 'superseded']),
  approvalsNeeded: z.int(),
  decisions: z.array(
    z.object({
      verdict: z.enum(['approved', 'rejected']),
      by: text,
      email: optional,
      reason: optional,
      at: text,
      via: z.enum(['link', 'command line']),
      told: z.exactOptional(z.boolean()),
    }),
  ),
  asked: z.array(
    z.object({
      name: text,
      email: text,
      links: z.array(z.object({ hash: text, until: text })),
      mailedAt: optional,
    }),
  ),
  remindedAt: optional,
  escalatedAt: optional,
  sight: sightSchema,
});

const holdSchema = z.object({
  projectId: text,
  documentId: text,
  requestId: text,
  arrivedAt: text,
  spendings: z.array(z.object({ target: z.exactOptional(codeTargetSchema), amount: text })),
}) satisfies z.ZodMiniType<Hold>;

export function openApprovals(table: Table): Approvals {
  return {
    async get(connectionId, documentId) {
      const item = await getItem(table, keys.approval(connectionId, documentId));
      if (!item) return undefined;
      // The writes are shown as they were planned, and are nobody's business in between.
      const request = requestSchema.parse(item) as ApprovalRequest;
      return { ...request, revision: Number(item.revision) };
    },
    async put({ revision = 0, ...request }) {
      const stored = requestSchema.parse(request) as ApprovalRequest;
      const key = keys.approval(request.connectionId, request.documentId);
      return { ...stored, revision: await putRevised(table, key, stored, revision) };
    },
    async holds(connectionId, projectId) {
      const items = await Array.fromAsync(itemsUnder(table, keys.holds(connectionId, projectId), ''));
      return items.map((item) => holdSchema.parse(item)).toSorted(byArrival);
    },
    async putHold(connectionId, hold) {
      const { projectId, documentId } = hold;
      await putItem(table, { ...hold, ...keys.hold(connectionId, projectId, documentId) });
    },
    async awaited(connectionId, projectId) {
      const item = await getItem(table, keys.awaited(connectionId, projectId));
      return item ? awaitedSchema.parse(item.awaited) : {};
    },
    async putAwaited(connectionId, projectId, awaited) {
      await putItem(table, { ...keys.awaited(connectionId, projectId), awaited });
    },
    removeHold: (connectionId, { projectId, documentId }) =>
      removeItem(table, keys.hold(connectionId, projectId, documentId)),
  };
}

function byArrival(a: Hold, b: Hold): number {
  const [one, other] = [a, b].map(({ arrivedAt, documentId }) => `${arrivedAt} ${documentId}`);
  return one! < other! ? -1 : Number(one! > other!);
}
