import type { ChargePlan } from '../../core/charges/charge-plan.ts';
import type { DesiredApplication } from '../../core/charges/desired-charge.ts';
import { plannedChargeWrites } from '../../core/charges/planned-charge-writes.ts';
import type { Plan } from '../../core/plan.ts';
import type { Line, Names, PlannedWrite } from '../../core/planned-writes.ts';
import { plannedWrites } from '../../core/planned-writes.ts';
import { codeText } from '../../core/project-codes.ts';
import type { Workspace } from './workspace.ts';

/** The writes of an order's plan with the names that people know. */
export async function writesOf(plan: Plan, workspace: Workspace): Promise<PlannedWrite[]> {
  const projectIds = plan.commitments.map(({ project }) => project.id);
  return plannedWrites(plan, await namesFor(plan, projectIds, workspace));
}

/** The same for a bill's, a credit note's or a journal's. */
export async function chargeWritesOf(plan: ChargePlan, workspace: Workspace): Promise<PlannedWrite[]> {
  const { applications, directCosts } = plan.desired;
  const projectIds = directCosts.map(({ projectId }) => projectId);
  const names = await namesFor(plan, projectIds, workspace);
  const lines = await sovLinesOf(applications, workspace);
  return plannedChargeWrites(
    plan,
    names,
    (originId) => lines.get(originId) ?? { code: '', description: originId },
  );
}

/** What people call the things that a plan names by id. */
async function namesFor(
  plan: { steps: { do: string }[] },
  projectIds: string[],
  workspace: Workspace,
): Promise<Names> {
  const { projects } = await workspace.allocationTables();
  const links = plan.steps.some((step) => step.do === 'link-vendor');
  const vendors = links ? await workspace.catalogue.entries('procore/vendors') : [];
  const worlds = new Map<string, Awaited<ReturnType<Workspace['projectWorld']>>>();
  for (const projectId of projectIds) worlds.set(projectId, await workspace.projectWorld(projectId));
  return {
    project: (projectId) => projects.find(({ id }) => id === projectId)?.name ?? projectId,
    vendor: (vendorId) => vendors.find(({ id }) => id === vendorId)?.name ?? vendorId,
    code: (projectId, target) => codeText(target, worlds.get(projectId)!),
  };
}

/** The orders' lines that are billed, as people know them, by originId. */
export async function sovLinesOf(
  applications: DesiredApplication[],
  { deployment, connection }: Workspace,
): Promise<Map<string, Line>> {
  const found = new Map<string, Line>();
  for (const { orderId } of applications) {
    const order = await deployment.suppliers.order(connection.id, orderId);
    const links = await deployment.links.commitments(connection.id, orderId);
    for (const [originId, { lineId }] of links.flatMap(({ lines }) => Object.entries(lines))) {
      const description = order?.lines.find(({ id }) => id === lineId)?.description ?? lineId;
      found.set(originId, { code: '', description });
    }
  }
  return found;
}
