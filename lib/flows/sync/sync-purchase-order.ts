import { allocate } from '../../core/allocate.ts';
import { inBooks } from '../../core/book-amounts.ts';
import { knownOrder } from '../../core/charges/known-order.ts';
import type { ApplicationLink } from '../../core/charges/links.ts';
import type { Code } from '../../core/codes.ts';
import type { LiveCommitment } from '../../core/commitment-drift.ts';
import { looksTouched } from '../../core/commitment-drift.ts';
import type { ProjectWorld } from '../../core/desired-commitments.ts';
import { desiredCommitments, isCommitmentOriginId } from '../../core/desired-commitments.ts';
import type { Attachment, PurchaseOrder } from '../../core/documents.ts';
import { checkFigures, commitmentStatus, reasonToLeaveOut } from '../../core/eligibility.ts';
import { NeedsPerson } from '../../core/errors.ts';
import type { CommitmentLink } from '../../core/links.ts';
import type { DesiredCommitment, Plan } from '../../core/plan.ts';
import type { VendorAnswer } from '../../core/plan-purchase-order.ts';
import { planPurchaseOrder } from '../../core/plan-purchase-order.ts';
import type { Revised } from '../../store/table.ts';
import { endRequest } from '../approval/end-request.ts';
import { guardedOrder } from '../approval/guarded-order.ts';
import { passGuard } from '../approval/pass-guard.ts';
import { requeueCharges } from '../charges/requeue-charges.ts';
import { fingerprint } from '../fingerprint.ts';
import { requeueParked } from '../requeue.ts';
import { mustStand } from '../vendors/must-stand.ts';
import { answerVendor } from './answer-vendor.ts';
import { applyPlan } from './apply-plan.ts';
import { ownRequisition } from './apply-requisition.ts';
import { filesOf } from './files.ts';
import type { Outcome } from './outcome.ts';
import { commitmentRefs, leftOut, leftOutOfDryRun, posted } from './outcome.ts';
import { withSecondLook } from './second-look.ts';
import type { Scrutiny, Turn } from './turn.ts';
import type { Workspace } from './workspace.ts';

/**
 * Brings Procore level with one purchase order: decide, resolve, plan, write. Nothing is written, no vendor either,
 * before the whole order is known to fit. Throws NeedsPerson (park it), RetryLater, Stop.
 */
export async function syncPurchaseOrder(
  order: PurchaseOrder,
  workspace: Workspace,
  turn: Turn,
): Promise<Outcome> {
  const { deployment, connection } = workspace;
  const { known } = turn;
  await deployment.suppliers.noteOrder(connection.id, knownOrder(order));
  // Bills of its supplier are matched to it whatever becomes of it.
  let concernsBills = known?.version !== order.version;
  // What is billed on it may be taken away on the way, and is not found by it any more.
  if (concernsBills && known) await requeueCharges(order.id, workspace);
  try {
    return await withSecondLook(order, workspace, async () => {
      const { outcome, isWritten } = await bringLevel(order, workspace, turn);
      // They wait for an order that was parked, even where nothing was left to write for it.
      concernsBills ||= isWritten || known?.state === 'parked';
      return outcome;
    });
  } finally {
    if (concernsBills) await requeueCharges(order.id, workspace);
  }
}

async function bringLevel(
  order: PurchaseOrder,
  workspace: Workspace,
  turn: Turn,
): Promise<{ outcome: Outcome; isWritten: boolean }> {
  const { deployment, connection } = workspace;
  const { trail, lease, known } = turn;
  const { plan, reason, links = [] } = await planNow(order, workspace, turn);
  const unwritten = (outcome: Outcome) => ({ outcome, isWritten: false });
  if (!plan) {
    await endRequest(order.id, workspace, trail, { end: 'withdrawn' });
    return unwritten(leftOut(reason, order));
  }
  if (plan.steps.length > 0 && connection.settings.dryRun)
    return unwritten(leftOutOfDryRun(plan.steps, order));
  const guarded = guardedOrder(order, plan, links, workspace);
  let standing: CommitmentLink[] = links;
  const stopped = await passGuard(guarded, workspace, trail, async () => {
    if (plan.steps.length === 0) return;
    await trail('planned', { status: order.status, steps: plan.steps.map((step) => step.do) });
    standing = await applyPlan(plan, links, {
      workspace,
      documentId: order.id,
      supplier: order.contact?.name ?? '',
      keepLease: () => lease.keep(),
      written: (step, facts) => trail('written', { step: step.do, ...facts }),
    });
    if (freesNumbers(plan)) await requeueNumbers(workspace);
  });
  if (stopped) return unwritten(stopped);
  const isWritten = plan.steps.length > 0;
  if (isWritten || known?.version !== order.version || known.state !== 'posted')
    await deployment.suppliers.noteCarried(connection.id, knownOrder(order));
  const outcome = standing.length > 0 ? posted(order) : leftOut(reason ?? 'left-out-by-rule', order);
  return { outcome: { ...outcome, procore: commitmentRefs(standing) }, isWritten };
}

function freesNumbers({ steps }: Plan): boolean {
  return steps.some((step) => step.do === 'delete-commitment' || step.do === 'write-commitment');
}

/** An order that takes over the number of another waits until that gives it up: looked for once for the whole batch. */
function requeueNumbers({ deployment, connection, crew }: Workspace): Promise<void> {
  const together = crew.step<undefined, void>('queue those again that wait for a number', async (all) => {
    await requeueParked(connection.id, deployment, ['commitment-number-taken']);
    return all.map(() => undefined);
  });
  return together(undefined);
}

