import type { ChargePlan } from '../../core/charges/charge-plan.ts';
import { plannedChargeWrites } from '../../core/charges/planned-charge-writes.ts';
import type { Plan, VendorStep } from '../../core/plan.ts';
import type { Names, PlannedWrite } from '../../core/planned-writes.ts';
import { plannedWrites } from '../../core/planned-writes.ts';
import { codeText } from '../../core/project-codes.ts';
import type { Workspace } from './workspace.ts';

/** The writes of an order's plan with the names that people know. */
export async function writesOf(plan: Plan, workspace: Workspace): Promise<PlannedWrite[]> {
  const projectIds = plan.commitments.map(({ project }) => project.id);
  return plannedWrites(plan, await namesFor(plan.steps, projectIds, workspace));
}

/** The same for a bill's or a credit note's. */
export async function chargeWritesOf(plan: ChargePlan, workspace: Workspace): Promise<PlannedWrite[]> {
  const projectIds = plan.desired.directCosts.map(({ projectId }) => projectId);
  return plannedChargeWrites(plan, await namesFor(plan.steps, projectIds, workspace));
}

async function namesFor(
  steps: ({ do: string } | VendorStep)[],
  projectIds: string[],
  workspace: Workspace,
): Promise<Names> {
  const { projects } = await workspace.allocationTables();
  const vendors = steps.some((step) => step.do === 'link-vendor') ? await workspace.tool.vendors() : [];
  const worlds = new Map<string, Awaited<ReturnType<Workspace['projectWorld']>>>();
  for (const projectId of projectIds) worlds.set(projectId, await workspace.projectWorld(projectId));
  return {
    project: (projectId) => projects.find(({ id }) => id === projectId)?.name ?? projectId,
    vendor: (vendorId) => vendors.find(({ id }) => id === vendorId)?.name ?? vendorId,
    code: (projectId, target) => codeText(target, worlds.get(projectId)!),
  };
}
