import { formatMoney, money } from '../../core/money.ts';
import type { Requisition, RequisitionItem } from './records.ts';
import { completedBefore, percent } from './requisition-figures.ts';
import type { ProjectCall } from './route.ts';
import { wbsReference } from './wbs-codes.ts';

/** One row of a requisition: what its SOV line is worth, was billed before and is billed now. */
export function itemView(
  call: ProjectCall<unknown>,
  requisition: Requisition,
  item: RequisitionItem,
  index: number,
) {
  const { company, project } = call;
  const contract = project.contracts.get(requisition.commitment_id)!;
  const line = contract.lines.find((one) => one.id === item.line_item_id)!;
  const before = completedBefore(project, requisition, line.id);
  const total = before.plus(item.work_completed_this_period).plus(item.materials_presently_stored);
  return {
    id: item.id,
    item_type: 'contract_item',
    line_item_id: line.id,
    cost_code_id: project.wbsCodes.get(line.wbs_code_id)!.costCodeId,
    description_of_work: line.description ?? '',
    scheduled_value: line.amount,
    scheduled_quantity: line.quantity ?? '0.0',
    scheduled_unit_price: line.unit_cost ?? '0.0',
    work_completed_from_previous_application: formatMoney(before),
    work_completed_this_period: item.work_completed_this_period,
    work_completed_this_period_quantity: item.work_completed_this_period_quantity ?? '0.0',
    materials_presently_stored: formatMoney(money(item.materials_presently_stored)),
    total_completed_and_stored_to_date: formatMoney(total),
    total_completed_and_stored_to_date_percent: percent(total, money(line.amount)),
    work_completed_retainage_retained_this_period:
      item.work_completed_retainage_retained_this_period ?? '0.00',
    work_completed_retainage_released_this_period:
      item.work_completed_retainage_released_this_period ?? '0.00',
    subcontractor_claimed_amount: item.subcontractor_claimed_amount ?? item.work_completed_this_period,
    comment: item.comment ?? '',
    status: item.status ?? 'no_action',
    position: index + 1,
    wbs_code: wbsReference(company, project, line.wbs_code_id),
    currency_configuration: { currency_iso_code: 'USD' },
  };
}

/** The same row in the listing of all items, which names fewer things and the balance. */
export function detailView(view: ReturnType<typeof itemView>) {
  const {
    line_item_id,
    wbs_code,
    currency_configuration,
    subcontractor_claimed_amount,
    comment,
    status,
    ...row
  } = view;
  const { position, ...figures } = row;
  const left = money(row.scheduled_value).minus(row.total_completed_and_stored_to_date);
  return { ...figures, item_number: position, balance_to_finish: formatMoney(left) };
}
