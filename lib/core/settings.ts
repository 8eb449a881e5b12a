/** What people configure per connection (DESIGN §5). Parsed and defaulted by lib/store/connection-schema.ts. */
export interface Settings {
  /** Documents dated before this calendar date are left out. */
  startDate: string;
  /** The lowest Xero status that is carried to Procore. */
  purchaseOrderFrom: 'DRAFT' | 'SUBMITTED' | 'AUTHORISED';
  requisitionOnPurchaseOrder: 'draft' | 'none';
  /** What to do when a Procore vendor is called nearly, not exactly, like the contact. */
  nearMatch: 'ask' | 'create';
  /** Procore project (number, name or id) of lines without a project option. */
  defaultProject?: string;
  /** `auto` adapts between 1 and 15 minutes; a number fixes the interval in minutes. */
  pollMinutes: 'auto' | number;
  /** Xero's daily call allowance of this organisation: 5,000, or 1,000 on the Starter tier. */
  xeroDailyCalls: number;
}
