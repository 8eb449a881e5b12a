import { approvalsNeeded, firstAsked, inLine } from '../../core/approval/authority.ts';
import type { ApprovalRequest, Sight } from '../../core/approval/request.ts';
import { figuresInWords } from '../../core/approval/sight.ts';
import type { Code } from '../../core/codes.ts';
import { summaryOf } from '../../core/document-summary.ts';
import { RetryLater } from '../../core/errors.ts';
import { formatMoney, sum } from '../../core/money.ts';
import type { CodeTarget, Project } from '../../core/procore-records.ts';
import type { Approver } from '../../core/settings.ts';
import type { Revised } from '../../store/table.ts';
import { WriteConflict } from '../../store/write-conflict.ts';
import type { Outcome } from '../sync/outcome.ts';
import { held } from '../sync/outcome.ts';
import type { Trail } from '../sync/trail.ts';
import type { Workspace } from '../sync/workspace.ts';
import { dropHolds, requeueHeldIn } from './end-request.ts';
import type { Guarded } from './guarded.ts';
import { newSecret } from './link.ts';

interface Held {
  guarded: Guarded;
  code: Extract<Code, 'over-budget' | 'over-billed'>;
  planHash: string;
  arrivedAt: string;
  projects: Project[];
  sight: Sight;
}

/**
 * Holds a plan until a person has decided: notes what it will take of the budgets, what the person is to see, and who is
 * to be asked; they are mailed when the bus tells of it. Seen again with the same plan, it stays the same request, and its
 * links go on to work.
 */
export async function hold(
  now: Held,
  before: Revised<ApprovalRequest> | undefined,
  workspace: Workspace,
  trail: Trail,
): Promise<Outcome> {
  const { deployment, connection } = workspace;
  const { approvals } = deployment;
  const same = before?.state === 'open' && before.planHash === now.planHash;
  const request = same ? { ...before, ...seenAgain(now, workspace) } : newRequest(now, workspace);
  await putHolds(request, now, workspace);
  const gone =
    before?.projects.filter(({ id }) => !request.projects.some((project) => project.id === id)) ?? [];
  await dropHolds(request, gone, deployment);
  const kept = await unlessDecided(approvals.put({ ...request, revision: before?.revision ?? 0 }));
  if (before && !same) {
    if (before.state === 'open' || before.state === 'approved') {
      await trail('superseded', { asked: before.askedAt, amount: before.amount, now: kept.amount });
    }
    // It may take less than it did, or nothing more of a project.
    await requeueHeldIn(connection.id, before.projects, deployment, before);
  }
  const people = kept.asked.map(({ name }) => name);
  return held(now.guarded.document, now.code, {
    ...figuresInWords(now.sight),
    approvers: people.length > 0 ? people : 'nobody; decide at the command line',
  });
}

/** A person who decided in between has changed what this was about to be: it is looked at again. */
async function unlessDecided<T>(put: Promise<T>): Promise<T> {
  try {
    return await put;
  } catch (error) {
    if (!(error instanceof WriteConflict)) throw error;
    throw new RetryLater('lease-held', 5, { facts: { lease: 'approval' }, cause: error });
  }
}

function seenAgain(
  { guarded: { document }, sight }: Held,
  { connection }: Workspace,
): Pick<ApprovalRequest, 'version' | 'number' | 'supplier' | 'sight'> {
  const { number, supplier } = summaryOf(document, connection.xero.currency);
  return { version: document.version, number, supplier, sight };
}

function newRequest(held: Held, workspace: Workspace): ApprovalRequest {
  const { connection, deployment } = workspace;
  const { guarded, planHash, arrivedAt, projects } = held;
  const { document, amount, binding } = guarded;
  const question = { projects, amount };
  const { settings } = connection;
  const needed = approvalsNeeded(question, settings);
  return {
    ...seenAgain(held, workspace),
    id: newSecret(),
    connectionId: connection.id,
    documentId: document.id,
    kind: document.kind,
    ...(binding.supplier !== undefined && { supplierId: binding.supplier }),
    planHash,
    amount: formatMoney(amount),
    currency: connection.xero.currency,
    projects,
    arrivedAt,
    askedAt: deployment.clock.now().toISOString(),
    state: 'open',
    approvalsNeeded: needed,
    decisions: [],
    asked: firstAsked(inLine(settings.approvers, question), needed).map(notYetAsked),
  };
}

/** A link comes with the mail: there is none before. */
export function notYetAsked({ name, email }: Approver): ApprovalRequest['asked'][number] {
  return { name, email, links: [] };
}

async function putHolds(
  { id, documentId }: ApprovalRequest,
  { guarded, projects, arrivedAt }: Held,
  { deployment, connection }: Workspace,
): Promise<void> {
  for (const project of projects) {
    const here = guarded.claim.after.filter(({ projectId }) => projectId === project.id);
    const standing = guarded.claim.before.filter(({ projectId }) => projectId === project.id);
    // Procore counts what stands already.
    const spendings = [
      ...here.map(({ target, amount }) => spending(target, formatMoney(amount))),
      ...standing.map(({ target, amount }) => spending(target, formatMoney(amount.neg()))),
    ];
    if (sum(here.map(({ amount }) => amount)).eq(0)) continue;
    await deployment.approvals.putHold(connection.id, {
      projectId: project.id,
      documentId,
      requestId: id,
      arrivedAt,
      spendings,
    });
  }
}

function spending(target: CodeTarget | undefined, amount: string) {
  return { ...(target && { target }), amount };
}
