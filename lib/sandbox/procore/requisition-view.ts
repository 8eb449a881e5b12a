import { formatMoney, money, sum } from '../../core/money.ts';
import type { Contract, Requisition } from './records.ts';
import { billedBy, chainOf, percent, retainedBy } from './requisition-figures.ts';
import { itemView } from './requisition-item-view.ts';
import type { ProjectCall } from './route.ts';
import { fileView } from './uploads.ts';

/** A requisition as v1.1 shows it; its items in the `items` and `extended` views only. */
export function requisitionView(call: ProjectCall<unknown>, requisition: Requisition) {
  const { company, project, query } = call;
  const contract = project.contracts.get(requisition.commitment_id)!;
  const chain = chainOf(project, contract.id);
  const position = chain.indexOf(requisition);
  const { items, due_date, attachments, ...fields } = requisition;
  const vendor = contract.vendor_id ? company.vendors.get(contract.vendor_id) : undefined;
  const figures = requisitionFigures(call, contract, requisition);
  return {
    ...NOTHING,
    ...fields,
    project_id: project.id,
    previous_requisition_id: chain[position - 1]?.id ?? null,
    commitment_type: 'PurchaseOrderContract',
    contract_name: contract.title ?? contract.number,
    deletable: position === chain.length - 1 && !requisition.origin_id,
    vendor_id: vendor?.id ?? null,
    vendor_name: vendor?.name ?? null,
    percent_complete: figures.percentComplete,
    total_claimed_amount: figures.claimed,
    summary: figures.summary,
    currency_configuration: { currency_iso_code: 'USD' },
    attachments: attachments.map(fileView),
    ...(['items', 'extended'].includes(query.get('view') ?? '') && { items: itemViews(call, requisition) }),
  };
}

const NOTHING = {
  billing_date: null,
  requisition_start: null,
  requisition_end: null,
  invoice_number: null,
  invoice_type: null,
  payment_date: null,
  submitted_at: null,
  origin_id: null,
  origin_data: null,
  erp_status: null,
  final: false,
};

/** The rows of a requisition: one for each SOV line. */
export function itemViews(call: ProjectCall<unknown>, requisition: Requisition) {
  return requisition.items.map((item, index) => itemView(call, requisition, item, index));
}

function requisitionFigures({ project }: ProjectCall<unknown>, contract: Contract, requisition: Requisition) {
  const earlier = chainOf(project, contract.id).filter((one) => one.number < requisition.number);
  const contractSum = sum(contract.lines.map((line) => money(line.amount)));
  const previous = sum(
    earlier.flatMap((one) => one.items).map((item) => money(item.work_completed_this_period)),
  );
  const billed = billedBy(requisition);
  const completed = previous.plus(billed);
  const retained = sum([...earlier, requisition].map(retainedBy));
  const earned = completed.minus(retained);
  const certified = previous.minus(sum(earlier.map(retainedBy)));
  return {
    percentComplete: percent(completed, contractSum),
    claimed: formatMoney(billed),
    summary: {
      original_contract_sum: formatMoney(contractSum),
      net_change_by_change_orders: '0.00',
      contract_sum_to_date: formatMoney(contractSum),
      total_completed_and_stored_to_date: formatMoney(completed),
      completed_work_retainage_amount: formatMoney(retained),
      completed_work_retainage_percent: percent(retained, completed),
      total_retainage: formatMoney(retained),
      total_earned_less_retainage: formatMoney(earned),
      less_previous_certificates_for_payment: formatMoney(certified),
      current_payment_due: formatMoney(earned.minus(certified)),
      balance_to_finish_including_retainage: formatMoney(contractSum.minus(earned)),
      tax_applicable_to_this_payment: '0.00',
    },
  };
}
