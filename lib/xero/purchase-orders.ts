import type { PurchaseOrder, Unreadable } from '../core/documents.ts';
import type { Books, Sighting } from '../core/ports.ts';
import type { XeroApi } from './api.ts';
import { readPurchaseOrder } from './document-wire.ts';
import { pages, partition, readAll } from './listing.ts';

type Found = Map<string, PurchaseOrder | Unreadable>;

export function purchaseOrderBooks(api: XeroApi): Pick<Books, 'purchaseOrders' | 'purchaseOrdersSince'> {
  return {
    purchaseOrders: async (wanted) => {
      const found: Found = new Map();
      const ids = new Set(wanted.map((sighting) => sighting.id));
      if (ids.size > 1) await collectFromWindow(api, wanted, ids, found);
      for (const id of ids) {
        if (!found.has(id)) await collectById(api, id, found);
      }
      return found;
    },
    async *purchaseOrdersSince(since) {
      let serverTime: Date | undefined;
      for await (const page of pages(api, 'PurchaseOrders', { order: 'UpdatedDateUTC DESC' }, since)) {
        serverTime ??= page.serverTime;
        const { readable, unreadable } = partition(readAll(page.records, readPurchaseOrder));
        yield { serverTime, orders: readable, unreadable };
      }
    },
  };
}

/**
 * Orders cannot be asked for by several ids at once. A listing of what changed since the earliest sighting brings up
 * to a hundred for one call, so it is read until all are found or it would cost more calls than asking one by one.
 */
async function collectFromWindow(api: XeroApi, wanted: Sighting[], ids: Set<string>, found: Found) {
  const versions = wanted.flatMap(({ version }) => (version ? [Date.parse(version)] : []));
  if (versions.length < 2) return;
  const since = new Date(Math.min(...versions) - 1000);
  let calls = 0;
  for await (const page of pages(api, 'PurchaseOrders', { order: 'UpdatedDateUTC ASC' }, since)) {
    for (const order of readAll(page.records, readPurchaseOrder)) {
      if (ids.has(order.id)) found.set(order.id, order);
    }
    calls += 1;
    if (calls >= ids.size - found.size) return;
  }
}

async function collectById(api: XeroApi, id: string, found: Found): Promise<void> {
  const record = await api.one('PurchaseOrders', id);
  if (record === undefined) return;
  const [order] = readAll([record], readPurchaseOrder);
  found.set(id, order!);
}
