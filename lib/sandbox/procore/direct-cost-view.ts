import { formatMoney, money, sum } from '../../core/money.ts';
import { costTypeView } from './line-view.ts';
import type { DirectCost, DirectCostLine } from './records.ts';
import type { ProjectCall } from './route.ts';
import { wbsReference } from './wbs-codes.ts';

const CURRENCY = { currency_iso_code: 'USD' };

/** As the list shows it: the vendor by name, and no lines. */
export function listedDirectCost({ company }: ProjectCall<unknown>, cost: DirectCost) {
  const { lines, ...fields } = cost;
  const vendor = cost.vendor_id ? company.vendors.get(cost.vendor_id)!.name : null;
  const total = formatMoney(sum(lines.map((line) => money(line.amount))));
  return {
    ...fields,
    origin_id: cost.origin_id ?? null,
    origin_data: cost.origin_data ?? null,
    vendor,
    vendor_name: vendor,
    amount: total,
    grand_total: total,
    currency_configuration: CURRENCY,
  };
}

/** As a sync answers with it: the vendor as a record, and the number of lines. */
export function syncedDirectCost(call: ProjectCall<unknown>, cost: DirectCost) {
  const { amount: _, vendor_name, ...fields } = listedDirectCost(call, cost);
  return {
    ...fields,
    vendor: cost.vendor_id ? { id: cost.vendor_id, name: vendor_name } : null,
    vendor_name,
    line_items_count: cost.lines.length,
    attachments: [],
    attachments_count: 0,
  };
}

/** One direct cost with its lines. */
export function directCostView(call: ProjectCall<unknown>, cost: DirectCost) {
  const { company, project } = call;
  return {
    ...syncedDirectCost(call, cost),
    company: { id: company.id, name: company.name },
    project: { id: project.id, name: project.name },
    line_items: cost.lines.map((line) => ({
      ...lineOf(call, cost, line),
      company: { id: company.id, name: company.name },
    })),
  };
}

/** A line in the list of lines, where it names its direct cost. */
export function directCostLineView(call: ProjectCall<unknown>, cost: DirectCost, line: DirectCostLine) {
  const { id, name } = call.project;
  const { origin_data: _, ...row } = lineOf(call, cost, line);
  return { ...row, holder: { id: cost.id, holder_type: 'DirectCost::Item' }, project: { id, name } };
}

function lineOf({ company, project }: ProjectCall<unknown>, cost: DirectCost, line: DirectCostLine) {
  const { wbs_code_id, cost_code_id, line_item_type_id, direct_cost_id, ...fields } = line;
  const code = project.wbsCodes.get(wbs_code_id)!;
  const costCode = project.costCodes.get(code.costCodeId)!;
  return {
    ...fields,
    origin_id: line.origin_id ?? null,
    extended_type: line.extended_type ?? (line.quantity ? 'calculated' : 'manual'),
    extended_amount: line.amount,
    total_amount: line.amount,
    position: cost.lines.indexOf(line) + 1,
    wbs_code: wbsReference(company, project, wbs_code_id),
    cost_code: { id: costCode.id, full_code: costCode.full_code, name: costCode.name, origin_id: null },
    line_item_type: costTypeView(company.costTypes.get(code.costTypeId)!),
  };
}
