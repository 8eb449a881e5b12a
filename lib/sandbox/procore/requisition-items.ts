import { formatMoney, money, toCents } from '../../core/money.ts';
import { invalid } from './errors.ts';
import type { Contract, Line, Project, Requisition, RequisitionItem } from './records.ts';
import type { WorkFields } from './requisition-fields.ts';
import { billedOnLine } from './requisition-figures.ts';
import type { ProjectCall } from './route.ts';
import type { World } from './world.ts';

/** An item that bills nothing yet. */
export function newItem(world: World, line: Line): RequisitionItem {
  return {
    id: world.nextId(),
    line_item_id: line.id,
    work_completed_this_period: '0.00',
    materials_presently_stored: '0.00',
  };
}

/** Writes the work of a period into an item: unit lines by quantity, retainage held back unless told otherwise. */
export function writeWork(
  call: ProjectCall<unknown>,
  contract: Contract,
  item: RequisitionItem,
  work: WorkFields,
): void {
  checkSign(call, work);
  const line = contract.lines.find((one) => one.id === item.line_item_id)!;
  const { work_completed_this_period: amount, work_completed_this_period_quantity: quantity, ...rest } = work;
  const byQuantity = contract.accounting_method === 'unit' && line.extended_type !== 'manual';
  if (byQuantity && quantity) {
    item.work_completed_this_period_quantity = quantity;
    item.work_completed_this_period = formatMoney(money(quantity).times(line.unit_cost ?? '0'));
  } else if (!byQuantity && amount) {
    item.work_completed_this_period = formatMoney(money(amount));
  }
  for (const [field, value] of Object.entries(rest)) {
    if (field in WRITABLE && value != null) Object.assign(item, { [field]: value });
  }
  if (work.work_completed_retainage_retained_this_period == null) retain(contract, item);
}

const WRITABLE = {
  materials_presently_stored: 1,
  work_completed_retainage_retained_this_period: 1,
  work_completed_retainage_released_this_period: 1,
  subcontractor_claimed_amount: 1,
  status: 1,
  comment: 1,
};

/** Throws a 422 where the project forbids billing a line beyond its scheduled value. */
export function checkOverBilling(project: Project, contract: Contract, requisition: Requisition): void {
  if (project.settings.overBilling) return;
  for (const { line_item_id } of requisition.items) {
    const line = contract.lines.find((one) => one.id === line_item_id)!;
    const done = billedOnLine(project, contract, line.id, true);
    if (done.abs().gt(money(line.amount).abs())) {
      throw invalid({ work_completed_this_period: ['cannot exceed the scheduled value'] });
    }
  }
}

function retain(contract: Contract, item: RequisitionItem): void {
  const share = money(contract.retainage_percent).div(100);
  const retained = toCents(money(item.work_completed_this_period).times(share));
  item.work_completed_retainage_retained_this_period = formatMoney(retained);
}

function checkSign({ world }: ProjectCall<unknown>, work: WorkFields): void {
  const amounts = [work.work_completed_this_period, work.work_completed_this_period_quantity];
  const negative = amounts.some((amount) => amount != null && money(amount).lt(0));
  if (negative && !world.rules.negativeAmounts) {
    throw invalid({ work_completed_this_period: ['must be greater than or equal to 0'] });
  }
}
