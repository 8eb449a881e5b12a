import { spendingOfDirectCostLinks, spendingOfDirectCosts } from '../../core/budget/spending.ts';
import type { Charging } from '../../core/charges/charge.ts';
import type { ChargePlan } from '../../core/charges/charge-plan.ts';
import type { DirectCostLink } from '../../core/charges/links.ts';
import type { OverBilling } from '../../core/charges/over-billing.ts';
import { formatMoney, sum } from '../../core/money.ts';
import { codeText } from '../../core/project-codes.ts';
import { chargeWritesOf, sovLinesOf } from '../sync/name-writes.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { Guarded } from './guarded.ts';

/**
 * The plan of a bill or a credit note, as the guard looks at it. Only its direct costs take of a budget: what is billed
 * on a commitment was committed with the order.
 */
export function guardedCharge(
  document: Charging,
  {
    plan,
    directCosts,
    overBilling,
  }: { plan: ChargePlan; directCosts: DirectCostLink[]; overBilling: OverBilling | undefined },
  workspace: Workspace,
): Guarded {
  const { desired } = plan;
  const after = spendingOfDirectCosts(desired.directCosts);
  const billed = desired.applications.flatMap(({ items }) => items.map(({ amount }) => amount));
  return {
    document,
    isLevel: plan.steps.length === 0,
    claim: { after, before: spendingOfDirectCostLinks(directCosts) },
    amount: sum([...billed, ...after.map(({ amount }) => amount)]),
    binding: {
      ...('contact' in document && document.contact && { supplier: document.contact.id }),
      spendings: after,
      applications: desired.applications,
    },
    overBilling,
    lines: async () => {
      const { projects } = await workspace.allocationTables();
      const nameOf = (projectId: string) => projects.find(({ id }) => id === projectId)?.name ?? projectId;
      const ordered = await sovLinesOf(desired.applications, workspace);
      const shown = desired.applications.flatMap(({ projectId, items }) =>
        items
          .filter(({ amount }) => !amount.eq(0))
          .map(({ originId, amount }) => ({
            project: nameOf(projectId),
            code: '',
            description: ordered.get(originId)?.description ?? originId,
            amount: formatMoney(amount),
          })),
      );
      for (const { projectId, lines } of desired.directCosts) {
        const world = await workspace.projectWorld(projectId);
        for (const { target, description, amount } of lines) {
          const code = codeText(target, world);
          shown.push({ project: nameOf(projectId), code, description, amount: formatMoney(amount) });
        }
      }
      return shown;
    },
    writes: () => chargeWritesOf(plan, workspace),
  };
}
