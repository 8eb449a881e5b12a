import type {
  Attachment,
  CreditNote,
  CreditNoteDraft,
  Invoice,
  InvoiceDraft,
  ManualJournal,
  ManualJournalDraft,
  Overpayment,
  OverpaymentDraft,
  Payment,
  PaymentDraft,
  Prepayment,
  PrepaymentDraft,
  PurchaseOrder,
  PurchaseOrderDraft,
} from './documents.ts';
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

/** What every organisation has beside its records. */
interface OrganisationFacts {
  /** The id that tokens, headers and webhooks know the organisation by. */
  tenantId: string;
  name: string;
  /** ISO 4217. */
  baseCurrency: string;
  /** ISO 3166 alpha-2. */
  countryCode: string;
  /** Xero's own word, such as `NEWZEALANDSTANDARDTIME`. */
  timezone?: string;
  isDemoCompany?: boolean;
  /** Percent per tax type; a type that is not listed carries no tax. */
  taxRates?: Record<string, number>;
}

/**
 * What an organisation starts with. Ids, numbers, statuses and totals that are left out are made up as Xero would;
 * an `UpdatedDateUTC` that is given is kept, otherwise it is the sandbox's present.
 */
export interface XeroOrganisationData extends OrganisationFacts {
  contacts?: ContactDraft[];
  accounts?: AccountDraft[];
  items?: ItemDraft[];
  trackingCategories?: TrackingCategoryDraft[];
  purchaseOrders?: PurchaseOrderDraft[];
  invoices?: InvoiceDraft[];
  creditNotes?: CreditNoteDraft[];
  prepayments?: PrepaymentDraft[];
  overpayments?: OverpaymentDraft[];
  payments?: PaymentDraft[];
  manualJournals?: ManualJournalDraft[];
}

/** The present state of one organisation: complete records by GUID, in the order in which they were made. */
export interface Books extends OrganisationFacts {
  contacts: Map<string, Contact>;
  accounts: Map<string, Account>;
  items: Map<string, Item>;
  trackingCategories: Map<string, TrackingCategory>;
  purchaseOrders: Map<string, PurchaseOrder>;
  invoices: Map<string, Invoice>;
  creditNotes: Map<string, CreditNote>;
  prepayments: Map<string, Prepayment>;
  overpayments: Map<string, Overpayment>;
  payments: Map<string, Payment>;
  manualJournals: Map<string, ManualJournal>;
  /** By the id of the document that they hang on. */
  attachments: Map<string, Attachment[]>;
}
