import type { Money } from '../../core/money.ts';
import { money, sum, toCents, ZERO } from '../../core/money.ts';
import type { Contract, Project, Requisition, RequisitionItem } from './records.ts';

/** The contract's requisitions in the order of their chain. */
export function chainOf(project: Project, contractId: number): Requisition[] {
  return [...project.requisitions.values()]
    .filter((requisition) => requisition.commitment_id === contractId)
    .sort((a, b) => a.number - b.number);
}

/** Work of one period, materials stored in it included. */
export function billedBy(requisition: Requisition): Money {
  return sum(requisition.items.map(billedByItem));
}

export function retainedBy(requisition: Requisition): Money {
  return sum(
    requisition.items.map((item) => money(item.work_completed_retainage_retained_this_period ?? '0')),
  );
}

function billedByItem(item: RequisitionItem): Money {
  return money(item.work_completed_this_period).plus(item.materials_presently_stored);
}

/** What the requisitions before this one completed on a line. */
export function completedBefore(project: Project, requisition: Requisition, lineId: number): Money {
  const earlier = chainOf(project, requisition.commitment_id).filter(
    (one) => one.number < requisition.number,
  );
  return sum(
    earlier.flatMap((one) => itemsOn(one, lineId)).map((item) => money(item.work_completed_this_period)),
  );
}

/** What requisitions bill on a line over all periods; drafts count where `withDrafts`. */
export function billedOnLine(
  project: Project,
  contract: Contract,
  lineId: number,
  withDrafts: boolean,
): Money {
  const counted = chainOf(project, contract.id).filter((one) => withDrafts || one.status !== 'draft');
  const items = counted.flatMap((one) => itemsOn(one, lineId));
  const work = sum(items.map((item) => money(item.work_completed_this_period)));
  return work.plus(items.at(-1)?.materials_presently_stored ?? '0');
}

/** Percent of a whole, two decimals; nothing of nothing is 0. */
export function percent(part: Money, whole: Money): string {
  return (whole.eq(0) ? ZERO : toCents(part.times(100).div(whole))).toFixed(2);
}

function itemsOn(requisition: Requisition, lineId: number): RequisitionItem[] {
  return requisition.items.filter((item) => item.line_item_id === lineId);
}
