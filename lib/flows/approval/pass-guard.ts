import { bindingHash } from '../../core/approval/binding.ts';
import type { ApprovalRequest } from '../../core/approval/request.ts';
import { sightOf } from '../../core/approval/sight.ts';
import { raises, watched } from '../../core/budget/check-budget.ts';
import type { Carried } from '../../core/documents.ts';
import type { Project } from '../../core/procore-records.ts';
import type { Lease } from '../../store/leases.ts';
import type { Revised } from '../../store/table.ts';
import { inTurns } from '../in-turn.ts';
import type { Outcome } from '../sync/outcome.ts';
import { rejected } from '../sync/outcome.ts';
import type { Trail } from '../sync/trail.ts';
import type { Workspace } from '../sync/workspace.ts';
import { fingerprint } from '../sync/workspace.ts';
import { endRequest, giveUpPlace } from './end-request.ts';
import type { Guarded } from './guarded.ts';
import { hold } from './hold.ts';
import { readBudgets } from './read-budgets.ts';

/**
 * Carries the plan out if it may pass: because it takes nothing more, because it fits, or because a person approved
 * just this. Otherwise holds it and gives the outcome. From the look at the budget until all is written the document is
 * alone with the budgets of its projects. Throws NeedsPerson where a budget cannot be read, and whatever `carryOut` does.
 */
export async function passGuard(
  guarded: Guarded,
  workspace: Workspace,
  trail: Trail,
  carryOut: (leases: Lease[]) => Promise<void>,
): Promise<Outcome | undefined> {
  const { deployment, connection } = workspace;
  const { document, claim, binding } = guarded;
  const request = await deployment.approvals.get(connection.id, document.id);
  const planHash = bindingHash({ ...binding, documentId: document.id }, fingerprint);
  if (isRejected(request, document)) {
    await giveUpPlace(request!, deployment);
    return rejected(request!, document);
  }

  const pass = async (leases: Lease[]) => {
    await carryOut(leases);
    const end = isGone(binding) ? 'withdrawn' : 'released';
    await endRequest(document.id, workspace, trail, { end, planHash });
    return undefined;
  };
  if (guarded.isLevel || !wantsLook(guarded, planHash, request, workspace)) return pass([]);
  const projects = await projectsOf(guarded, workspace);
  const names = projects.map(({ id }) => `budget:${connection.id}:${id}`).toSorted();
  return inTurns(deployment, names, async (leases) => {
    if (request?.state === 'approved' && request.planHash === planHash) return pass(leases);
    const arrivedAt = request?.state === 'open' ? request.arrivedAt : deployment.clock.now().toISOString();
    const { budgetScope } = connection.settings;
    const place = { documentId: document.id, arrivedAt };
    const pictures =
      budgetScope === 'off' || claim.after.length === 0
        ? []
        : await readBudgets(claim, place, projects, workspace);
    const looked = watched(pictures, budgetScope);
    const isOver = looked.some(({ over }) => over.gt(0));
    if (!isOver && !guarded.overBilling) return pass(leases);
    const { overBilling } = guarded;
    const sight = sightOf({
      ...('reference' in document && { reference: document.reference }),
      date: document.date,
      lines: await guarded.lines(),
      pictures,
      watched: looked,
      overBilling,
      writes: await guarded.writes(),
    });
    const code = isOver ? 'over-budget' : 'over-billed';
    return hold({ guarded, code, planHash, arrivedAt, projects, sight }, request, workspace, trail);
  });
}

/** Nothing of the document is to stand. */
function isGone({ spendings, applications = [] }: Guarded['binding']): boolean {
  return spendings.length + applications.length === 0;
}

/** Rejection is final for its version. */
function isRejected(request: ApprovalRequest | undefined, { version }: Carried): boolean {
  return request?.state === 'rejected' && version <= request.version;
}

/** Whether the plan takes anything that a budget or a person must allow. */
function wantsLook(
  { claim, overBilling, binding }: Guarded,
  planHash: string,
  request: Revised<ApprovalRequest> | undefined,
  { connection }: Workspace,
): boolean {
  const { budgetScope } = connection.settings;
  if (overBilling || raises(claim, budgetScope)) return true;
  // What a person let pass may shrink by itself, and nothing else about it may change.
  if (budgetScope === 'off' || request?.state !== 'approved' || request.planHash === planHash) return false;
  return request.supplierId !== binding.supplier || raises(claim, 'both');
}

/** The projects of the document, the dearest thing in it or not. */
async function projectsOf(
  { claim, binding: { applications = [] } }: Guarded,
  workspace: Workspace,
): Promise<Project[]> {
  const { projects } = await workspace.allocationTables();
  const ids = new Set([...claim.after, ...applications].map(({ projectId }) => projectId));
  return [...ids].map((id) => projects.find((project) => project.id === id) ?? { id, name: id });
}
