import * as z from 'zod/mini';
import { Stop } from '../core/errors.ts';
import type { Books } from '../core/ports.ts';
import { id } from '../http/fields.ts';
import type { XeroApi, XeroOptions } from './api.ts';
import { createXeroApi } from './api.ts';
import { contactBooks } from './contacts.ts';
import { isBill, readBill } from './document-wire.ts';
import { byId, pages, partition, readAll, recordsByIds } from './listing.ts';
import { purchaseOrderBooks } from './purchase-orders.ts';
import { referenceBooks } from './reference-lists.ts';

/** The books of the organisation `tenantId`, read through Xero's accounting API. */
export function createXeroBooks(options: XeroOptions): Books {
  const api = createXeroApi(options);
  return {
    ...organisationBooks(api),
    ...purchaseOrderBooks(api),
    ...billBooks(api),
    ...contactBooks(api),
    ...referenceBooks(api),
  };
}

const organisationWire = z.object({ OrganisationID: id, Name: id, BaseCurrency: id });

function organisationBooks(api: XeroApi): Pick<Books, 'organisation'> {
  return {
    organisation: async () => {
      const { records } = await api.list('Organisation');
      const { data } = organisationWire.safeParse(records[0]);
      if (!data) throw new Stop('answer-unreadable', { facts: { what: 'Organisation' } });
      return { id: data.OrganisationID, name: data.Name, baseCurrency: data.BaseCurrency };
    },
  };
}

/** Without this Xero rounds unit prices to two decimals. */
const FOUR_DECIMALS = { unitdp: '4' };

function billBooks(api: XeroApi): Pick<Books, 'bills' | 'billsSince'> {
  return {
    bills: async (ids) => {
      const records = await recordsByIds(api, 'Invoices', ids, FOUR_DECIMALS);
      return byId(readAll(records.filter(isBill), readBill));
    },
    async *billsSince(since) {
      const query = { where: 'Type=="ACCPAY"', order: 'UpdatedDateUTC DESC', ...FOUR_DECIMALS };
      let serverTime: Date | undefined;
      for await (const page of pages(api, 'Invoices', query, since)) {
        serverTime ??= page.serverTime;
        const { readable, unreadable } = partition(readAll(page.records.filter(isBill), readBill));
        yield { serverTime, bills: readable, unreadable };
      }
    },
  };
}
