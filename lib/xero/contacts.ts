import type { Contact } from '../core/documents.ts';
import type { Books } from '../core/ports.ts';
import type { XeroApi } from './api.ts';
import { readContact } from './contact-wire.ts';
import { byId, pages, recordsByIds } from './listing.ts';

/** A merged contact is archived, and archived ones are left out unless asked for. */
const ARCHIVED = { includeArchived: 'true' };

/** Merges of merges are followed this far. */
const LONGEST_CHAIN = 5;

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
      const asked = ids.map((id) => [id, survivor(known, id)] as const);
      return new Map(asked.filter((entry): entry is [string, Contact] => entry[1] !== undefined));
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

/** The end of the chain of merges, or the last contact of it that Xero still shows. */
function survivor(known: Map<string, Contact>, id: string): Contact | undefined {
  let contact = known.get(id);
  for (let step = 0; step < LONGEST_CHAIN && contact?.mergedInto; step += 1) {
    contact = known.get(contact.mergedInto) ?? contact;
  }
  return contact;
}
