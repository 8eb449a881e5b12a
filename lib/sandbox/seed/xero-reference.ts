import type {
  AccountDraft,
  ContactDraft,
  ItemDraft,
  TrackingCategoryDraft,
} from '../xero/reference-records.ts';
import { ACCOUNTS, accountOf, ITEMS, TRACKING } from './chart.ts';
import { guid, momentOn } from './identity.ts';
import type { Supplier } from './suppliers.ts';
import { CUSTOMERS, SUPPLIERS } from './suppliers.ts';
import { categoryId, optionId } from './xero-lines.ts';

/** Suppliers and customers. `since` is the day on which the books were set up. */
export function seedContacts(since: string): ContactDraft[] {
  const customers = Object.values(CUSTOMERS).map((name) => ({
    ContactID: contactId(name),
    Name: name,
    ContactStatus: 'ACTIVE' as const,
    IsCustomer: true,
    UpdatedDateUTC: momentOn(since, name),
  }));
  return [...Object.values(SUPPLIERS).map((supplier) => asContact(supplier, since)), ...customers];
}

function asContact(supplier: Supplier, since: string): ContactDraft {
  const [area, number] = supplier.phone ?? [];
  return {
    ContactID: contactId(supplier.name),
    Name: supplier.name,
    ContactStatus: 'ACTIVE',
    IsSupplier: true,
    ...(supplier.email && { EmailAddress: supplier.email }),
    Addresses: [
      { AddressType: 'STREET' },
      {
        AddressType: 'POBOX',
        AddressLine1: supplier.street,
        City: supplier.city,
        Region: supplier.region,
        PostalCode: supplier.postalCode,
        Country: supplier.country,
      },
    ],
    Phones:
      area && number
        ? [{ PhoneType: 'DEFAULT', PhoneCountryCode: '1', PhoneAreaCode: area, PhoneNumber: number }]
        : [],
    UpdatedDateUTC: momentOn(since, supplier.name),
  };
}

export function seedAccounts(since: string): AccountDraft[] {
  return ACCOUNTS.map(({ code, name, type, tax }) => ({
    AccountID: accountId(code),
    Code: code,
    Name: name,
    Type: type,
    TaxType: tax,
    Status: 'ACTIVE',
    UpdatedDateUTC: momentOn(since, code),
  }));
}

export function seedItems(since: string): ItemDraft[] {
  return ITEMS.map(({ code, name, account, price }) => ({
    ItemID: guid('item', code),
    Code: code,
    Name: name,
    PurchaseDescription: name,
    PurchaseDetails: { UnitPrice: Number(price), AccountCode: account, TaxType: accountOf(account).tax },
    IsPurchased: true,
    UpdatedDateUTC: momentOn(since, code),
  }));
}

export function seedTracking(): TrackingCategoryDraft[] {
  return TRACKING.map(({ name, options }) => ({
    TrackingCategoryID: categoryId(name),
    Name: name,
    Options: options.map((option) => ({ TrackingOptionID: optionId(name, option), Name: option })),
  }));
}

export function contactId(name: string): string {
  return guid('contact', name);
}

export function accountId(code: string): string {
  return guid('account', code);
}
