import type { Contact } from '../core/documents.ts';
import { LONGEST_CHAIN } from '../core/documents.ts';
import type { Books } from '../core/ports.ts';
import type { XeroApi } from './api.ts';
import { readContact } from './contact-wire.ts';
import { byId, pages, recordsByIds } from './listing.ts';

/** A merged contact is archived, and archived ones are left out unless asked for. */
const ARCHIVED = { includeArchived: 'true' };

export function contactBooks(api: XeroApi): Pick<Books, 'contacts' | 'contactsSince'> {
  return {
    contacts: async (ids) => {
      const known = new Map<string, Contact>();
      let missing = ids;
      for (let round = 0; round <= LONGEST_CHAIN && missing.length > 0; round += 1) {
        for (const [id, contact] of byId(await fetchContacts(api, missing))) known.set(id, contact);
        const survivors = [...known.values()].flatMap(({ mergedInto }) => mergedInto ?? []);
        missing = survivors.filter((id) => !known.has(id));
      }
      return known;
    },
    async *contactsSince(since) {
      let serverTime: Date | undefined;
      for await (const page of pages(api, 'Contacts', { order: 'UpdatedDateUTC DESC', ...ARCHIVED }, since)) {
        serverTime ??= page.serverTime;
        yield { serverTime, contacts: readContacts(page.records) };
      }
    },
  };
}

async function fetchContacts(api: XeroApi, ids: string[]): Promise<Contact[]> {
  return readContacts(await recordsByIds(api, 'Contacts', ids, ARCHIVED));
}

function readContacts(records: unknown[]): Contact[] {
  return records.map(readContact).filter((contact) => contact !== undefined);
}
