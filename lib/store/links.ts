import * as z from 'zod/mini';
import type { CommitmentLink, LineLink, VendorLink, VendorWish } from '../core/links.ts';
import type { CodeTarget } from '../core/procore-records.ts';
import type { Key } from './keys.ts';
import { keys } from './keys.ts';
import type { Attributes, Revised, Table } from './table.ts';
import { getItem, itemsUnder, putRevised, removeItem } from './table.ts';

/** A link to write: with the revision it was read at, or without one when it is new. */
export type Writable<T> = T & { revision?: number };

/**
 * The lasting record of which Procore object stands for what. Every write names the revision it builds on and returns
 * the link with its new one, so that a run goes on writing what it holds; a rival's write in between is a WriteConflict.
 */
export interface Links {
  /** What is known of a contact's vendor: which it is, or that a person wants it made. */
  getVendor(connectionId: string, contactId: string): Promise<Revised<VendorLink | VendorWish> | undefined>;
  putVendor(connectionId: string, link: Writable<VendorLink>): Promise<Revised<VendorLink>>;
  /** In the place of the link, where there is one. */
  putVendorWish(connectionId: string, wish: Writable<VendorWish>): Promise<Revised<VendorWish>>;
  /** The vendors of all contacts. */
  vendors(connectionId: string): Promise<Revised<VendorLink>[]>;
  /** The commitments of one order, one per project, by project id. */
  commitments(connectionId: string, documentId: string): Promise<Revised<CommitmentLink>[]>;
  putCommitment(connectionId: string, link: Writable<CommitmentLink>): Promise<Revised<CommitmentLink>>;
  /** Throws WriteConflict if it was written since. Does nothing where it is already gone. */
  removeCommitment(connectionId: string, link: Revised<CommitmentLink>): Promise<void>;
}

const vendorLinkSchema = z.object({
  contactId: z.string(),
  vendorId: z.string(),
  origin: z.enum(['matched', 'created', 'chosen']),
  projectIds: z.array(z.string()),
  written: z.exactOptional(z.object({ originId: z.string(), sent: z.string(), shown: z.string() })),
  mergedInto: z.exactOptional(z.string()),
}) satisfies z.ZodMiniType<VendorLink>;

const vendorWishSchema = z.object({
  contactId: z.string(),
  create: z.literal(true),
}) satisfies z.ZodMiniType<VendorWish>;

const vendorSchema: z.ZodMiniType<VendorLink | VendorWish> = z.union([vendorLinkSchema, vendorWishSchema]);

export const codeTargetSchema = z.union([
  z.object({ wbsCodeId: z.string() }),
  z.object({ costCodeId: z.string(), costTypeId: z.string() }),
]) satisfies z.ZodMiniType<CodeTarget>;

const lineSchema = z.object({
  id: z.string(),
  lineId: z.string(),
  fingerprint: z.string(),
  kind: z.string(),
  amount: z.string(),
  target: z.exactOptional(codeTargetSchema),
}) satisfies z.ZodMiniType<LineLink>;

const commitmentSchema = z.object({
  documentId: z.string(),
  projectId: z.string(),
  originId: z.string(),
  commitmentId: z.string(),
  vendorId: z.string(),
  header: z.string(),
  status: z.enum(['Draft', 'Submitted', 'Approved', 'Closed']),
  invoicing: z.boolean(),
  lines: z.record(z.string(), lineSchema),
  midway: z.exactOptional(z.literal(true)),
  files: z.exactOptional(z.array(z.string())),
  requisition: z.exactOptional(
    z.object({ id: z.exactOptional(z.string()), periodId: z.string(), fingerprint: z.string() }),
  ),
}) satisfies z.ZodMiniType<CommitmentLink>;

export function openLinks(table: Table): Links {
  async function put<T extends object>(
    schema: z.ZodMiniType<T>,
    key: Key,
    link: Writable<T>,
  ): Promise<Revised<T>> {
    const stored = schema.parse(link);
    const revision = await putRevised(table, key, stored, link.revision ?? 0);
    return { ...stored, revision };
  }

  return {
    async getVendor(connectionId, contactId) {
      const item = await getItem(table, keys.vendor(connectionId, contactId));
      return item && parse(vendorSchema, item);
    },
    putVendor: (connectionId, link) => put(vendorLinkSchema, keys.vendor(connectionId, link.contactId), link),
    putVendorWish: (connectionId, wish) =>
      put(vendorWishSchema, keys.vendor(connectionId, wish.contactId), wish),
    async vendors(connectionId) {
      const items = itemsUnder(table, keys.vendor(connectionId, '').pk, keys.vendors);
      const entries = (await Array.fromAsync(items)).map((item) => parse(vendorSchema, item));
      return entries.filter((entry): entry is Revised<VendorLink> => 'vendorId' in entry);
    },
    async commitments(connectionId, documentId) {
      const items = itemsUnder(table, keys.ofDocument(connectionId, documentId), keys.commitments);
      return (await Array.fromAsync(items)).map((item) => parse(commitmentSchema, item));
    },
    putCommitment: (connectionId, link) =>
      put(commitmentSchema, keys.commitment(connectionId, link.documentId, link.projectId), link),
    removeCommitment: (connectionId, { documentId, projectId, revision }) =>
      removeItem(table, keys.commitment(connectionId, documentId, projectId), revision),
  };
}

function parse<T extends object>(schema: z.ZodMiniType<T>, item: Attributes): Revised<T> {
  return { ...schema.parse(item), revision: Number(item.revision) };
}
