import { codeKey } from '../budget/check-budget.ts';
import type { Spending } from '../budget/spending.ts';
import type { DesiredApplication } from '../charges/desired-charge.ts';
import type { Fingerprint } from '../desired-commitments.ts';
import { formatMoney, sum } from '../money.ts';

/** All of a plan that a person's approval is about. */
export interface Binding {
  documentId: string;
  /** The Xero contact; absent where a document names none. */
  supplier?: string;
  spendings: Spending[];
  /** What is billed on the lines of orders. */
  applications?: Pick<DesiredApplication, 'orderId' | 'projectId' | 'items'>[];
}

/**
 * The hash to which an approval is bound: document, supplier, and the amount in each project on each cost code. Dates,
 * wording, the number and order of lines, and the ids that writing gives are no part of it: they cost nobody anything.
 */
export function bindingHash(binding: Binding, fingerprint: Fingerprint): string {
  const { documentId, supplier, spendings, applications = [] } = binding;
  const byCode = Map.groupBy(
    spendings,
    ({ projectId, target }) => `${projectId} ${target && codeKey(target)}`,
  );
  return fingerprint([
    documentId,
    supplier ?? null,
    [...byCode].map(([code, some]) => [code, formatMoney(sum(some.map(({ amount }) => amount)))]).toSorted(),
    applications
      .flatMap(({ orderId, projectId, items }) =>
        items.map(({ originId, amount }) => [orderId, projectId, originId, formatMoney(amount)]),
      )
      .toSorted(),
  ]);
}
