/**
 * What people configure per connection. Checked and defaulted by lib/store/settings-schema.ts, which argues each
 * default. In brackets the flow that acts on the setting.
 */
export interface Settings {
  /** Documents dated before this calendar date are left out. [sync-purchase-order] */
  startDate: string;
  /** The lowest Xero status that is carried to Procore. [sync-purchase-order] */
  purchaseOrderFrom: 'DRAFT' | 'SUBMITTED' | 'AUTHORISED';
  /** Whether an order gets a draft requisition besides its commitment. [sync-purchase-order] */
  requisitionOnPurchaseOrder: 'draft' | 'none';
  /** Procore project (number, name or id) of lines without a project option. [sync-purchase-order] */
  defaultProject?: string;
  /** What to do when vendors are called nearly, but not quite, like the contact. [find-vendor] */
  nearMatch: 'ask' | 'create';
  /** Plans and shows every document and writes nothing to Procore. [sync-purchase-order] */
  dryRun: boolean;
  /** Which contacts become vendors: those that documents use, every supplier, or none. [find-vendor, sync-contacts] */
  contacts: 'used' | 'suppliers' | 'none';
  /** `auto` adapts between 1 and 15 minutes; a number fixes the interval in minutes. [poll-xero] */
  pollMinutes: 'auto' | number;
  /** Xero's daily call allowance of this organisation: 5,000, or 1,000 on the Starter tier. [poll-xero] */
  xeroDailyCalls: number;

  /** Whether a missing billing period is made. [charges] */
  billingPeriods: 'reuse' | 'create';
  /** Amounts without or with tax. [sync-purchase-order, charges] */
  amounts: 'net' | 'gross';
  /** Whether documents in another currency than the books' are converted by their own rate. [sync-purchase-order, charges] */
  foreignCurrency: 'park' | 'convert';
  /** What an order may not exceed. [stored; acts with the budget check, until then nothing is checked] */
  budgetScope: 'project' | 'budget-code' | 'both' | 'off';
  /** Name or id of the Procore budget view that counts. [stored; acts with the budget check] */
  budgetView: string;
  /** When a bill becomes a payment application. [charges] */
  paymentApplicationOn: 'authorised' | 'paid';
  /** What to do with a bill above its order. [charges] */
  overBilling: 'approve' | 'park' | 'allow';
  /** Decimal amount in the books' currency up to which `overBilling` looks away. [charges] */
  overBillingTolerance: string;
  /** Whether what belongs to no order becomes a direct cost. [charges] */
  directCosts: 'on' | 'off';
  /** Whether manual journals become direct costs. [charges, poll-xero] */
  manualJournals: 'on' | 'off';
  /** Whether files at orders and bills are copied. [sync-purchase-order, charges] */
  attachments: 'on' | 'off';
}

/** The settings that no flow of this version acts on. */
export const NOT_ACTED_ON_YET = ['budgetScope', 'budgetView'] as const satisfies (keyof Settings)[];
