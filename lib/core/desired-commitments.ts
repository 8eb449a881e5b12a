import type { ProjectShare } from './allocate.ts';
import { aboutLine } from './allocate.ts';
import { billingDateIn, periodFor } from './billing-period.ts';
import { cut } from './cut.ts';
import type { PurchaseOrder } from './documents.ts';
import { commitmentStatus } from './eligibility.ts';
import type { Money } from './money.ts';
import { formatMoney, sum, toCents, ZERO } from './money.ts';
import type { DesiredCommitment, DesiredRequisition } from './plan.ts';
import type { BillingPeriod, CommitmentStatus, SovLine } from './procore-records.ts';
import type { ProjectCodes } from './project-codes.ts';
import { resolveTarget } from './project-codes.ts';
import type { Settings } from './settings.ts';

/** What the rules need to know of a project besides its codes. */
export interface ProjectWorld extends ProjectCodes {
  billingPeriods: BillingPeriod[];
}

/** A short, stable hash of any JSON content. Injected, since core does no crypto. */
export type Fingerprint = (content: unknown) => string;

/** Procore keeps titles short; beyond this they are cut, never refused. */
const TITLE_LENGTH = 255;

/** What should stand in Procore for an order that is carried: one commitment per project. Throws NeedsPerson. */
export function desiredCommitments(
  order: PurchaseOrder & { contact: { id: string; name: string } },
  shares: ProjectShare[],
  worldOf: (projectId: string) => ProjectWorld,
  settings: Pick<Settings, 'requisitionOnPurchaseOrder'>,
  fingerprint: Fingerprint,
): DesiredCommitment[] {
  const amounts = roundedLines(order, shares);
  return shares.map(({ project, lines }) => {
    const world = worldOf(project.id);
    const number = shares.length === 1 ? order.number : `${order.number}-${project.number ?? project.id}`;
    const sovLines: SovLine[] = lines.map(({ line, target }) => ({
      originId: `xero:line:${line.id}`,
      lineId: line.id,
      description: line.description,
      amount: amounts.get(line.id)!,
      target: resolveTarget(target, project, world, aboutLine(line)),
    }));
    const status = commitmentStatus(order) as CommitmentStatus;
    const requisition =
      status === 'Approved' && settings.requisitionOnPurchaseOrder === 'draft'
        ? draftRequisition(order, number, sovLines, world.billingPeriods, fingerprint)
        : undefined;
    return {
      project,
      contactId: order.contact.id,
      header: {
        originId: commitmentOriginId(order.id, project.id),
        originCode: order.number,
        number,
        title: cut(order.reference || `${order.number} ${order.contact.name}`, TITLE_LENGTH),
        ...(order.date !== undefined && { contractDate: order.date }),
        ...(order.deliveryDate !== undefined && { deliveryDate: order.deliveryDate }),
        ...(order.deliveryAddress !== undefined && { shipTo: order.deliveryAddress }),
      },
      status,
      lines: sovLines,
      ...(requisition && { requisition }),
    };
  });
}

export function commitmentOriginId(orderId: string, projectId: string): string {
  return `xero:po:${orderId}:${projectId}`;
}

/** Whether a commitment of this originId is the connector's own. */
export function isCommitmentOriginId(originId: string | undefined): boolean {
  return originId?.startsWith('xero:po:') === true;
}

/**
 * Every carried line in cents, adding up to the order's own SubTotal: a difference of rounding goes to the
 * largest line. Where rules leave lines out there is no total to meet, so each line is rounded by itself.
 */
function roundedLines(order: PurchaseOrder, shares: ProjectShare[]): Map<string, Money> {
  const carried = shares.flatMap((share) => share.lines.map(({ line }) => line));
  const amounts = new Map(carried.map((line) => [line.id, toCents(line.net)]));
  const worthSomething = order.lines.filter((line) => !line.net.eq(0));
  if (worthSomething.some((line) => !amounts.has(line.id))) return amounts;
  const difference = toCents(order.subTotal).minus(sum(amounts.values()));
  const [largest] = carried.toSorted((a, b) => b.net.cmp(a.net));
  if (largest) amounts.set(largest.id, amounts.get(largest.id)!.plus(difference));
  return amounts;
}

/** Bills every line in full; none without a billing period. */
function draftRequisition(
  order: PurchaseOrder,
  invoiceNumber: string,
  lines: SovLine[],
  periods: BillingPeriod[],
  fingerprint: Fingerprint,
): DesiredRequisition | undefined {
  const date = order.date;
  const period = periodFor(date, periods);
  if (!period || sum(lines.map((line) => line.amount)).eq(ZERO)) return undefined;
  const items = lines.map(({ originId, amount }) => ({ originId, amount }));
  const fields = {
    periodId: period.id,
    start: period.start,
    end: period.end,
    billingDate: billingDateIn(period, date),
    invoiceNumber,
    originData: JSON.stringify({ connector: 'ml-connector', order: order.id }),
    items,
  };
  return { ...fields, fingerprint: requisitionFingerprint(fields, fingerprint) };
}

/** Of what a draft requisition bills; it may stay in whatever period it is. */
export function requisitionFingerprint(
  { invoiceNumber, items }: Pick<DesiredRequisition, 'invoiceNumber' | 'items'>,
  fingerprint: Fingerprint,
): string {
  return fingerprint([invoiceNumber, items.map(({ originId, amount }) => [originId, formatMoney(amount)])]);
}
