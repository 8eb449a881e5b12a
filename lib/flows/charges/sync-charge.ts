import type { Charge, Charging } from '../../core/charges/charge.ts';
import { chargeOf, checkChargeFigures, reasonToLeaveOutCharge } from '../../core/charges/charge.ts';
import type { ChargePlan } from '../../core/charges/charge-plan.ts';
import type { DesiredCharge } from '../../core/charges/desired-charge.ts';
import type { ApplicationLink, ChargeMatch } from '../../core/charges/links.ts';
import { billedBy } from '../../core/charges/links.ts';
import type { LiveApplication } from '../../core/charges/plan-charge.ts';
import { planCharge } from '../../core/charges/plan-charge.ts';
import type { Code } from '../../core/codes.ts';
import { NeedsPerson } from '../../core/errors.ts';
import { formatMoney, money, sum } from '../../core/money.ts';
import type { Revised } from '../../store/table.ts';
import type { Guarded } from '../approval/guarded.ts';
import { guardedCharge } from '../approval/guarded-charge.ts';
import { passGuard } from '../approval/pass-guard.ts';
import { requeueThese } from '../requeue.ts';
import type { Outcome } from '../sync/outcome.ts';
import { leftOut, leftOutOfDryRun, posted } from '../sync/outcome.ts';
import { withSecondLook } from '../sync/second-look.ts';
import type { Scrutiny, Turn } from '../sync/turn.ts';
import type { Workspace } from '../sync/workspace.ts';
import { alone } from '../with-lease.ts';
import type { Chains } from './apply-application.ts';
import { checkDraft, readChains } from './apply-application.ts';
import { applyCharge } from './apply-charge.ts';
import { checkBillingPeriod } from './billing-periods.ts';
import { applicationsOn } from './charge-links.ts';
import type { MatchInWords } from './match-charge.ts';
import { keepInView, matchCharge, matchInWords, rememberMatch } from './match-charge.ts';
import { requeueWaiting } from './requeue-charges.ts';
import type { ResolvedCharge } from './resolve-charge.ts';
import { resolveCharge } from './resolve-charge.ts';

/**
 * Brings Procore level with one bill or credit note: decide, match to orders, resolve, plan, write. Nothing is written
 * before the whole of it is known to fit. Holds the leases of its orders besides its own, which the caller holds: orders
 * and their bills share lines and chains. Throws NeedsPerson (park it), RetryLater, Stop.
 */
export function syncCharge(document: Charging, workspace: Workspace, turn: Turn): Promise<Outcome> {
  return withSecondLook(document, workspace, () => bringLevel(document, workspace, turn));
}

async function bringLevel(document: Charging, workspace: Workspace, turn: Turn): Promise<Outcome> {
  const { connection } = workspace;
  const { trail, lease } = turn;
  const decided = await decide(document, workspace);
  const { charge, reason, before, match, touched } = decided;
  if (reason !== undefined && !before) return leftOut(reason, document);

  const names = touched.map((orderId) => `document:${connection.id}:${orderId}`);
  return alone(names, workspace, async (orderLeases) => {
    const leases = [lease, ...orderLeases];
    const planned = await inView(charge, workspace, planFor(decided, workspace, turn));
    const { plan, applications, without, chains } = planned;
    if (plan.steps.length > 0 && connection.settings.dryRun) return leftOutOfDryRun(plan.steps, document);
    if (match) await rememberMatch(charge, { ...match, touched }, before, workspace, trail);
    const guarded = guardedCharge(document, planned, workspace);
    const stopped = await passGuard(guarded, workspace, trail, async () => {
      if (plan.steps.length === 0) return;
      await trail('planned', { status: charge.status, steps: plan.steps.map((step) => step.do) });
      await applyCharge(plan, {
        workspace,
        chargeId: charge.id,
        applications,
        chains,
        keepLease: async () => {
          for (const each of leases) await each.keep();
        },
        written: (step, facts) => trail('written', { step: step.do, ...facts }),
      });
      workspace.forgetApplications(touched);
      // An order that waits may do so for what is billed on it; one of which less is billed may have its draft back.
      const isLess = plan.steps.some((step) => step.do === 'remove-application');
      await requeueThese(
        connection.id,
        touched,
        workspace.queued,
        ({ state }) => isLess || state !== 'posted',
      );
      await requeueWaiting(charge, workspace);
    });
    if (stopped) {
      if (stopped.code === 'over-billed') await keepInView(charge, workspace);
      return stopped;
    }
    const { applications: standing, directCosts } = plan.desired;
    if (standing.length + directCosts.length > 0) return posted(document);
    return leftOut(without ?? 'left-out-by-rule', document);
  });
}

