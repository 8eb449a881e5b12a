import type { Binding } from '../../core/approval/binding.ts';
import type { SightLine } from '../../core/approval/request.ts';
import type { Claim } from '../../core/budget/check-budget.ts';
import type { OverBilling } from '../../core/charges/over-billing.ts';
import type { Carried } from '../../core/documents.ts';
import type { Money } from '../../core/money.ts';
import type { PlannedWrite } from '../../core/planned-writes.ts';

/** A plan before the guard: what it takes of budgets and orders, and what a person would be shown of it. */
export interface Guarded {
  document: Carried;
  /** Whether there is anything to write. */
  isLevel: boolean;
  claim: Claim;
  /** What the plan comes to, in the currency of the books. */
  amount: Money;
  binding: Omit<Binding, 'documentId'>;
  overBilling?: OverBilling | undefined;
  lines(): Promise<SightLine[]>;
  writes(): Promise<PlannedWrite[]>;
}
