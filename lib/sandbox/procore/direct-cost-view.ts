import { formatMoney, money, sum } from '../../core/money.ts';
import { costCodeView, costTypeView } from './line-view.ts';
import type { DirectCost, DirectCostLine } from './records.ts';
import type { ProjectCall } from './route.ts';
import { wbsReference } from './wbs-codes.ts';

export function directCostView(call: ProjectCall<unknown>, cost: DirectCost) {
  const { company, project } = call;
  const { lines, ...fields } = cost;
  const vendor = cost.vendor_id ? company.vendors.get(cost.vendor_id)! : undefined;
  return {
    ...fields,
    origin_id: cost.origin_id ?? null,
    origin_data: cost.origin_data ?? null,
    company: { id: company.id, name: company.name },
    project: { id: project.id, name: project.name },
    vendor: vendor ? { id: vendor.id, name: vendor.name } : null,
    vendor_name: vendor?.name ?? null,
    grand_total: formatMoney(sum(lines.map((line) => money(line.amount)))),
    line_items_count: lines.length,
    line_items: lines.map((line, index) => lineOf(call, line, index)),
    attachments: [],
    attachments_count: 0,
    currency_configuration: { currency_iso_code: 'USD' },
  };
}

function lineOf({ company, project }: ProjectCall<unknown>, line: DirectCostLine, index: number) {
  const { manual_amount, wbs_code_id, ...fields } = line;
  const code = project.wbsCodes.get(wbs_code_id)!;
  return {
    ...fields,
    extended_type: manual_amount ? 'manual' : 'calculated',
    extended_amount: line.amount,
    total_amount: line.amount,
    position: index + 1,
    company: { id: company.id, name: company.name },
    wbs_code: wbsReference(company, project, wbs_code_id),
    cost_code: costCodeView(project, project.costCodes.get(code.costCodeId)!),
    line_item_type: costTypeView(company.costTypes.get(code.costTypeId)!),
  };
}
