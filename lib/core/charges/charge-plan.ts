import type { VendorStep } from '../plan.ts';
import type { DesiredApplication, DesiredCharge, DesiredDirectCost } from './desired-charge.ts';
import type { PaymentShare } from './settle.ts';

/** The Procore writes that bring Procore level with one bill or credit note, in order. No step means level. */
export interface ChargePlan {
  steps: ChargeStep[];
  /** What stands in Procore once the plan is carried out. */
  desired: DesiredCharge;
}

/** Steps about an application name it by its originId; whatever else they need comes from its link. */
export type ChargeStep =
  | VendorStep
  | { do: 'write-application'; projectId: string; application: DesiredApplication }
  | { do: 'remove-application'; projectId: string; originId: string; orderId: string }
  | { do: 'set-due-date'; projectId: string; originId: string; orderId: string; dueDate: string }
  | {
      do: 'issue-payment';
      projectId: string;
      originId: string;
      orderId: string;
      invoiceNumber: string;
      payment: PaymentShare;
    }
  | { do: 'remove-payment'; projectId: string; originId: string; orderId: string; settlementId: string }
  /** Without a contact it is an expense that names no supplier. */
  | { do: 'write-direct-cost'; projectId: string; contactId?: string; cost: DesiredDirectCost }
  | { do: 'remove-direct-cost'; projectId: string; originId: string };
