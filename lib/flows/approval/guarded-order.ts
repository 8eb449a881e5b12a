import { spendingOfCommitments, spendingOfLinks } from '../../core/budget/spending.ts';
import type { PurchaseOrder } from '../../core/documents.ts';
import type { CommitmentLink } from '../../core/links.ts';
import { formatMoney, sum } from '../../core/money.ts';
import type { Plan } from '../../core/plan.ts';
import { codeText } from '../../core/project-codes.ts';
import { writesOf } from '../sync/name-writes.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { Guarded } from './guarded.ts';

/** The plan of an order, as the guard looks at it. */
export function guardedOrder(
  order: PurchaseOrder,
  plan: Plan,
  links: CommitmentLink[],
  workspace: Workspace,
): Guarded {
  const lines = plan.commitments.flatMap(({ project, lines }) => lines.map((line) => ({ ...line, project })));
  return {
    document: order,
    isLevel: plan.steps.length === 0,
    claim: { after: spendingOfCommitments(plan.commitments), before: spendingOfLinks(links) },
    amount: sum(lines.map(({ amount }) => amount)),
    binding: {
      ...(order.contact && { supplier: order.contact.id }),
      // Drafts as well: who approves a draft need not be asked again once it is submitted.
      spendings: lines.map(({ project, target, amount }) => ({ projectId: project.id, target, amount })),
    },
    lines: async () => {
      const shown = [];
      for (const { project, target, description, amount } of lines) {
        const code = codeText(target, await workspace.projectWorld(project.id));
        shown.push({ project: project.name, code, description, amount: formatMoney(amount) });
      }
      return shown;
    },
    writes: () => writesOf(plan, workspace),
  };
}
