/** Contacts and reference data as Xero's API names them. Instants are ISO in UTC, ids GUIDs. */

interface Address {
  AddressType: 'POBOX' | 'STREET';
  AddressLine1?: string;
  AddressLine2?: string;
  AddressLine3?: string;
  AddressLine4?: string;
  City?: string;
  Region?: string;
  PostalCode?: string;
  Country?: string;
  AttentionTo?: string;
}

interface Phone {
  PhoneType: 'DEFAULT' | 'DDI' | 'MOBILE' | 'FAX';
  PhoneNumber?: string;
  PhoneAreaCode?: string;
  PhoneCountryCode?: string;
}

export interface Contact {
  ContactID: string;
  Name: string;
  ContactStatus: 'ACTIVE' | 'ARCHIVED' | 'GDPRREQUEST';
  ContactNumber?: string;
  AccountNumber?: string;
  FirstName?: string;
  LastName?: string;
  EmailAddress?: string;
  TaxNumber?: string;
  Addresses: Address[];
  Phones: Phone[];
  IsSupplier: boolean;
  IsCustomer: boolean;
  DefaultCurrency?: string;
  PurchasesDefaultAccountCode?: string;
  /** Set on a contact that was merged away. */
  MergedToContactID?: string;
  UpdatedDateUTC: string;
}

export interface Account {
  AccountID: string;
  /** Some bank accounts have none. */
  Code?: string;
  Name: string;
  /** `EXPENSE`, `DIRECTCOSTS`, `OVERHEADS`, `FIXED`, `INVENTORY`, `CURRLIAB`, `BANK`, … */
  Type: string;
  Status: 'ACTIVE' | 'ARCHIVED' | 'DELETED';
  TaxType?: string;
  Description?: string;
  UpdatedDateUTC: string;
}

export interface Item {
  ItemID: string;
  Code: string;
  Name?: string;
  Description?: string;
  PurchaseDescription?: string;
  PurchaseDetails?: { UnitPrice?: number; AccountCode?: string; COGSAccountCode?: string; TaxType?: string };
  IsSold: boolean;
  IsPurchased: boolean;
  IsTrackedAsInventory: boolean;
  UpdatedDateUTC: string;
}

interface TrackingOption {
  TrackingOptionID: string;
  Name: string;
  Status: 'ACTIVE' | 'ARCHIVED' | 'DELETED';
}

export interface TrackingCategory {
  TrackingCategoryID: string;
  Name: string;
  Status: 'ACTIVE' | 'ARCHIVED' | 'DELETED';
  Options: TrackingOption[];
}

export type ContactDraft = Partial<Contact> & Pick<Contact, 'Name'>;
export type AccountDraft = Partial<Account> & Pick<Account, 'Name' | 'Type'>;
export type ItemDraft = Partial<Item> & Pick<Item, 'Code'>;
export type TrackingCategoryDraft = Partial<Omit<TrackingCategory, 'Options'>> &
  Pick<TrackingCategory, 'Name'> & { Options: (Partial<TrackingOption> & Pick<TrackingOption, 'Name'>)[] };
