import type { Books } from './books.ts';
import type { LineItem, LineItemTracking } from './lines.ts';
import { roundTo } from './totals.ts';
import type { Unverified } from './unverified.ts';
import type { Shown } from './wire.ts';

/** A contact as documents carry it: the name, no particulars. Only the Contacts endpoint has those. */
export function embeddedContact(books: Books, contactId: string): Shown {
  const contact = books.contacts.get(contactId);
  return {
    ContactID: contactId,
    ...(contact && { ContactStatus: contact.ContactStatus, Name: contact.Name }),
    Addresses: [],
    Phones: [],
    ContactGroups: [],
    ContactPersons: [],
    HasValidationErrors: false,
  };
}

export function showLines(books: Books, lines: LineItem[], unverified: Unverified): Shown[] {
  return lines.map((line) => ({
    ...line,
    ...itemOf(books, line.ItemCode),
    ...accountOf(books, line.AccountCode),
    Tracking: showTracking(books, line.Tracking, unverified),
  }));
}

export function accountOf(books: Books, code: string | undefined): Shown {
  const account =
    code === undefined ? undefined : [...books.accounts.values()].find((one) => one.Code === code);
  return account ? { AccountID: account.AccountID } : {};
}

function itemOf(books: Books, code: string | undefined): Shown {
  const item = code === undefined ? undefined : [...books.items.values()].find((one) => one.Code === code);
  return item
    ? { Item: { ItemID: item.ItemID, Code: item.Code, ...(item.Name && { Name: item.Name }) } }
    : {};
}

export function showTracking(books: Books, tracking: LineItemTracking[], unverified: Unverified): Shown[] {
  return tracking.map(({ TrackingCategoryID, TrackingOptionID }) => {
    const category = books.trackingCategories.get(TrackingCategoryID);
    const option = category?.Options.find((one) => one.TrackingOptionID === TrackingOptionID);
    return {
      Name: category?.Name ?? '',
      Option: option?.Name ?? '',
      TrackingCategoryID,
      ...(unverified.trackingOptionIds && { TrackingOptionID }),
    };
  });
}

/** Unit prices in two decimals: what a caller gets without `unitdp=4`. */
export function roundLines(document: Shown): Shown {
  const lines = document.LineItems as LineItem[] | undefined;
  if (!lines) return document;
  return {
    ...document,
    LineItems: lines.map((line) =>
      line.UnitAmount === undefined ? line : { ...line, UnitAmount: roundTo(line.UnitAmount, 2) },
    ),
  };
}

/** The list without `page`: no lines. */
export function withoutLines(document: Shown): Shown {
  return { ...document, LineItems: [] };
}

/** `2026-11-22T03:04:05Z`: the companion of UpdatedDateUTC that some records have. */
export function secondsUtc(iso: string): string {
  return `${iso.slice(0, 19)}Z`;
}
