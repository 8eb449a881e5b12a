import * as z from 'zod/mini';
import type { ListedOrder } from '../core/bill-match/order-index.ts';
import type { KnownOrder } from '../core/charges/known-order.ts';
import { formatMoney, money, sum } from '../core/money.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';
import { getItem, itemsUnder, putItem, queryItems, removeItem } from './table.ts';

/** A charge that is not any order's, or of which nobody knows: worth another look when an order comes up. */
export interface Undecided {
  kind: 'bill' | 'credit-note';
  id: string;
}

/** What is kept of every order in one place. */
export interface OrderEntry extends ListedOrder {
  /** Those under which it has stood, the present one first. */
  contactIds: string[];
}

/**
 * What the connector knows of each supplier's orders and open questions, by contact: Xero cannot be asked for a
 * supplier's orders (reference/xero.md §6).
 */
export interface SupplierBooks {
  /** Keeps the order as it stands, under its contact and no other, unless a newer version of it is known. */
  noteOrder(connectionId: string, order: KnownOrder): Promise<void>;
  orders(connectionId: string, contactId: string): Promise<KnownOrder[]>;
  order(connectionId: string, orderId: string): Promise<KnownOrder | undefined>;
  /** Keeps the order as it stands in Procore by now, beside what may have become of it in Xero since. */
  noteCarried(connectionId: string, order: KnownOrder): Promise<void>;
  carried(connectionId: string, orderId: string): Promise<KnownOrder | undefined>;
  /** Every order of the connection, in short. */
  entries(connectionId: string): Promise<OrderEntry[]>;
  entry(connectionId: string, orderId: string): Promise<OrderEntry | undefined>;
  noteUndecided(connectionId: string, contactId: string, charge: Undecided): Promise<void>;
  forgetUndecided(connectionId: string, contactId: string, chargeId: string): Promise<void>;
  undecided(connectionId: string, contactId: string): Promise<Undecided[]>;
}

const orderItem = z.object({ order: z.string() });
const entryItem = z.object({
  sk: z.string(),
  number: z.string(),
  net: z.string(),
  contactIds: z.array(z.string()).check(z.minLength(1)),
  version: z.string(),
});
const undecidedItem = z.object({ kind: z.enum(['bill', 'credit-note']), id: z.string() });

/** Under which orders stand that name no contact. */
const NOBODY = 'none';

export function openSupplierBooks(table: Table): SupplierBooks {
  async function find(connectionId: string, orderId: string) {
    const item = await getItem(table, keys.order(connectionId, orderId));
    return item && entryItem.parse(item);
  }

  return {
    async noteOrder(connectionId, order) {
      const { id, number, version, contact: { id: contactId } = { id: NOBODY } } = order;
      const before = await find(connectionId, id);
      if (before && before.contactIds[0] === contactId && before.version >= version) return;
      const unlessNewer = {
        expression: 'attribute_not_exists(pk) OR version <= :version',
        values: { ':version': version },
      };
      const under = (contact: string) => keys.knownOrder(connectionId, contact, id);
      await putItem(table, { ...under(contactId), order: JSON.stringify(order), version }, unlessNewer);
      const contactIds = [...new Set([contactId, ...(before?.contactIds ?? [])])];
      const net = formatMoney(sum(order.lines.map((line) => line.net)));
      const entry = { ...keys.order(connectionId, id), number, net, contactIds, version };
      const noted = await putItem(table, entry, unlessNewer);
      // Whoever read it later may have found it under another contact meanwhile.
      const present = noted ? contactId : (await find(connectionId, id))!.contactIds[0]!;
      for (const former of contactIds) {
        if (former !== present) await removeItem(table, under(former));
      }
    },
    async orders(connectionId, contactId) {
      const items = itemsUnder(table, keys.supplier(connectionId, contactId), keys.knownOrders);
      return (await Array.fromAsync(items)).map((item) => parse(orderItem.parse(item).order));
    },
    async order(connectionId, orderId) {
      const entry = await find(connectionId, orderId);
      const item =
        entry && (await getItem(table, keys.knownOrder(connectionId, entry.contactIds[0]!, orderId)));
      return item && parse(orderItem.parse(item).order);
    },
    async noteCarried(connectionId, order) {
      await putItem(table, { ...keys.carried(connectionId, order.id), order: JSON.stringify(order) });
    },
    async carried(connectionId, orderId) {
      const item = await getItem(table, keys.carried(connectionId, orderId));
      return item && parse(orderItem.parse(item).order);
    },
    async entries(connectionId) {
      const items = queryItems(table, {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': keys.orders(connectionId) },
      });
      return (await Array.fromAsync(items)).map((item) => asEntry(entryItem.parse(item)));
    },
    async entry(connectionId, orderId) {
      const found = await find(connectionId, orderId);
      return found && asEntry(found);
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

function asEntry({ sk, number, net, contactIds }: z.infer<typeof entryItem>): OrderEntry {
  return { id: sk, number, net: money(net), contactIds };
}

/** Amounts are written as decimal text. */
function parse(text: string): KnownOrder {
  return JSON.parse(text, (key, value: unknown) =>
    key === 'net' || key === 'tax' || key === 'unitAmount' ? money(String(value)) : value,
  ) as KnownOrder;
}
