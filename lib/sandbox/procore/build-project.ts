import type {
  BillingPeriodData,
  BudgetLineData,
  CostCodeData,
  ProjectData,
  ProjectSettings,
  WbsCodeData,
} from './company.ts';
import type { BillingPeriod, BudgetLine, Company, CostCode, Project, Segment, WbsCode } from './records.ts';
import { findOrMakeWbsCode } from './wbs-codes.ts';
import type { World } from './world.ts';
import { stamps } from './world.ts';

const SETTINGS: Required<ProjectSettings> = {
  allowInvoicing: false,
  allowPayments: false,
  subcontractorSov: false,
  accountingMethod: 'amount',
  retainagePercent: '0',
  alwaysEditableSov: false,
  overBilling: true,
};

export function buildProject(world: World, company: Company, data: ProjectData): Project {
  const project: Project = {
    id: data.id,
    name: data.name,
    display_name: data.displayName ?? [data.number, data.name].filter(Boolean).join(' - '),
    project_number: data.number ?? null,
    active: data.active ?? true,
    settings: { ...SETTINGS, ...data.settings },
    vendorIds: new Set((data.vendors ?? []).map((name) => vendorCalled(company, name))),
    costCodes: new Map(),
    segments: buildSegments(world, data),
    wbsCodes: new Map(),
    budgetLines: [],
    budgetModifications: [],
    budgetChanges: [],
    periods: new Map(),
    contracts: new Map(),
    requisitions: new Map(),
    payments: new Map(),
    directCosts: new Map(),
    ...stamps(world),
  };
  for (const code of data.costCodes) addCostCode(world, project, code);
  for (const code of data.wbsCodes ?? []) addWbsCode(world, company, project, code);
  for (const line of data.budgetLines ?? []) addBudgetLine(world, company, project, line);
  for (const period of data.billingPeriods ?? []) addBillingPeriod(world, project, period);
  return project;
}

/** Adds a cost code as a person would in the project's administration. */
export function addCostCode(world: World, project: Project, data: CostCodeData): CostCode {
  const parentId = data.parent === undefined ? null : costCodeCalled(project, data.parent).id;
  const code: CostCode = {
    id: data.id ?? world.nextId(),
    segmentItemId: world.nextId(),
    full_code: data.code,
    name: data.name,
    parentId,
    ...stamps(world),
  };
  project.costCodes.set(code.id, code);
  return code;
}

/** Adds a budget line, and its WBS code where the project has none such. */
export function addBudgetLine(
  world: World,
  company: Company,
  project: Project,
  { original, modifications = '0', ...code }: BudgetLineData,
): BudgetLine {
  const wbsCodeId = addWbsCode(world, company, project, code).id;
  const line = { id: world.nextId(), wbsCodeId, original, modifications };
  project.budgetLines.push(line);
  return line;
}

/** Adds a billing period as it is, without the rules that the API applies. */
export function addBillingPeriod(world: World, project: Project, data: BillingPeriodData): BillingPeriod {
  const period: BillingPeriod = {
    id: data.id ?? world.nextId(),
    start_date: data.start,
    end_date: data.end,
    due_date: data.due,
    status: data.status,
    ...stamps(world),
  };
  project.periods.set(period.id, period);
  return period;
}

function addWbsCode(world: World, company: Company, project: Project, data: WbsCodeData): WbsCode {
  const customItemIds = Object.entries(data.segments ?? {}).map(([name, code]) => {
    const segment = found(
      project.segments.find((one) => one.name === name),
      `segment ${name}`,
    );
    return found(
      segment.items.find((item) => item.code === code),
      `item ${code} of segment ${name}`,
    ).id;
  });
  const code = findOrMakeWbsCode(world, project, {
    costCodeId: costCodeCalled(project, data.costCode).id,
    costTypeId: costTypeCalled(company, data.costType),
    customItemIds,
  });
  code.active = data.active ?? true;
  code.description = data.description ?? code.description;
  return code;
}

function buildSegments(world: World, data: ProjectData): Segment[] {
  const builtIn = { required: true, items: [], ...stamps(world) };
  return [
    { ...builtIn, id: world.nextId(), type: 'cost_code', name: 'Cost Code' },
    { ...builtIn, id: world.nextId(), type: 'line_item_type', name: 'Cost Type' },
    ...(data.segments ?? []).map((segment) => ({
      id: segment.id ?? world.nextId(),
      type: 'custom' as const,
      name: segment.name,
      required: segment.required,
      items: segment.items.map((item) => ({
        id: item.id ?? world.nextId(),
        code: item.code,
        name: item.name,
      })),
      ...stamps(world),
    })),
  ];
}

function vendorCalled(company: Company, name: string): number {
  return found(
    [...company.vendors.values()].find((vendor) => vendor.name === name),
    `vendor ${name}`,
  ).id;
}

function costCodeCalled(project: Project, code: string): CostCode {
  return found(
    [...project.costCodes.values()].find((one) => one.full_code === code),
    `cost code ${code}`,
  );
}

function costTypeCalled(company: Company, code: string): number {
  return found(
    [...company.costTypes.values()].find((type) => type.code === code),
    `cost type ${code}`,
  ).id;
}

function found<T>(record: T | undefined, what: string): T {
  if (record === undefined) throw new Error(`The seed names ${what}, which it does not hold`);
  return record;
}
