import type { Money } from '../money.ts';

/** What of a line is compared. Lines of Xero's documents are such lines. */
export interface LineToMatch {
  description: string;
  /** Without tax, discounts taken off. */
  net: Money;
  /** Price of one unit, where it is known. */
  unitAmount?: Money;
  item?: string;
  account?: string;
  tracking: readonly { category: string; option: string }[];
}

/** What of a purchase order is compared. Dates are calendar dates `YYYY-MM-DD`. */
export interface OrderToMatch {
  id: string;
  number: string;
  reference?: string;
  status: string;
  contact?: { id: string };
  date?: string;
  currency: string;
  lines: readonly LineToMatch[];
}

/** What of a bill is compared. */
export interface BillToMatch {
  /** The API's InvoiceNumber, which the Xero screen labels Reference. */
  number: string;
  contact?: { id: string };
  date?: string;
  currency: string;
  lines: readonly LineToMatch[];
}