/**
 * What would be written for the order as everything stands at this moment, or why it stays out. An order of which
 * something stands in Procore has a plan whatever its reason to stay out. Writes nothing. Throws like syncPurchaseOrder.
 */
export async function planNow(
  order: PurchaseOrder,
  workspace: Workspace,
  scrutiny: Scrutiny,
): Promise<
  | { plan: Plan; reason: Code | undefined; links: Revised<CommitmentLink>[] }
  | { plan?: never; reason: Code; links?: never }
> {
  const { deployment, connection } = workspace;
  const links = await deployment.links.commitments(connection.id, order.id);
  const reason = reasonToLeaveOut(order, connection.settings);
  if (reason !== undefined && (links.length === 0 || reason === 'status-unknown')) return { reason };
  const files = await filesOf('purchase-order', order, workspace);
  const target = { ...(await resolve(order, workspace)), files };
  const plan = await planWith(order, target, links, workspace, scrutiny);
  await checkNumbers(plan, workspace);
  return { plan, reason, links };
}

interface Target {
  desired: DesiredCommitment[];
  files?: Attachment[];
  vendor?: VendorAnswer;
}

/** Everything that the plan depends on; refuses the order here if anything about it does not fit. */
async function resolve(order: PurchaseOrder, workspace: Workspace): Promise<Target> {
  if (commitmentStatus(order) === 'removed') return { desired: [] };
  const { contact } = order;
  if (!contact) throw new NeedsPerson('contact-missing');
  const { settings, xero } = workspace.connection;
  const booked = inBooks(order, xero.currency, settings);
  checkFigures(booked);
  const shares = allocate(booked, await workspace.allocationTables());
  if (shares.length === 0) return { desired: [] };

  const worlds = new Map<string, ProjectWorld>();
  for (const { project } of shares) worlds.set(project.id, await workspace.projectWorld(project.id));
  const { vendor, contactId } = await answerVendor(
    contact,
    shares.map(({ project }) => project.id),
    workspace,
  );
  const desired = desiredCommitments(
    { ...booked, contact: { ...contact, id: contactId } },
    shares,
    (projectId) => worlds.get(projectId)!,
    settings,
    fingerprint,
  );
  return { desired, vendor };
}

async function planWith(
  { id: orderId, contact }: PurchaseOrder,
  target: Target,
  links: CommitmentLink[],
  workspace: Workspace,
  { closely, overwrite }: Scrutiny,
): Promise<Plan> {
  const { deployment, connection } = workspace;
  const applications = await deployment.charges.applicationsOn(connection.id, orderId);
  const { vendor, files = [] } = target;
  const world = { links, applications, files, fingerprint, overwrite, ...(vendor && { vendor }) };
  const plan = planPurchaseOrder(target.desired, world);
  const level = plan.steps.length === 0;
  if (level && !(closely && (await looksOtherwise(links, workspace)))) return plan;
  // Before the commitments: what stands on a vendor that was merged is on another without anybody's having touched it.
  if (vendor && 'link' in vendor) await mustStand(vendor.link, contact!.name, workspace);
  if (links.length === 0) return plan;
  // Something that stands in Procore is about to change, or was changed: look at it first.
  const live = new Map<string, LiveCommitment>();
  const { projects } = await workspace.allocationTables();
  for (const { projectId } of links) {
    // What Procore does not show may look like what is gone.
    if (projects.some(({ id }) => id === projectId)) continue;
    throw new NeedsPerson('project-not-visible', { facts: { project: projectId } });
  }
  for (const link of links) live.set(link.projectId, await readLive(link, applications, workspace));
  return planPurchaseOrder(target.desired, { ...world, live, level });
}

/** One list tells of all commitments of a project. */
async function looksOtherwise(links: CommitmentLink[], workspace: Workspace): Promise<boolean> {
  for (const link of links) {
    const listed = (await workspace.commitmentsOf(link.projectId)).find(({ id }) => id === link.commitmentId);
    if (looksTouched(link, listed)) return true;
  }
  return false;
}

async function readLive(
  link: CommitmentLink,
  applications: ApplicationLink[],
  { tool, joint }: Workspace,
): Promise<LiveCommitment> {
  const commitment = await tool.commitment(link.projectId, link.commitmentId);
  // Procore's answer is the same where it has just taken the whole project from the app.
  if (!commitment && !(await tool.permittedProjects()).has(link.projectId)) {
    throw new NeedsPerson('project-not-visible', { facts: { project: link.projectId } });
  }
  const requisitions = commitment ? await joint.requisitions(link.projectId, link.commitmentId) : [];
  const own = ownRequisition(requisitions, link);
  const ofBills = new Set(applications.map(({ requisitionId }) => requisitionId));
  return {
    status: commitment?.status,
    vendorId: commitment?.vendorId,
    lines: commitment ? await tool.sovLines(link.projectId, link.commitmentId) : [],
    requisitionStatus: own?.status,
    billed: requisitions.some((requisition) => requisition !== own && !ofBills.has(requisition.id)),
  };
}

/** Two commitments of one number would count twice, so a number that people have used already is refused. */
async function checkNumbers(plan: Plan, workspace: Workspace): Promise<void> {
  for (const step of plan.steps) {
    if (step.do !== 'write-commitment') continue;
    const { number } = step.header;
    const others = (await workspace.commitmentsOf(step.projectId)).filter(
      ({ originId }) => !isCommitmentOriginId(originId),
    );
    const taken = others.find((commitment) => commitment.number === number);
    if (taken) throw new NeedsPerson('commitment-number-taken', { facts: { number, commitment: taken.id } });
  }
}
