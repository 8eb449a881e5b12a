import { formatMoney } from '../../core/money.ts';
import type { Figures } from './budget-figures.ts';
import { budgetFigures, STANDARD_COLUMNS, usedWbsCodes } from './budget-figures.ts';
import { badRequest } from './errors.ts';
import type { WbsCode } from './records.ts';
import type { ProjectCall } from './route.ts';
import type { Unverified } from './unverified.ts';

const CURRENCY = { currency_iso_code: 'USD' };

/** One row for each WBS code: budgeted ones by default, `all` or `unbudgeted` on demand. */
export function detailRows(call: ProjectCall) {
  return chosenCodes(call).map((code) => detailRow(call, code));
}

function detailRow({ world, company, project }: ProjectCall, code: WbsCode) {
  const costCode = project.costCodes.get(code.costCodeId)!;
  const costType = company.costTypes.get(code.costTypeId)!;
  const root = costCode.parentId === null ? costCode : project.costCodes.get(costCode.parentId)!;
  const line = project.budgetLines.find((one) => one.wbsCodeId === code.id);
  const figures = budgetFigures(project, new Set([code.id]));
  return {
    id: line?.id ?? null,
    deletable: false,
    company_id: company.id,
    company: company.name,
    project_id: project.id,
    project: project.name,
    wbs_code_id: code.id,
    biller_id: project.id,
    biller: project.name,
    biller_type: 'Project',
    root_cost_code_id: root.id,
    root_cost_code: `${root.full_code} - ${root.name}`,
    cost_code_id: costCode.id,
    cost_code: `${costCode.full_code} - ${costCode.name}`,
    category_id: costType.id,
    category: costType.name,
    unbudgeted_reason: line === undefined ? 'commitments' : null,
    ...columns(world.rules, figures),
  };
}

const GROUPS = ['project', 'biller', 'category', 'cost_code', 'root_cost_code'] as const;

/** Totals by project, cost code and so on. */
export function summaryRows(call: ProjectCall) {
  const { world, project, query } = call;
  const group = GROUPS.find((one) => one === (query.get('group_by') ?? 'root_cost_code'));
  if (group === undefined) throw badRequest({ group_by: ['is not included in the list'] });
  const groups = new Map<string, { name: string; codes: Set<number> }>();
  for (const code of chosenCodes(call)) {
    const { id, name } = groupOf(call, code, group);
    const members = groups.get(id) ?? { name, codes: new Set<number>() };
    groups.set(id, { name, codes: members.codes.add(code.id) });
  }
  return [...groups].map(([id, { name, codes }]) => ({
    id,
    name,
    biller_type: 'Project',
    ...columns(world.rules, budgetFigures(project, codes)),
  }));
}

function groupOf(call: ProjectCall, code: WbsCode, group: (typeof GROUPS)[number]) {
  const row = detailRow(call, code);
  if (group === 'category') return { id: String(row.category_id), name: row.category };
  if (group === 'cost_code') return { id: String(row.cost_code_id), name: row.cost_code };
  if (group === 'root_cost_code') return { id: String(row.root_cost_code_id), name: row.root_cost_code };
  return { id: String(row.project_id), name: row.project };
}

function chosenCodes({ project, query }: ProjectCall): WbsCode[] {
  const type = query.get('budget_row_type') ?? 'budgeted';
  if (!['budgeted', 'unbudgeted', 'all'].includes(type)) {
    throw badRequest({ budget_row_type: ['is not included in the list'] });
  }
  const budgeted = new Map(project.budgetLines.map((line) => [line.wbsCodeId, line.id]));
  const fits = (name: string, id: number | undefined) => {
    const wanted = query.list(name);
    return wanted.length === 0 || wanted.includes(String(id));
  };
  return [...usedWbsCodes(project)]
    .map((id) => project.wbsCodes.get(id)!)
    .filter(
      (code) =>
        (type === 'all' || budgeted.has(code.id) === (type === 'budgeted')) &&
        fits('cost_code_id', code.costCodeId) &&
        fits('category_id', code.costTypeId) &&
        fits('budget_line_item_id', budgeted.get(code.id)),
    );
}

function columns(rules: Unverified, figures: Figures) {
  const amounts = STANDARD_COLUMNS.map((title) => [keyOf(rules, title), formatMoney(figures[title])]);
  const forecast = formatMoney(figures['Forecast To Complete']);
  return {
    ...Object.fromEntries(amounts),
    original_budget_amount: formatMoney(figures['Original Budget Amount']),
    budget_modifications: formatMoney(figures['Budget Modifications']),
    budget_forecast: { amount: forecast, automatic_amount: forecast, automatically_calculated: true },
    currency_configuration: CURRENCY,
  };
}

function keyOf(rules: Unverified, title: string): string {
  return rules.budgetColumnKeys === 'title' ? title : title.toLowerCase().replace(/[^a-z]+/g, '_');
}