/**
 * What would be written for the charge as everything stands at this moment, or why it stays out. Writes nothing. Throws
 * like syncCharge.
 */
export async function planChargeNow(
  document: Charging,
  workspace: Workspace,
  scrutiny: Scrutiny,
): Promise<
  | { plan: ChargePlan; guarded: Guarded; match?: MatchInWords; reason: Code | undefined }
  | { plan?: never; guarded?: never; match?: never; reason: Code }
> {
  const decided = await decide(document, workspace);
  const { charge, reason, before, match } = decided;
  if (reason !== undefined && !before) return { reason };
  const planned = await planFor(decided, workspace, scrutiny);
  const guarded = guardedCharge(document, planned, workspace);
  const told = match && charge.kind !== 'journal' ? { match: await matchInWords(match, workspace) } : {};
  return { plan: planned.plan, guarded, ...told, reason: planned.without };
}

const WAITS_FOR_ORDER: ReadonlySet<Code> = new Set(['order-not-posted', 'over-billed']);

/** A charge that waits for its order is looked at again when that comes, changes, or is billed otherwise. */
async function inView<T>(charge: Charge, workspace: Workspace, planning: Promise<T>): Promise<T> {
  try {
    return await planning;
  } catch (error) {
    if (error instanceof NeedsPerson && WAITS_FOR_ORDER.has(error.code)) await keepInView(charge, workspace);
    throw error;
  }
}

function ordersIn(match: Pick<ChargeMatch, 'orders'> | undefined): string[] {
  return Array.isArray(match?.orders) ? match.orders : [];
}

interface Decided {
  document: Charging;
  charge: Charge;
  /** Why nothing of it is to stand. */
  reason: Code | undefined;
  /** What was decided at an earlier look. */
  before: Revised<ChargeMatch> | undefined;
  match: Pick<ChargeMatch, 'orders' | 'by' | 'why'> | undefined;
  /** Ids of all orders that it is for, or was. */
  touched: string[];
}

/** Whether the charge is to stand, and for which orders. Throws like matchCharge. */
async function decide(document: Charging, workspace: Workspace): Promise<Decided> {
  const { deployment, connection } = workspace;
  const charge = chargeOf(document);
  const reason = reasonToLeaveOutCharge(charge, connection.settings);
  const before = await deployment.charges.match(connection.id, charge.id);
  const match = reason === undefined ? await matchCharge(charge, before, workspace) : undefined;
  const touched = [...new Set([...(before?.touched ?? []), ...ordersIn(match)])].toSorted();
  return { document, charge, reason, before, match, touched };
}

