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

  /** Whether a missing billing period is made. [stored; acts with bills, until then `reuse`] */
  billingPeriods: 'reuse' | 'create';
  /** Amounts without or with tax. [stored; acts with bills, until then `net`] */
  amounts: 'net' | 'gross';
  /** [stored; acts with bills, until then `park`] */
  foreignCurrency: 'park' | 'convert';
  /** What an order may not exceed. [stored; acts with the budget check, until then nothing is checked] */
  budgetScope: 'project' | 'budget-code' | 'both' | 'off';
  /** Name or id of the Procore budget view that counts. [stored; acts with the budget check] */
  budgetView: string;
  /** When a bill becomes a payment application. [stored; acts with bills] */
  paymentApplicationOn: 'authorised' | 'paid';
  /** What to do with a bill above its order. [stored; acts with bills] */
  overBilling: 'approve' | 'park' | 'allow';
  /** Decimal amount in the books' currency up to which `overBilling` looks away. [stored; acts with bills] */
  overBillingTolerance: string;
  /** Whether bills without an order become direct costs. [stored; acts with bills, until then `off`] */
  directCosts: 'on' | 'off';
  /** Whether manual journals become direct costs. [stored; acts with bills, until then `off`] */
  manualJournals: 'on' | 'off';
  /** Whether files on a document are copied. [stored; acts with bills, until then `off`] */
  attachments: 'on' | 'off';
}

/** The settings that no flow of this version acts on. */
export const NOT_ACTED_ON_YET = [
  'billingPeriods',
  'amounts',
  'foreignCurrency',
  'budgetScope',
  'budgetView',
  'paymentApplicationOn',
  'overBilling',
  'overBillingTolerance',
  'directCosts',
  'manualJournals',
  'attachments',
] as const satisfies (keyof Settings)[];
