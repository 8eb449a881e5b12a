import type { Carried } from './documents.ts';

/**
 * What people configure per connection. Checked and defaulted by lib/store/settings-schema.ts, which argues each
 * default. In brackets the flow that acts on the setting.
 */
export interface Settings {
  /** Documents dated before this calendar date are left out. [sync-purchase-order] */
  startDate: string;
  /**
   * The calendar dates from which documents are carried although they are older than `startDate`, by kind. Backfills set
   * them, for good: what they brought must not be taken back at its next edit. [backfill]
   */
  backfilledFrom?: Partial<Record<Carried['kind'], string>>;
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
  /** What a document may not exceed without a person's approval. [pass-guard] */
  budgetScope: 'project' | 'budget-code' | 'both' | 'off';
  /** Name or id of the Procore budget view that counts. [pass-guard] */
  budgetView: string;
  /** Who may approve what is held. [ask-approvers, decide] */
  approvers: Approver[];
  /** Decimal amount above which two different persons must approve; absent: one is always enough. [decide] */
  secondApproverAbove?: string;
  /** Hours after which those who were asked are reminded, each time. [remind-approvers] */
  remindAfterHours: number;
  /** Hours after which the next approvers in line are asked as well. [remind-approvers] */
  escalateAfterHours: number;
  /** Days for which an approver's link works. [ask-approvers] */
  approvalLinkDays: number;
  /** When a bill becomes a payment application. [charges] */
  paymentApplicationOn: 'authorised' | 'paid';
  /** What to do with a bill above its order. [charges, pass-guard] */
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

/** A person who may let documents pass that the budget or an order does not cover. */
export interface Approver {
  name: string;
  email: string;
  /** Numbers, names or ids of the Procore projects that the person decides on; absent: all. */
  projects?: string[];
  /** Decimal amount up to which the person decides alone; absent: any amount. */
  upTo?: string;
  /** Asked only once the others have not answered for `escalateAfterHours`. */
  standIn?: boolean;
}
