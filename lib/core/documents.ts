import type { Money } from './money.ts';

/** What one change message is about. Each value names one Xero endpoint. */
export type DocumentKind = 'purchase-order' | 'bill' | 'credit-note' | 'contact' | 'journal';

/** Where a document stands; every document is in exactly one of these (DESIGN §3). */
export type DocumentState = 'posted' | 'awaiting-approval' | 'parked' | 'left-out' | 'rejected';

/** A supplier as Xero knows it. Ids are Xero GUIDs; absent fields are unknown, never empty strings. */
export interface Contact {
  id: string;
  name: string;
  email?: string;
  /** Digits as typed in Xero, area and country code joined when present: `+1 512 5550123`. */
  phone?: string;
  address?: Address;
  /** Whether a bill was ever entered for it: Xero sets this by itself. */
  isSupplier: boolean;
  /** Archived contacts take no new documents. */
  archived: boolean;
  /** Set when this contact was merged away: the survivor's id. */
  mergedInto?: string;
}

export interface Address {
  street?: string;
  city?: string;
  region?: string;
  postalCode?: string;
  /** Free text as typed in Xero: `USA`, `United States`, `NZ`. */
  country?: string;
}

/** One choice of a Xero tracking category on a line. */
export interface TrackingChoice {
  category: string;
  option: string;
  categoryId?: string;
  optionId?: string;
}

export interface DocumentLine {
  id: string;
  description: string;
  quantity?: Money;
  /** Price of one unit with up to four decimals, before discount. */
  unitAmount?: Money;
  /** What the line costs without tax, discounts taken off; at most four decimals. */
  net: Money;
  tax: Money;
  /** Account and item by the code that people see, and by the id that stays when the code is changed. */
  account?: string;
  accountId?: string;
  item?: string;
  itemId?: string;
  tracking: TrackingChoice[];
}

/**
 * What Xero recorded between the document's currency and the organisation's own. In which direction is not
 * documented (reference/xero.md §8), so it is there to be shown, not to be multiplied with.
 */
export type CurrencyRate = Money;

export type PurchaseOrderStatus = 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'BILLED' | 'DELETED';

/** A Xero purchase order, read whole. Dates are calendar dates `YYYY-MM-DD` in the organisation's zone. */
export interface PurchaseOrder {
  kind: 'purchase-order';
  id: string;
  number: string;
  reference?: string;
  /** Xero's own status word; kept as text because Xero may add one. */
  status: PurchaseOrderStatus | (string & {});
  /** Id and name only: the contact itself is read when a vendor has to be found. */
  contact?: { id: string; name: string };
  date?: string;
  deliveryDate?: string;
  deliveryAddress?: string;
  currency: string;
  currencyRate?: CurrencyRate;
  /** Lines that carry money. Description-only lines of the order are not among them. */
  lines: DocumentLine[];
  subTotal: Money;
  totalTax: Money;
  total: Money;
  hasAttachments: boolean;
  /** `UpdatedDateUTC` in ISO form: the document's version. */
  version: string;
}

/** A Xero bill (invoice of type ACCPAY), read whole. */
export interface Bill {
  kind: 'bill';
  id: string;
  /** The API's InvoiceNumber, which the Xero screen labels Reference. */
  number: string;
  status: string;
  contact?: { id: string; name: string };
  date?: string;
  dueDate?: string;
  currency: string;
  currencyRate?: CurrencyRate;
  /** Lines that carry money, as on orders. */
  lines: DocumentLine[];
  subTotal: Money;
  totalTax: Money;
  total: Money;
  /** What was paid of it, in no order. Removed payments are not among them. */
  settlements: Settlement[];
  /** What credit notes took off it. */
  credits: { creditNoteId: string; amount: Money }[];
  /** Known only once nothing is due any more. */
  fullyPaidOn?: string;
  hasAttachments: boolean;
  version: string;
}

/** Money that settles a bill: a payment, or a prepayment or overpayment set off against it. */
export interface Settlement {
  /** The payment's own id. One prepayment may settle several bills, and stands with the same id in each. */
  id: string;
  kind: 'payment' | 'prepayment' | 'overpayment';
  date: string;
  /** In the bill's currency, tax included. */
  amount: Money;
  reference?: string;
}

/** A supplier's credit note (ACCPAYCREDIT), read whole. Its figures are positive, as Xero sends them. */
export interface CreditNote {
  kind: 'credit-note';
  id: string;
  number: string;
  status: string;
  contact?: { id: string; name: string };
  date?: string;
  currency: string;
  currencyRate?: CurrencyRate;
  /** Lines that carry money, as on orders. */
  lines: DocumentLine[];
  subTotal: Money;
  totalTax: Money;
  total: Money;
  /** The bills it was set off against; removed allocations are not among them. */
  allocations: { billId: string; amount: Money; date?: string }[];
  hasAttachments: boolean;
  version: string;
}

/** One line of a manual journal. Xero gives them no ids: `id` is the line's place, `0` the first. */
export interface JournalLine
  extends Pick<DocumentLine, 'id' | 'description' | 'account' | 'accountId' | 'tracking'> {
  /** Debits positive, credits negative, without tax. */
  net: Money;
}

/** A manual journal, read whole. It knows no contact and no currency: it is in the organisation's own. */
export interface Journal {
  kind: 'journal';
  id: string;
  /** The beginning of its narration: journals have no number. */
  number: string;
  status: string;
  date?: string;
  lines: JournalLine[];
  hasAttachments: boolean;
  version: string;
}

/** A file at a document. */
export interface Attachment {
  id: string;
  /** As the user named it: not safe as a path. */
  fileName: string;
  mimeType: string;
  /** Bytes. */
  size: number;
}

/** The kinds of documents that Xero keeps files at. */
export type DocumentWithFiles = 'purchase-order' | 'bill' | 'credit-note' | 'journal';

/** What is carried to Procore, each by a plan of its own. */
export type Carried = PurchaseOrder | Bill | CreditNote | Journal;

/** A document that Xero sent in a form that its own contract does not allow: parked, and its neighbours go on. */
export interface Unreadable {
  kind: 'unreadable';
  id: string;
  /** What does not fit, field by field, without the values. */
  why: string;
  version?: string;
}
