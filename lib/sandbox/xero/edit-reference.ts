import type { Books } from './books.ts';
import { completeReference } from './complete-reference.ts';
import type { Edit, EditOptions, Office } from './enter.ts';
import { enter, stamping, stampOf } from './enter.ts';
import type { LineItem } from './lines.ts';
import type {
  Account,
  AccountDraft,
  Contact,
  ContactDraft,
  Item,
  ItemDraft,
  TrackingCategory,
  TrackingCategoryDraft,
} from './reference-records.ts';

interface MergeRules {
  mergeArchivesContact: boolean;
  mergeTouchesDocuments: boolean;
}

/** Contacts, accounts, items and tracking as people in Xero edit them. Only contacts have a webhook. */
export function referenceEdits(office: Office, rules: MergeRules) {
  function publishContact(tenantId: string, resourceId: string, eventType: 'CREATE' | 'UPDATE') {
    office.publish({ tenantId, eventCategory: 'CONTACT', eventType, resourceId });
  }

  return {
    saveContact(tenantId: string, edit: Edit<ContactDraft, 'ContactID'>, options?: EditOptions): Contact {
      const books = office.books(tenantId);
      const { record, before } = enter(
        books.contacts,
        'ContactID',
        edit,
        (draft: ContactDraft) => completeReference.contacts(draft, books, office),
        stamping(office, options),
      );
      if (!options?.silent) publishContact(tenantId, record.ContactID, before ? 'UPDATE' : 'CREATE');
      return record;
    },

    /** Moves the documents of one contact to another, which survives. Throws where one of the two is unknown. */
    mergeContacts(tenantId: string, from: string, into: string): void {
      const books = office.books(tenantId);
      const [loser, survivor] = [books.contacts.get(from), books.contacts.get(into)];
      if (!loser || !survivor) throw new Error(`Contacts ${from} and ${into} cannot be merged`);
      const stamp = stampOf(office, undefined);
      Object.assign(loser, { MergedToContactID: into }, stamp);
      if (rules.mergeArchivesContact) loser.ContactStatus = 'ARCHIVED';
      for (const document of documentsOf(books)) {
        if (document.Contact.ContactID !== from) continue;
        document.Contact = { ContactID: into };
        if (rules.mergeTouchesDocuments) Object.assign(document, stamp);
      }
      publishContact(tenantId, from, 'UPDATE');
    },

    /** A new code shows on all documents at once and counts as an update of none of them. */
    saveAccount(tenantId: string, edit: Edit<AccountDraft, 'AccountID'>, options?: EditOptions): Account {
      const books = office.books(tenantId);
      const { record, before } = enter(
        books.accounts,
        'AccountID',
        edit,
        (draft: AccountDraft) => completeReference.accounts(draft, books, office),
        stamping(office, options),
      );
      if (before?.Code && record.Code) recode(linesOf(books), 'AccountCode', before.Code, record.Code);
      return record;
    },

    /** A new code shows on all documents at once and counts as an update of none of them. */
    saveItem(tenantId: string, edit: Edit<ItemDraft, 'ItemID'>, options?: EditOptions): Item {
      const books = office.books(tenantId);
      const { record, before } = enter(
        books.items,
        'ItemID',
        edit,
        (draft: ItemDraft) => completeReference.items(draft, books, office),
        stamping(office, options),
      );
      if (before) recode(linesOf(books), 'ItemCode', before.Code, record.Code);
      return record;
    },

    /** Options that are not named any more are gone; a renamed option keeps its id where it is given. */
    saveTrackingCategory(
      tenantId: string,
      edit: Edit<TrackingCategoryDraft, 'TrackingCategoryID'>,
    ): TrackingCategory {
      const books = office.books(tenantId);
      return enter(
        books.trackingCategories,
        'TrackingCategoryID',
        edit,
        (draft: TrackingCategoryDraft) => completeReference.trackingCategories(draft, books, office),
        () => ({}),
      ).record;
    },
  };
}

function documentsOf(books: Books) {
  return [books.purchaseOrders, books.invoices, books.creditNotes, books.prepayments].flatMap((table) => [
    ...table.values(),
  ]);
}

const linesOf = (books: Books): LineItem[] => documentsOf(books).flatMap(({ LineItems }) => LineItems);

function recode(lines: LineItem[], field: 'AccountCode' | 'ItemCode', from: string, to: string): void {
  for (const line of lines) if (line[field] === from) line[field] = to;
}
