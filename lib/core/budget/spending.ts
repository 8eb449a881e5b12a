import type { DesiredDirectCost } from '../charges/desired-charge.ts';
import type { DirectCostLink } from '../charges/links.ts';
import type { CommitmentLink } from '../links.ts';
import type { Money } from '../money.ts';
import { money } from '../money.ts';
import type { DesiredCommitment } from '../plan.ts';
import type { CodeTarget } from '../procore-records.ts';

/** An amount that counts, or is to count, against a project's budget. */
export interface Spending {
  projectId: string;
  /** Absent where it was written before this was noted: then it counts for the project alone. */
  target?: CodeTarget;
  amount: Money;
}

/** What commitments come to. A draft commits nobody: Procore counts it nowhere. */
export function spendingOfCommitments(commitments: DesiredCommitment[]): Spending[] {
  return commitments
    .filter(({ status }) => counts(status))
    .flatMap(({ project, lines }) =>
      lines.map(({ target, amount }) => ({ projectId: project.id, target, amount })),
    );
}

/** What commitments that stand come to. */
export function spendingOfLinks(links: CommitmentLink[]): Spending[] {
  return links
    .filter(({ status }) => counts(status))
    .flatMap(({ projectId, lines }) =>
      Object.values(lines).map(({ target, amount }) => ({
        projectId,
        ...(target && { target }),
        amount: money(amount),
      })),
    );
}

export function spendingOfDirectCosts(costs: DesiredDirectCost[]): Spending[] {
  return costs.flatMap(({ projectId, lines }) =>
    lines.map(({ target, amount }) => ({ projectId, target, amount })),
  );
}

export function spendingOfDirectCostLinks(links: DirectCostLink[]): Spending[] {
  return links
    .filter(({ directCostId }) => directCostId !== undefined)
    .flatMap(({ projectId, amount, booked }): Spending[] =>
      booked
        ? booked.map((part) => ({ projectId, target: part.target, amount: money(part.amount) }))
        : [{ projectId, amount: money(amount) }],
    );
}

/** Procore's committed costs and pending changes leave drafts and what is closed out. */
function counts(status: string): boolean {
  return status !== 'Draft' && status !== 'Closed';
}