/** The plan as everything stands at this moment, and why nothing of the charge is to stand, if so. */
async function planFor(
  { document, charge, reason, match, touched }: Decided,
  workspace: Workspace,
  scrutiny: Scrutiny,
) {
  let without = reason;
  const { deployment, connection } = workspace;
  const onOrders = await applicationsOn(connection.id, touched, deployment);
  const standing = onOrders.filter(({ documentId }) => documentId === charge.id);
  const directCosts = await deployment.charges.directCosts(connection.id, charge.id);
  const own = { applications: standing, directCosts };
  let desired: DesiredCharge = { applications: [], directCosts: [] };
  let vendor: ResolvedCharge['vendor'];
  let overBilling: ResolvedCharge['overBilling'];
  if (reason === undefined && match) {
    checkChargeFigures(charge, workspace.connection.settings);
    const resolved = await resolveAsFarAsMayBe(document, match, onOrders, workspace);
    ({ desired, vendor, overBilling } = resolved);
    without = resolved.reason;
  }
  const world = { links: own, overwrite: scrutiny.overwrite, ...(vendor && { vendor }) };
  const first = planCharge(desired, world);
  const touching = standing.filter(({ originId }) =>
    first.steps.some((step) =>
      'originId' in step
        ? step.originId === originId
        : step.do === 'write-application' && step.application.originId === originId,
    ),
  );
  const others = standing.filter((link) => !touching.includes(link));
  const chains = readChains(workspace);
  const suspects = scrutiny.closely ? await lookingOtherwise(others, chains) : [];
  const live = await readLive([...touching, ...suspects], chains);
  const plan = planCharge(desired, { ...world, live });
  for (const step of plan.steps) {
    if (step.do !== 'write-application') continue;
    const { projectId, date, originId } = step.application;
    const link = standing.find((candidate) => candidate.originId === originId);
    if (!link) await checkDraft(step.application, workspace, chains);
    if (link?.requisitionId === undefined) await checkBillingPeriod(projectId, date, workspace);
  }
  return { plan, applications: standing, directCosts, overBilling, without, chains };
}

/**
 * What should stand of the charge. An order that waits for something need not keep a bill that stands on it from being
 * paid or lowered, and may wait for just that: then the bill goes by what stands in Procore. Throws NeedsPerson.
 */
async function resolveAsFarAsMayBe(
  document: Charging,
  match: Pick<ChargeMatch, 'orders'>,
  onOrders: ApplicationLink[],
  workspace: Workspace,
): Promise<ResolvedCharge> {
  try {
    return await resolveCharge(document, match, onOrders, workspace);
  } catch (error) {
    if (!(error instanceof NeedsPerson) || error.code !== 'order-not-posted') throw error;
    const standing = onOrders.filter(({ documentId }) => documentId === document.id);
    const resolved = await resolveCharge(document, match, onOrders, workspace, 'standing').catch(() => {
      throw error;
    });
    if (!billsNoMore(resolved.desired, standing)) throw error;
    return resolved;
  }
}

/** Whether no line of an order bears more than it does now. */
function billsNoMore({ applications }: DesiredCharge, standing: ApplicationLink[]): boolean {
  return applications.every(({ originId, items }) => {
    const before = standing.find((link) => link.originId === originId)?.items ?? {};
    return items.every(({ originId: line, amount }) => amount.abs().lte(money(before[line] ?? '0').abs()));
  });
}

/** Those that do not stand as they were written. */
async function lookingOtherwise(links: ApplicationLink[], chains: Chains): Promise<ApplicationLink[]> {
  const found: ApplicationLink[] = [];
  for (const link of links) {
    const chain = await chains(link.projectId, link.commitmentId);
    const now = chain.find(({ id }) => id === link.requisitionId);
    const isAsWritten =
      now?.status === 'approved' && sum(now.items.map(({ amount }) => amount)).eq(billedBy(link.items));
    if (!isAsWritten) found.push(link);
  }
  return found;
}

/** Looks at what is about to be touched, or seems to be. */
async function readLive(links: ApplicationLink[], chains: Chains): Promise<Map<string, LiveApplication>> {
  const live = new Map<string, LiveApplication>();
  for (const { projectId, commitmentId, requisitionId } of links) {
    if (requisitionId === undefined) continue;
    const found = (await chains(projectId, commitmentId)).find(({ id }) => id === requisitionId);
    const amount = formatMoney(sum((found?.items ?? []).map((item) => item.amount)));
    live.set(requisitionId, found && { status: found.status, amount });
  }
  return live;
}
