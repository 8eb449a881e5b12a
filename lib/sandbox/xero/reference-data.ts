import type { Books } from './books.ts';
import { yes } from './query.ts';
import type { Account, Item, TrackingCategory } from './reference-records.ts';
import type { Resource } from './resource.ts';
import { roundTo } from './totals.ts';

const CLASSES: Record<string, string> = {
  BANK: 'ASSET',
  CURRENT: 'ASSET',
  FIXED: 'ASSET',
  INVENTORY: 'ASSET',
  CURRLIAB: 'LIABILITY',
  LIABILITY: 'LIABILITY',
  TERMLIAB: 'LIABILITY',
  EQUITY: 'EQUITY',
  REVENUE: 'REVENUE',
  SALES: 'REVENUE',
  OTHERINCOME: 'REVENUE',
};

const VERSIONS: Record<string, string> = { AU: 'AU', NZ: 'NZ', GB: 'UK', US: 'US' };

export const accounts: Resource<Account> = {
  name: 'Accounts',
  scopes: ['accounting.settings'],
  id: 'AccountID',
  records: (books) => books.accounts.values(),
  show: (account) => ({
    ...account,
    Class: CLASSES[account.Type] ?? 'EXPENSE',
    EnablePaymentsToAccount: account.Type === 'BANK',
    ShowInExpenseClaims: false,
    HasAttachments: false,
    AddToWatchlist: false,
  }),
  paging: 'never',
  modifiedSince: true,
  where: true,
};

export const items: Resource<Item> = {
  name: 'Items',
  scopes: ['accounting.settings', 'accounting.invoices', 'accounting.transactions'],
  id: 'ItemID',
  otherKey: 'Code',
  records: (books) => books.items.values(),
  show: (item) => ({ ...item, PurchaseDetails: item.PurchaseDetails ?? {}, SalesDetails: {} }),
  paging: 'never',
  modifiedSince: true,
  where: true,
  roundPrices: (item) => {
    const details = item.PurchaseDetails as NonNullable<Item['PurchaseDetails']>;
    if (details.UnitPrice === undefined) return item;
    return { ...item, PurchaseDetails: { ...details, UnitPrice: roundTo(details.UnitPrice, 2) } };
  },
};

/** No If-Modified-Since and no pages; archived categories and options only on request. */
export const trackingCategories: Resource<TrackingCategory> = {
  name: 'TrackingCategories',
  scopes: ['accounting.settings'],
  id: 'TrackingCategoryID',
  records: (books) => books.trackingCategories.values(),
  show: (category, _books, _unverified, query) => ({
    ...category,
    Options: category.Options.filter(({ Status }) => yes(query, 'includeArchived') || Status === 'ACTIVE'),
  }),
  paging: 'never',
  where: true,
  keeps: (query) => (category) => yes(query, 'includeArchived') || category.Status === 'ACTIVE',
};

export const organisation: Resource<Books> = {
  name: 'Organisation',
  plural: 'Organisations',
  scopes: ['accounting.settings'],
  id: 'tenantId',
  records: (books) => [books],
  show: (books) => ({
    OrganisationID: books.tenantId,
    Name: books.name,
    LegalName: books.name,
    PaysTax: true,
    Version: VERSIONS[books.countryCode] ?? 'GLOBAL',
    OrganisationType: 'COMPANY',
    OrganisationEntityType: 'COMPANY',
    BaseCurrency: books.baseCurrency,
    CountryCode: books.countryCode,
    IsDemoCompany: books.isDemoCompany ?? false,
    OrganisationStatus: 'ACTIVE',
    FinancialYearEndDay: 31,
    FinancialYearEndMonth: 12,
    DefaultPurchasesTax: 'Tax Exclusive',
    ...(books.timezone !== undefined && { Timezone: books.timezone }),
    ShortCode: `!${books.tenantId.slice(0, 5)}`,
    Edition: 'BUSINESS',
    Class: books.isDemoCompany ? 'DEMO' : 'STANDARD',
    Addresses: [],
    Phones: [],
    ExternalLinks: [],
    PaymentTerms: {},
  }),
  paging: 'never',
};
