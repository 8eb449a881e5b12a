import type { LineAmountTypes, LineItem, LineItemDraft, ManualJournalLine } from './lines.ts';

/** Documents as Xero's API names them. Calendar dates are `YYYY-MM-DD`, instants ISO in UTC, ids GUIDs. */

interface Priced {
  Contact: { ContactID: string };
  Date: string;
  LineAmountTypes: LineAmountTypes;
  LineItems: LineItem[];
  CurrencyCode: string;
  CurrencyRate: number;
  SubTotal: number;
  TotalTax: number;
  Total: number;
  HasAttachments: boolean;
  UpdatedDateUTC: string;
}

type PurchaseOrderStatus = 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'BILLED' | 'DELETED';

export interface PurchaseOrder extends Priced {
  PurchaseOrderID: string;
  PurchaseOrderNumber: string;
  Reference?: string;
  Status: PurchaseOrderStatus;
  DeliveryDate?: string;
  ExpectedArrivalDate?: string;
  DeliveryAddress?: string;
  AttentionTo?: string;
  Telephone?: string;
  DeliveryInstructions?: string;
  SentToContact: boolean;
  TotalDiscount?: number;
}

export type InvoiceStatus = 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'PAID' | 'VOIDED' | 'DELETED';

/** A bill (ACCPAY) or a sales invoice (ACCREC). */
export interface Invoice extends Priced {
  InvoiceID: string;
  Type: 'ACCPAY' | 'ACCREC';
  /** On a bill this is what Xero's screen labels Reference; not unique there. */
  InvoiceNumber: string;
  /** Sales invoices only. */
  Reference?: string;
  DueDate?: string;
  PlannedPaymentDate?: string;
  Status: InvoiceStatus;
  Url?: string;
  SentToContact: boolean;
  TotalDiscount?: number;
  AmountDue: number;
  AmountPaid: number;
  AmountCredited: number;
  FullyPaidOnDate?: string;
}

export interface Allocation {
  AllocationID: string;
  Invoice: { InvoiceID: string };
  Amount: number;
  Date: string;
  /** Taken back again. */
  IsDeleted?: boolean;
}

interface Credit extends Priced {
  RemainingCredit: number;
  Allocations: Allocation[];
  FullyPaidOnDate?: string;
}

export interface CreditNote extends Credit {
  CreditNoteID: string;
  Type: 'ACCPAYCREDIT' | 'ACCRECCREDIT';
  CreditNoteNumber: string;
  Reference?: string;
  Status: InvoiceStatus;
}

export interface Prepayment extends Credit {
  PrepaymentID: string;
  Type: 'SPEND-PREPAYMENT' | 'RECEIVE-PREPAYMENT';
  Status: 'AUTHORISED' | 'PAID' | 'VOIDED';
  Reference?: string;
}

export interface Overpayment extends Credit {
  OverpaymentID: string;
  Type: 'SPEND-OVERPAYMENT' | 'RECEIVE-OVERPAYMENT';
  Status: 'AUTHORISED' | 'PAID' | 'VOIDED';
  Reference?: string;
}

/** Whatever can be set off against invoices. */
export type AnyCredit = CreditNote | Prepayment | Overpayment;

export interface Payment {
  PaymentID: string;
  /** Exactly one of the two is set. */
  Invoice?: { InvoiceID: string };
  CreditNote?: { CreditNoteID: string };
  /** The bank account that it went through. */
  Account: { AccountID: string };
  Date: string;
  /** In the document's currency. */
  Amount: number;
  CurrencyRate: number;
  Reference?: string;
  /** Of the batch that it was made in, with those of other bills. */
  BatchPaymentID?: string;
  IsReconciled: boolean;
  Status: 'AUTHORISED' | 'DELETED';
  UpdatedDateUTC: string;
}

/** A file at a document. */
export interface Attachment {
  AttachmentID: string;
  FileName: string;
  MimeType: string;
  content: Uint8Array;
}

export interface ManualJournal {
  ManualJournalID: string;
  Narration: string;
  Date: string;
  Status: 'DRAFT' | 'POSTED' | 'DELETED' | 'VOIDED' | 'ARCHIVED';
  LineAmountTypes: LineAmountTypes;
  JournalLines: ManualJournalLine[];
  HasAttachments: boolean;
  UpdatedDateUTC: string;
}

/** `T` as somebody types it in: `Needed` must be given, the sandbox fills in or keeps the rest. */
type Draft<T, Needed extends keyof T> = Partial<Omit<T, Needed | 'LineItems' | 'Allocations'>> &
  Pick<T, Needed> & { LineItems?: LineItemDraft[] };

/** What drafts of everything with priced lines have in common. */
export type PricedDraft = Draft<Priced, 'Contact'>;
export type PurchaseOrderDraft = Draft<PurchaseOrder, 'Contact'>;
/** A status `PAID` does not last: AUTHORISED or PAID follows from payments and credits. */
export type InvoiceDraft = Draft<Invoice, 'Type' | 'Contact'>;
type AllocationDraft = Partial<Allocation> & Pick<Allocation, 'Invoice' | 'Amount'>;
export type CreditNoteDraft = Draft<CreditNote, 'Type' | 'Contact'> & { Allocations?: AllocationDraft[] };
export type PrepaymentDraft = Draft<Prepayment, 'Type' | 'Contact'> & { Allocations?: AllocationDraft[] };
export type OverpaymentDraft = Draft<Overpayment, 'Type' | 'Contact'> & { Allocations?: AllocationDraft[] };
export type PaymentDraft = Partial<Payment> & Pick<Payment, 'Amount' | 'Account'>;
export type ManualJournalDraft = Partial<ManualJournal> & Pick<ManualJournal, 'Narration' | 'JournalLines'>;
