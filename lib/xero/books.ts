import * as z from 'zod/mini';
import { Stop } from '../core/errors.ts';
import type { Books } from '../core/ports.ts';
import { id } from '../http/fields.ts';
import type { XeroApi, XeroOptions } from './api.ts';
import { createXeroApi } from './api.ts';
import { attachmentBooks } from './attachments.ts';
import { contactBooks } from './contacts.ts';
import { documentBooks } from './document-books.ts';
import { referenceBooks } from './reference-lists.ts';

/** The books of the organisation `tenantId`, read through Xero's accounting API. */
export function createXeroBooks(options: XeroOptions): Books {
  const api = createXeroApi(options);
  return {
    ...organisationBooks(api),
    ...documentBooks(api),
    ...attachmentBooks(api),
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
