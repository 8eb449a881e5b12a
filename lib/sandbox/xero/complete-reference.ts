import type { Books } from './books.ts';
import type { Desk } from './complete-documents.ts';
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

/** Turns what was typed in, over what was there before, into whole records, the way Xero fills them in. */
export const completeReference = {
  contacts(draft: ContactDraft, _books: Books, desk: Desk): Contact {
    return {
      ContactID: desk.newId(),
      ContactStatus: 'ACTIVE',
      Addresses: [],
      Phones: [],
      IsSupplier: false,
      IsCustomer: false,
      UpdatedDateUTC: desk.now().toISOString(),
      ...draft,
    };
  },

  accounts(draft: AccountDraft, _books: Books, desk: Desk): Account {
    return {
      AccountID: desk.newId(),
      Status: 'ACTIVE',
      UpdatedDateUTC: desk.now().toISOString(),
      ...draft,
    };
  },

  items(draft: ItemDraft, _books: Books, desk: Desk): Item {
    return {
      ItemID: desk.newId(),
      IsSold: false,
      IsPurchased: draft.PurchaseDetails !== undefined,
      IsTrackedAsInventory: false,
      UpdatedDateUTC: desk.now().toISOString(),
      ...draft,
    };
  },

  trackingCategories(draft: TrackingCategoryDraft, _books: Books, desk: Desk): TrackingCategory {
    return {
      TrackingCategoryID: desk.newId(),
      Status: 'ACTIVE',
      ...draft,
      Options: draft.Options.map((option) => ({
        TrackingOptionID: desk.newId(),
        Status: 'ACTIVE',
        ...option,
      })),
    };
  },
};
