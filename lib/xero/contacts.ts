import type { Contact } from '../core/documents.ts';
import type { Books } from '../core/ports.ts';
import type { XeroApi } from './api.ts';
import { readContact } from './contact-wire.ts';
import { byId, recordsByIds } from './listing.ts';

/** Merges of merges are followed this far. */
const LONGEST_CHAIN = 5;

export function contactBooks(api: XeroApi): Pick<Books, 'contacts'> {
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
  };
}

// A merged contact is archived, and archived ones are left out unless asked for.
async function fetchContacts(api: XeroApi, ids: string[]): Promise<Contact[]> {
  const records = await recordsByIds(api, 'Contacts', ids, { includeArchived: 'true' });
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
