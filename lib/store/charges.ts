import * as z from 'zod/mini';
import type { ApplicationLink, ChargeMatch, DirectCostLink } from '../core/charges/links.ts';
import type { Key } from './keys.ts';
import { keys } from './keys.ts';
import type { Writable } from './links.ts';
import { codeTargetSchema } from './links.ts';
import type { Revised, Table } from './table.ts';
import { getItem, itemsUnder, putRevised, removeItem } from './table.ts';

/**
 * The lasting record of what stands in Procore of bills and credit notes. Writes name the revision they build on, like
 * those of Links; a rival's write in between is a WriteConflict.
 */
export interface Charges {
  /** What all charges bill on one order, by project and charge. */
  applicationsOn(connectionId: string, orderId: string): Promise<Revised<ApplicationLink>[]>;
  putApplication(connectionId: string, link: Writable<ApplicationLink>): Promise<Revised<ApplicationLink>>;
  removeApplication(connectionId: string, link: Revised<ApplicationLink>): Promise<void>;
  directCosts(connectionId: string, chargeId: string): Promise<Revised<DirectCostLink>[]>;
  putDirectCost(connectionId: string, link: Writable<DirectCostLink>): Promise<Revised<DirectCostLink>>;
  removeDirectCost(connectionId: string, link: Revised<DirectCostLink>): Promise<void>;
  /** Undefined before the first decision. */
  match(connectionId: string, chargeId: string): Promise<Revised<ChargeMatch> | undefined>;
  putMatch(connectionId: string, match: Writable<ChargeMatch>): Promise<Revised<ChargeMatch>>;
}

const text = z.string();
const applicationSchema = z.object({
  documentId: text,
  orderId: text,
  projectId: text,
  commitmentId: text,
  originId: text,
  requisitionId: z.exactOptional(text),
  fingerprint: text,
  items: z.record(text, text),
  state: z.enum(['writing', 'standing', 'emptied']),
  dueDate: z.exactOptional(text),
  files: z.exactOptional(z.array(text)),
  payments: z.record(text, z.object({ id: z.exactOptional(text), amount: text, date: text })),
}) satisfies z.ZodMiniType<ApplicationLink>;

const directCostSchema = z.object({
  documentId: text,
  projectId: text,
  part: z.int(),
  originId: text,
  directCostId: z.exactOptional(text),
  fingerprint: text,
  amount: text,
  booked: z.exactOptional(z.array(z.object({ target: codeTargetSchema, amount: text }))),
}) satisfies z.ZodMiniType<DirectCostLink>;

const matchSchema = z.object({
  documentId: text,
  orders: z.union([z.array(text), z.enum(['none', 'ask'])]),
  by: text,
  why: z.array(text),
  named: z.exactOptional(z.boolean()),
  touched: z.array(text),
}) satisfies z.ZodMiniType<ChargeMatch>;

export function openCharges(table: Table): Charges {
  async function put<T extends object>(
    schema: z.ZodMiniType<T>,
    key: Key,
    { revision = 0, ...link }: Writable<T>,
  ): Promise<Revised<T>> {
    const stored = schema.parse(link);
    return { ...stored, revision: await putRevised(table, key, stored, revision) };
  }

  async function list<T extends object>(
    schema: z.ZodMiniType<T>,
    pk: string,
    prefix: string,
  ): Promise<Revised<T>[]> {
    const items = await Array.fromAsync(itemsUnder(table, pk, prefix));
    return items.map((item) => ({ ...schema.parse(item), revision: Number(item.revision) }));
  }

  return {
    applicationsOn: (connectionId, orderId) =>
      list(applicationSchema, keys.ofDocument(connectionId, orderId), keys.applications),
    putApplication: (connectionId, link) =>
      put(applicationSchema, keys.application(connectionId, link), link),
    removeApplication: (connectionId, link) =>
      removeItem(table, keys.application(connectionId, link), link.revision),
    directCosts: (connectionId, chargeId) =>
      list(directCostSchema, keys.ofDocument(connectionId, chargeId), keys.directCosts),
    putDirectCost: (connectionId, link) => put(directCostSchema, keys.directCost(connectionId, link), link),
    removeDirectCost: (connectionId, link) =>
      removeItem(table, keys.directCost(connectionId, link), link.revision),
    async match(connectionId, chargeId) {
      const item = await getItem(table, keys.match(connectionId, chargeId));
      return item && { ...matchSchema.parse(item), revision: Number(item.revision) };
    },
    putMatch: (connectionId, match) => put(matchSchema, keys.match(connectionId, match.documentId), match),
  };
}
