import type { Code } from './codes.ts';
import type { Carried, DocumentLine, PurchaseOrder } from './documents.ts';
import { NeedsPerson } from './errors.ts';
import type { Money } from './money.ts';
import { formatMoney, money, sum } from './money.ts';
import type { CommitmentStatus } from './procore-records.ts';
import type { Settings } from './settings.ts';

/** Received and Closed would drop the order from Procore's Committed Costs, so BILLED stays Approved. */
const COMMITMENT_STATUS: Record<string, CommitmentStatus | 'removed'> = {
  DRAFT: 'Draft',
  SUBMITTED: 'Submitted',
  AUTHORISED: 'Approved',
  BILLED: 'Approved',
  DELETED: 'removed',
};

const RANK = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'BILLED'];

/** The status the order's commitment should have; `removed` where Xero deleted it; undefined for an unknown word. */
export function commitmentStatus(order: PurchaseOrder): CommitmentStatus | 'removed' | undefined {
  return COMMITMENT_STATUS[order.status];
}

/**
 * Why an order that Procore does not hold yet stays out of it, if it does. Not asked of orders already there:
 * those follow Xero wherever it goes, back to draft included.
 */
export function reasonToLeaveOut(
  order: PurchaseOrder,
  settings: Pick<Settings, 'backfilledFrom' | 'purchaseOrderFrom' | 'startDate'>,
): Code | undefined {
  if (commitmentStatus(order) === undefined) return 'status-unknown';
  if (order.status === 'DELETED') return 'deleted-in-xero';
  if (RANK.indexOf(order.status) < RANK.indexOf(settings.purchaseOrderFrom)) return 'status-below-setting';
  if (isBeforeStart(order, settings)) return 'before-start-date';
  if (order.lines.every(isRemark)) return 'nothing-to-commit';
  return undefined;
}

/** Whether a document is older than what the connection carries of its kind. One without a date never is. */
export function isBeforeStart(
  { kind, date }: Pick<Carried, 'kind' | 'date'>,
  { startDate, backfilledFrom }: Pick<Settings, 'backfilledFrom' | 'startDate'>,
): boolean {
  const asked = backfilledFrom?.[kind] ?? startDate;
  return date !== undefined && date < startDate && date < asked;
}

/** A line worth nothing without an account is a remark, not a cost. */
export function isRemark(line: DocumentLine): boolean {
  return line.account === undefined && line.net.eq(0);
}

/** Refuses an order whose figures cannot be posted right. Throws NeedsPerson. */
export function checkFigures(order: PurchaseOrder): void {
  const lines = sum(order.lines.map((line) => line.net));
  if (lines.minus(order.subTotal).abs().gt(roundingAllowance(order))) {
    throw new NeedsPerson('totals-disagree', {
      facts: { lines: formatMoney(lines), order: formatMoney(order.subTotal) },
    });
  }
  if (order.subTotal.lt(0)) {
    throw new NeedsPerson('total-negative', { facts: { total: formatMoney(order.subTotal) } });
  }
}

/** Half a cent a line, since Xero rounds the tax of each line by itself; never less than one cent. */
export function roundingAllowance({ lines }: { lines: unknown[] }): Money {
  const halfCents = money('0.005').times(lines.length);
  return halfCents.lt('0.01') ? money('0.01') : halfCents;
}
