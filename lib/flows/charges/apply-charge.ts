import type { ChargePlan, ChargeStep } from '../../core/charges/charge-plan.ts';
import type { ApplicationLink } from '../../core/charges/links.ts';
import { NeedsPerson, ProcoreRefused } from '../../core/errors.ts';
import type { Revised } from '../../store/table.ts';
import { addVendorToProject, linkVendor } from '../sync/apply-vendor.ts';
import { keptTool } from '../sync/kept-tool.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { Chains } from './apply-application.ts';
import { removeApplication, setDueDate, writeApplication } from './apply-application.ts';
import { removeDirectCost, writeDirectCost } from './apply-direct-cost.ts';
import { issuePayment, removePayment } from './apply-payment.ts';

/** What applying a plan needs besides the plan. */
interface Hands {
  workspace: Workspace;
  chargeId: string;
  /** Applications of the charge as they were linked when the plan was made. */
  applications: Revised<ApplicationLink>[];
  /** What stood on its commitments at that moment. */
  chains: Chains;
  /** Called before each write; throws RetryLater where another worker has taken over. */
  keepLease: () => Promise<void>;
  /** Called after each write has been linked. */
  written: (step: ChargeStep, facts: Record<string, string>) => Promise<void>;
}

/**
 * Carries out a plan, step by step. Each confirmed write is linked before the next begins, so that a worker that
 * dies anywhere is followed by one that goes on from there. Throws NeedsPerson where Procore refuses a write.
 */
export async function applyCharge(plan: ChargePlan, given: Hands): Promise<void> {
  const { keepLease, workspace } = given;
  const hands = { ...given, workspace: { ...workspace, tool: keptTool(workspace.tool, keepLease) } };
  const applications = new Map(hands.applications.map((link) => [link.originId, link]));
  for (const step of plan.steps) {
    try {
      await hands.written(step, await applyStep(step, applications, hands));
    } catch (error) {
      if (!(error instanceof ProcoreRefused)) throw error;
      throw new NeedsPerson('procore-refused', { facts: { reason: error.message }, cause: error });
    }
  }
}

async function applyStep(
  step: ChargeStep,
  applications: Map<string, Revised<ApplicationLink>>,
  { workspace, chargeId, chains }: Hands,
): Promise<Record<string, string>> {
  const linkOf = (originId: string): Revised<ApplicationLink> => {
    const link = applications.get(originId);
    if (!link) throw new Error(`${step.do} came before the application ${originId} was written`);
    return link;
  };
  const keep = (link: Revised<ApplicationLink>) => void applications.set(link.originId, link);
  switch (step.do) {
    case 'create-vendor':
    case 'link-vendor':
      return linkVendor(step, workspace);
    case 'add-vendor-to-project':
      return addVendorToProject(step, workspace);
    case 'write-application': {
      const before = applications.get(step.application.originId);
      const link = await writeApplication(step.application, chargeId, before, workspace, chains, keep);
      return { commitment: link.commitmentId, requisition: link.requisitionId! };
    }
    case 'remove-application': {
      const link = linkOf(step.originId);
      await removeApplication(link, workspace, chains);
      return { commitment: link.commitmentId };
    }
    case 'set-due-date':
      keep(await setDueDate(linkOf(step.originId), step.dueDate, workspace));
      return { due: step.dueDate };
    case 'issue-payment': {
      const link = linkOf(step.originId);
      keep(await issuePayment(step, link, workspace));
      return { commitment: link.commitmentId, payment: step.payment.settlementId };
    }
    case 'remove-payment':
      keep(await removePayment(step.settlementId, linkOf(step.originId), workspace));
      return { payment: step.settlementId };
    case 'write-direct-cost':
      return writeDirectCost(step, chargeId, workspace);
    case 'remove-direct-cost':
      return removeDirectCost(step.originId, chargeId, workspace);
  }
}
