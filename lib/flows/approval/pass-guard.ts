import { bindingHash } from '../../core/approval/binding.ts';
import type { ApprovalRequest, Sight } from '../../core/approval/request.ts';
import { figuresInWords, sightOf } from '../../core/approval/sight.ts';
import type { BudgetPicture } from '../../core/budget/check-budget.ts';
import { raises, watched } from '../../core/budget/check-budget.ts';
import type { Code } from '../../core/codes.ts';
import type { Carried } from '../../core/documents.ts';
import { NeedsPerson } from '../../core/errors.ts';
import type { Project } from '../../core/procore-records.ts';
import type { Revised } from '../../store/table.ts';
import { fingerprint } from '../fingerprint.ts';
import type { Outcome } from '../sync/outcome.ts';
import { rejected } from '../sync/outcome.ts';
import type { Trail } from '../sync/trail.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { BudgetGlance } from './budget-turns.ts';
import { endRequest, giveUpPlace } from './end-request.ts';
import type { Guarded } from './guarded.ts';
import { hold } from './hold.ts';
import { readBudgets } from './read-budgets.ts';

/**
 * Carries the plan out if it may pass: because it takes nothing more, because it fits, or because a person approved
 * just this. Otherwise holds it and gives the outcome. While it looks at the budgets of its projects the document is
 * alone with them, and what it will take of them is reserved before anybody else looks. Throws NeedsPerson where a budget
 * cannot be read, and whatever `carryOut` does.
 */
export async function passGuard(
  guarded: Guarded,
  workspace: Workspace,
  trail: Trail,
  carryOut: () => Promise<void>,
): Promise<Outcome | undefined> {
  const { deployment, budgets } = workspace;
  const { document, binding } = guarded;
  const standing = await standingOf(guarded, workspace);
  const { request, planHash } = standing;
  if (standing.is === 'rejected') {
    await giveUpPlace(standing.request, deployment);
    return rejected(standing.request, document);
  }
  const pass = async () => {
    await carryOut();
    const end = isGone(binding) ? 'withdrawn' : 'released';
    if (request) await endRequest(document.id, workspace, trail, { end, planHash });
    return undefined;
  };
  if (standing.is === 'free') return pass();

  const projects = await projectsOf(guarded, workspace);
  const ids = projects.map(({ id }) => id);
  const { held, pictures = [] } = await budgets.look(ids, async (turn) => {
    const arrivedAt = arrivalOf(request, workspace);
    const isApproved = standing.is === 'approved';
    const pictures = await picturesFor(guarded, arrivedAt, projects, workspace, turn).catch((error) => {
      // What a person has let through does not wait for a budget that cannot be read by now.
      if (isApproved && error instanceof NeedsPerson) return [];
      throw error;
    });
    const objection = isApproved ? undefined : await objectionTo(guarded, pictures, workspace);
    if (objection) {
      const now = { guarded, ...objection, planHash, arrivedAt, projects };
      const held = await hold(now, request, workspace, trail);
      turn.forgetHolds();
      return { held };
    }
    await turn.reserve(pictures);
    return { pictures };
  });
  if (held) return held;
  try {
    await pass();
  } catch (error) {
    await budgets.settle(pictures, false);
    throw error;
  }
  await budgets.settle(pictures, true);
  return undefined;
}

/**
 * What would keep the plan from being written at this moment: a person's no, or that one has to allow it first.
 * Changes nothing, and holds no place in the line of those that wait. Throws like passGuard.
 */
export async function foresee(
  guarded: Guarded,
  workspace: Workspace,
): Promise<{ code: Code; facts: Facts } | undefined> {
  const standing = await standingOf(guarded, workspace);
  if (standing.is === 'rejected') {
    const { code, facts = {} } = rejected(standing.request, guarded.document);
    return { code: code!, facts };
  }
  if (standing.is !== 'open') return undefined;
  const projects = await projectsOf(guarded, workspace);
  const arrivedAt = arrivalOf(standing.request, workspace);
  const pictures = await picturesFor(guarded, arrivedAt, projects, workspace, workspace.budgets.glance);
  const objection = await objectionTo(guarded, pictures, workspace);
  return objection && { code: objection.code, facts: figuresInWords(objection.sight) };
}

type Facts = NonNullable<Outcome['facts']>;

/** How a plan stands with people: `free` takes nothing that anybody would have to allow. */
type Standing = { planHash: string } & (
  | { is: 'rejected'; request: Revised<ApprovalRequest> }
  | { is: 'free' | 'approved' | 'open'; request: Revised<ApprovalRequest> | undefined }
);

async function standingOf(guarded: Guarded, workspace: Workspace): Promise<Standing> {
  const { document, binding, isLevel } = guarded;
  const request = await workspace.deployment.approvals.get(workspace.connection.id, document.id);
  const planHash = bindingHash({ ...binding, documentId: document.id }, fingerprint);
  if (request && isRejected(request, document)) return { is: 'rejected', request, planHash };
  if (isLevel || !wantsLook(guarded, planHash, request, workspace)) return { is: 'free', request, planHash };
  const isApproved = request?.state === 'approved' && request.planHash === planHash;
  return { is: isApproved ? 'approved' : 'open', request, planHash };
}

/** Its place in the line of those that wait: the first to be held is the first to be let through. */
function arrivalOf(request: ApprovalRequest | undefined, { deployment }: Workspace): string {
  return request?.state === 'open' ? request.arrivedAt : deployment.clock.now().toISOString();
}

/** The budgets that the plan takes of, as far as they are watched. */
async function picturesFor(
  { document, claim }: Guarded,
  arrivedAt: string,
  projects: Project[],
  workspace: Workspace,
  turn: BudgetGlance,
): Promise<BudgetPicture[]> {
  if (workspace.connection.settings.budgetScope === 'off' || claim.after.length === 0) return [];
  return readBudgets(claim, { documentId: document.id, arrivedAt }, projects, workspace, turn);
}

/** Why a person has to allow the plan, and what they are to see; undefined where it fits. */
async function objectionTo(
  guarded: Guarded,
  pictures: BudgetPicture[],
  workspace: Workspace,
): Promise<{ code: 'over-budget' | 'over-billed'; sight: Sight } | undefined> {
  const { document, overBilling } = guarded;
  const { budgetScope } = workspace.connection.settings;
  const looked = watched(pictures, budgetScope);
  const isOver = looked.some(({ over }) => over.gt(0));
  if (!isOver && !overBilling) return undefined;
  const sight = sightOf({
    ...('reference' in document && { reference: document.reference }),
    date: document.date,
    lines: await guarded.lines(),
    pictures,
    watched: looked,
    overBilling,
    writes: await guarded.writes(),
  });
  return { code: isOver ? 'over-budget' : 'over-billed', sight };
}

/** Nothing of the document is to stand. */
function isGone({ spendings, applications = [] }: Guarded['binding']): boolean {
  return spendings.length + applications.length === 0;
}

/** Rejection is final for its version. */
function isRejected(request: ApprovalRequest, { version }: Carried): boolean {
  return request.state === 'rejected' && version <= request.version;
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
