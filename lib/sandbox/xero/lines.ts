/** Lines as Xero's API names them. Money is in the document's currency; the sandbox computes what is left out. */

export interface LineItemTracking {
  TrackingCategoryID: string;
  TrackingOptionID: string;
}

export interface LineItem {
  LineItemID: string;
  Description?: string;
  Quantity?: number;
  /** Up to four decimals. */
  UnitAmount?: number;
  ItemCode?: string;
  AccountCode?: string;
  TaxType?: string;
  TaxAmount?: number;
  /** Quantity × UnitAmount after discount. Absent on a line that is only a description. */
  LineAmount?: number;
  /** Percent. Xero has discounts on orders and sales invoices, not on bills. */
  DiscountRate?: number;
  Tracking: LineItemTracking[];
}

/** What a person types. A line without LineItemID is a new one, even where it looks like an old one. */
export type LineItemDraft = Partial<LineItem>;

export interface ManualJournalLine {
  /** Debit positive, credit negative. */
  LineAmount: number;
  AccountCode: string;
  Description?: string;
  TaxType?: string;
  TaxAmount?: number;
  Tracking?: LineItemTracking[];
}

export type LineAmountTypes = 'Exclusive' | 'Inclusive' | 'NoTax';
