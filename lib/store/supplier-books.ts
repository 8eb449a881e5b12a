import * as z from 'zod/mini';
import type { KnownOrder } from '../core/charges/known-order.ts';
import { money } from '../core/money.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';
import { getItem, itemsUnder, putItem, removeItem } from './table.ts';

/** A charge that is not any order's, or of which nobody knows: worth another look when an order comes up. */
export interface Undecided {
  kind: 'bill' | 'credit-note';
  id: string;
}

/**
 * What the connector knows of each supplier's orders and open questions, by contact: Xero cannot be asked for a
 * supplier's orders (reference/xero.md §6).
 */
export interface SupplierBooks {
  /** Keeps the order as it stands, under its contact and no other. Returns whether anything about it is new. */
  noteOrder(connectionId: string, order: KnownOrder): Promise<boolean>;
  orders(connectionId: string, contactId: string): Promise<KnownOrder[]>;
  order(connectionId: string, orderId: string): Promise<KnownOrder | undefined>;
  noteUndecided(connectionId: string, contactId: string, charge: Undecided): Promise<void>;
  forgetUndecided(connectionId: string, contactId: string, chargeId: string): Promise<void>;
  undecided(connectionId: string, contactId: string): Promise<Undecided[]>;
}

const orderItem = z.object({ order: z.string() });
const whereItem = z.object({ contactId: z.string() });
const undecidedItem = z.object({ kind: z.enum(['bill', 'credit-note']), id: z.string() });

export function openSupplierBooks(table: Table): SupplierBooks {
  async function find(connectionId: string, orderId: string) {
    const where = await getItem(table, keys.contactOfOrder(connectionId, orderId));
    if (!where) return undefined;
    const { contactId } = whereItem.parse(where);
    const key = keys.knownOrder(connectionId, contactId, orderId);
    const item = await getItem(table, key);
    return item && { key, contactId, text: orderItem.parse(item).order };
  }

  return {
    async noteOrder(connectionId, order) {
      const contactId = order.contact?.id ?? 'none';
      const before = await find(connectionId, order.id);
      const text = JSON.stringify(order);
      if (before?.text === text) return false;
      await putItem(table, { ...keys.knownOrder(connectionId, contactId, order.id), order: text });
      if (before?.contactId === contactId) return true;
      await putItem(table, { ...keys.contactOfOrder(connectionId, order.id), contactId });
      if (before) await removeItem(table, before.key);
      return true;
    },
    async orders(connectionId, contactId) {
      const items = itemsUnder(table, keys.supplier(connectionId, contactId), keys.knownOrders);
      return (await Array.fromAsync(items)).map((item) => parse(orderItem.parse(item).order));
    },
    async order(connectionId, orderId) {
      const found = await find(connectionId, orderId);
      return found && parse(found.text);
    },
    async noteUndecided(connectionId, contactId, { kind, id }) {
      await putItem(table, { ...keys.undecided(connectionId, contactId, id), kind, id });
    },
    forgetUndecided: (connectionId, contactId, chargeId) =>
      removeItem(table, keys.undecided(connectionId, contactId, chargeId)),
    async undecided(connectionId, contactId) {
      const items = itemsUnder(table, keys.supplier(connectionId, contactId), keys.allUndecided);
      return (await Array.fromAsync(items)).map((item) => undecidedItem.parse(item));
    },
  };
}

/** Amounts are written as decimal text. */
function parse(text: string): KnownOrder {
  return JSON.parse(text, (key, value: unknown) =>
    key === 'net' || key === 'tax' || key === 'unitAmount' ? money(String(value)) : value,
  ) as KnownOrder;
}
