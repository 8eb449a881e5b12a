import { standing } from '../contract-rules.ts';
import type { Company, Project } from '../records.ts';

/** A record as a hook's resource knows it: its id, its parents, and a print that changes when the record does. */
export interface Sight {
  id: number;
  print: string;
  related: { id: number; name: string }[];
}

/** What the sandbox holds of the company's resources; others exist by name only. */
const OF_COMPANY: Record<string, (company: Company) => Sight[]> = {
  'Company Vendors': ({ vendors }) => [...vendors.values()].map((vendor) => sight(vendor)),
  'Line Item Types': ({ costTypes }) => [...costTypes.values()].map((type) => sight(type)),
  Projects: ({ projects }) =>
    [...projects.values()].map(({ id, name, display_name, project_number, active }) =>
      sight({ id, name, display_name, project_number, active }),
    ),
};

const OF_PROJECT: Record<string, (project: Project) => Sight[]> = {
  'Project Vendors': ({ vendorIds }) => [...vendorIds].map((id) => sight({ id })),
  'Cost Codes': ({ costCodes }) => [...costCodes.values()].map((code) => sight(code)),
  'Budget Line Items': ({ budgetLines }) => budgetLines.map((line) => sight(line)),
  'Budget Modifications': ({ budgetModifications }) => budgetModifications.map((one) => sight(one)),
  'Budget Changes': ({ budgetChanges }) => budgetChanges.map((one) => sight(one)),
  'Purchase Order Contracts': (project) => standing(project).map(({ lines, ...contract }) => sight(contract)),
  'Purchase Order Contract Line Items': (project) =>
    standing(project).flatMap(({ id, lines }) =>
      lines.map((line) => sight(line, [{ id, name: 'Purchase Order Contracts' }])),
    ),
  'Contract Payments': ({ payments }) => [...payments.values()].map((payment) => sight(payment)),
  'Direct Costs': ({ directCosts }) => [...directCosts.values()].map(({ lines, ...cost }) => sight(cost)),
  'Direct Cost Line Items': ({ directCosts }) =>
    [...directCosts.values()].flatMap(({ id, lines }) =>
      lines.map((line) => sight(line, [{ id, name: 'Direct Costs' }])),
    ),
  Requisitions: ({ requisitions }) => [...requisitions.values()].map((one) => sight(one)),
};

export function sightsOfCompany(resource: string, company: Company): Sight[] {
  return OF_COMPANY[resource]?.(company) ?? [];
}

export function sightsOfProject(resource: string, project: Project): Sight[] {
  return OF_PROJECT[resource]?.(project) ?? [];
}

interface Held {
  id: number;
  updated_at?: string;
}

/** `updated_at` is left out: a record that was merely touched has not changed. */
function sight<T extends Held>(record: T, related: Sight['related'] = []): Sight {
  const { updated_at, ...rest } = record;
  return { id: record.id, print: JSON.stringify(rest), related };
}
