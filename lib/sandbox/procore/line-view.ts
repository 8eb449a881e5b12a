import type { Contract, CostCode, CostType, Line, Project } from './records.ts';
import type { ProjectCall } from './route.ts';
import { wbsReference } from './wbs-codes.ts';

/** A line of a schedule of values. */
export function lineView(
  { company, project }: ProjectCall<unknown>,
  contract: Contract,
  line: Line,
  index: number,
) {
  const code = project.wbsCodes.get(line.wbs_code_id)!;
  const { wbs_code_id, cost_code_id, line_item_type_id, ...fields } = line;
  return {
    ...fields,
    description: line.description ?? null,
    origin_id: line.origin_id ?? null,
    origin_data: line.origin_data ?? null,
    tax_code_id: line.tax_code_id ?? null,
    quantity: line.quantity ?? null,
    unit_cost: line.unit_cost ?? null,
    uom: line.uom ?? null,
    extended_type: line.extended_type ?? 'manual',
    extended_amount: line.amount,
    total_amount: line.amount,
    position: index + 1,
    company: { id: company.id, name: company.name },
    project: { id: project.id, name: project.name },
    holder: { id: contract.id, holder_type: 'PurchaseOrderContract' },
    wbs_code: wbsReference(company, project, wbs_code_id),
    cost_code: costCodeView(project, project.costCodes.get(code.costCodeId)!),
    line_item_type: costTypeView(company.costTypes.get(code.costTypeId)!),
    currency_configuration: { currency_iso_code: 'USD' },
  };
}

export function costTypeView(type: CostType) {
  const { id, name, code, base_type } = type;
  return { id, name, code, base_type, origin_id: null, origin_data: null };
}

export function costCodeView(project: Project, code: CostCode) {
  return {
    id: code.id,
    full_code: code.full_code,
    code: code.full_code.split('-').at(-1),
    name: code.name,
    parent: { id: code.parentId },
    biller: project.name,
    biller_id: project.id,
    biller_type: 'Project',
    budgeted: project.budgetLines.some(
      (line) => project.wbsCodes.get(line.wbsCodeId)!.costCodeId === code.id,
    ),
    sortable_code: code.full_code,
    position: 1,
    origin_id: null,
    origin_data: null,
    deleted_at: null,
    created_at: code.created_at,
    updated_at: code.updated_at,
  };
}
