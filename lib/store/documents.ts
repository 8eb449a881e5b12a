import * as z from 'zod/mini';
import type { DocumentState } from '../core/documents.ts';
import type { DocumentRecord } from '../core/links.ts';
import { BY_STATE, keys } from './keys.ts';
import type { Attributes, Table } from './table.ts';
import { getItem, putItem, queryItems } from './table.ts';

/** The pseudo connection under which messages are listed that name no connection because they cannot be read. */
export const UNREADABLE = 'unreadable';

export interface Documents {
  get(connectionId: string, id: string): Promise<DocumentRecord | undefined>;
  /**
   * Writes the row unless a newer `version` of the document already stands there; then returns false. Versions
   * compare as text, so they must all be written by Date.toISOString().
   */
  put(record: DocumentRecord): Promise<boolean>;
  /** All documents of the connection, or those in one state, the one decided longest ago first. */
  list(connectionId: string, filter?: { state?: DocumentState }): Promise<DocumentRecord[]>;
  /** Xero lets a bill and an order, or bills of two suppliers, carry the same number: all of them, in no order. */
  findByNumber(connectionId: string, number: string): Promise<DocumentRecord[]>;
}

const documentSchema = z.object({
  connectionId: z.string(),
  kind: z.enum(['purchase-order', 'bill', 'credit-note', 'contact', 'journal', 'message']),
  id: z.string(),
  number: z.string(),
  supplier: z.string(),
  state: z.enum(['posted', 'awaiting-approval', 'parked', 'left-out', 'rejected']),
  code: z.exactOptional(z.string()),
  message: z.exactOptional(z.string()),
  facts: z.exactOptional(z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]))),
  total: z.string(),
  currency: z.string(),
  version: z.string(),
  procore: z.array(
    z.object({
      type: z.enum(['vendor', 'commitment', 'requisition', 'direct-cost', 'payment']),
      id: z.string(),
    }),
  ),
  decidedAt: z.string(),
}) satisfies z.ZodMiniType<DocumentRecord>;

export function openDocuments(table: Table): Documents {
  async function collect(items: AsyncIterable<Attributes>): Promise<DocumentRecord[]> {
    return (await Array.fromAsync(items)).map((item) => documentSchema.parse(item));
  }

  return {
    async get(connectionId, id) {
      const item = await getItem(table, keys.document(connectionId, id));
      return item && documentSchema.parse(item);
    },
    put: (record) =>
      putItem(
        table,
        {
          ...record,
          ...keys.document(record.connectionId, record.id),
          gsi1pk: keys.state(record.connectionId, record.state),
          gsi1sk: keys.decided(record.decidedAt, record.id),
        },
        {
          expression: 'attribute_not_exists(pk) OR version <= :version',
          values: { ':version': record.version },
        },
      ),
    async list(connectionId, { state } = {}) {
      if (state !== undefined) {
        return collect(
          queryItems(table, {
            IndexName: BY_STATE,
            KeyConditionExpression: 'gsi1pk = :state',
            ExpressionAttributeValues: { ':state': keys.state(connectionId, state) },
          }),
        );
      }
      const all = await collect(
        queryItems(table, {
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': keys.documents(connectionId) },
        }),
      );
      return all.toSorted((a, b) => compare(a.decidedAt, b.decidedAt) || compare(a.id, b.id));
    },
    findByNumber: (connectionId, number) =>
      collect(
        queryItems(table, {
          KeyConditionExpression: 'pk = :pk',
          FilterExpression: '#number = :number',
          ExpressionAttributeNames: { '#number': 'number' },
          ExpressionAttributeValues: { ':pk': keys.documents(connectionId), ':number': number },
        }),
      ),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
