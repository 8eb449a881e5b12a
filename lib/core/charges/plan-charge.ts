import { refuseDrift } from '../drift.ts';
import { formatMoney, sum } from '../money.ts';
import type { VendorAnswer } from '../plan-purchase-order.ts';
import { vendorSteps } from '../plan-purchase-order.ts';
import type { ChargePlan, ChargeStep } from './charge-plan.ts';
import type { DesiredApplication, DesiredCharge, DesiredDirectCost } from './desired-charge.ts';
import type { ApplicationLink, ChargeLinks } from './links.ts';
import { billedBy } from './links.ts';
import type { PaymentShare } from './settle.ts';

/** What stands in Procore now of an application that was written earlier; undefined where it is gone. */
export type LiveApplication = { status: string; amount: string } | undefined;

export interface ChargeWorld {
  links: ChargeLinks;
  /** The supplier, where there are direct costs to write and the charge names one. */
  vendor?: { contactId: string; answer: VendorAnswer };
  /** By requisition id, once it was looked at: before anything that stands is touched. */
  live?: ReadonlyMap<string, LiveApplication>;
  /** What a person has seen of Procore's side and wants written over (refuseDrift). */
  overwrite?: readonly string[];
}

/**
 * The steps from what was written of a charge to what should stand: first what is no longer wanted goes, payments
 * before what they pay; then applications, direct costs, payments. Throws NeedsPerson where people changed in Procore
 * what is about to be touched.
 */
export function planCharge(desired: DesiredCharge, world: ChargeWorld): ChargePlan {
  const { links } = world;
  const linkOf = (wanted: DesiredApplication) =>
    links.applications.find(({ originId }) => originId === wanted.originId);
  const gone = links.applications.filter(
    ({ originId, state }) =>
      state !== 'emptied' && !desired.applications.some((wanted) => wanted.originId === originId),
  );
  const costLinkOf = (wanted: DesiredDirectCost) =>
    links.directCosts.find(({ originId }) => originId === wanted.originId);
  const goneCosts = links.directCosts.filter(
    (link) => !desired.directCosts.some(({ originId }) => originId === link.originId),
  );
  const changed = desired.applications.filter(
    (wanted) => !isLevel(wanted, linkOf(wanted)) || isTouched(linkOf(wanted)!, world),
  );
  const changedCosts = desired.directCosts.filter(
    (wanted) => costLinkOf(wanted)?.fingerprint !== wanted.fingerprint || !costLinkOf(wanted)?.directCostId,
  );
  for (const link of gone) refuseTouched(link, undefined, world);
  for (const wanted of changed) {
    const link = linkOf(wanted);
    if (link) refuseTouched(link, wanted, world);
  }

  const steps: ChargeStep[] = [
    ...gone.flatMap((link) => removalOf(link)),
    ...goneCosts.map(
      ({ originId, projectId }): ChargeStep => ({ do: 'remove-direct-cost', projectId, originId }),
    ),
    ...desired.applications.flatMap((wanted) => withdrawnPayments(wanted, linkOf(wanted))),
    ...changed.map(
      (application): ChargeStep => ({
        do: 'write-application',
        projectId: application.projectId,
        application,
      }),
    ),
    ...desired.applications
      .filter((wanted) => !changed.includes(wanted))
      .flatMap((wanted) => dueDateOf(wanted, linkOf(wanted))),
    ...costSteps(changedCosts, world),
    ...desired.applications.flatMap((wanted) => issuedPayments(wanted, linkOf(wanted))),
  ];
  return { steps, desired };
}

function isLevel(wanted: DesiredApplication, link: ApplicationLink | undefined): boolean {
  return link?.state === 'standing' && link.fingerprint === wanted.fingerprint;
}

/** Whether it was looked at and is not as it was written. */
function isTouched({ requisitionId, items, state }: ApplicationLink, { live }: ChargeWorld): boolean {
  if (state !== 'standing' || requisitionId === undefined || !live?.has(requisitionId)) return false;
  const now = live.get(requisitionId);
  return now?.status !== 'approved' || now.amount !== formatMoney(billedBy(items));
}

/** What people made of it meanwhile is not written over. One that is gone is written again once its bill changes. */
function refuseTouched(
  link: ApplicationLink,
  wanted: DesiredApplication | undefined,
  world: ChargeWorld,
): void {
  if (!isTouched(link, world)) return;
  const { requisitionId = '', items, originId } = link;
  const now = world.live?.get(requisitionId);
  if (!now && !(wanted && isLevel(wanted, link))) return;
  const drift = {
    what: `application ${requisitionId}`,
    written: `${formatMoney(billedBy(items))} approved`,
    procore: now ? `${now.amount} ${now.status}` : 'nothing',
    wanted: wanted ? `${formatMoney(sum(wanted.items.map(({ amount }) => amount)))} approved` : 'nothing',
  };
  refuseDrift('application-touched', { application: requisitionId, originId }, [drift], world.overwrite);
}

function removalOf({ originId, projectId, orderId, payments }: ApplicationLink): ChargeStep[] {
  const paid = Object.keys(payments).map(
    (settlementId): ChargeStep => ({ do: 'remove-payment', projectId, originId, orderId, settlementId }),
  );
  return [...paid, { do: 'remove-application', projectId, originId, orderId }];
}

/** Payments that Xero no longer knows, or that come to something else by now: Procore takes no change of them. */
function withdrawnPayments(
  { originId, projectId, orderId, payments }: DesiredApplication,
  link: ApplicationLink | undefined,
): ChargeStep[] {
  return Object.keys(link?.payments ?? {})
    .filter((id) => !payments.some((wanted) => wanted.settlementId === id && isIssued(wanted, link)))
    .map((settlementId) => ({ do: 'remove-payment', projectId, originId, orderId, settlementId }));
}

function issuedPayments(
  { originId, projectId, orderId, invoiceNumber, payments }: DesiredApplication,
  link: ApplicationLink | undefined,
): ChargeStep[] {
  return payments
    .filter((wanted) => !isIssued(wanted, link) || link?.payments[wanted.settlementId]?.id === undefined)
    .map((payment) => ({ do: 'issue-payment', projectId, originId, orderId, invoiceNumber, payment }));
}

function isIssued({ settlementId, amount, date }: PaymentShare, link: ApplicationLink | undefined): boolean {
  const issued = link?.payments[settlementId];
  return issued?.amount === formatMoney(amount) && issued.date === date;
}

function dueDateOf(
  { originId, projectId, orderId, dueDate }: DesiredApplication,
  link: ApplicationLink | undefined,
): ChargeStep[] {
  if (dueDate === undefined || link?.dueDate === dueDate) return [];
  return [{ do: 'set-due-date', projectId, originId, orderId, dueDate }];
}

function costSteps(costs: DesiredDirectCost[], { vendor }: ChargeWorld): ChargeStep[] {
  if (costs.length === 0) return [];
  const projectIds = [...new Set(costs.map(({ projectId }) => projectId))];
  const supplier = vendor && { contactId: vendor.contactId };
  return [
    ...(vendor ? vendorSteps(vendor.contactId, projectIds, vendor.answer) : []),
    ...costs.map(
      (cost): ChargeStep => ({ do: 'write-direct-cost', projectId: cost.projectId, ...supplier, cost }),
    ),
  ];
}
