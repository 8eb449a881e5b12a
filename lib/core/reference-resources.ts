import type { ListName } from './reference-lists.ts';
import { REFERENCE_LISTS } from './reference-lists.ts';

const BUDGET = ['Budget Line Items', 'Budget Changes', 'Budget Modifications'];
const COST_CODES = ['Cost Codes', 'Standard Cost Codes'];

/** What Procore calls the resources whose changes show in a list; its payload formats write the names alike. */
const RESOURCES: Partial<Record<ListName, readonly string[]>> = {
  'procore/projects': ['Projects'],
  'procore/inactive-vendors': ['Company Vendors'],
  'procore/vendors': ['Company Vendors', 'Project Vendors'],
  'procore/project-vendors/P': ['Project Vendors'],
  'procore/cost-types': ['Line Item Types'],
  'procore/cost-codes/P': COST_CODES,
  // A budget line is what makes a code of the project bookable.
  'procore/wbs-codes/P': [...COST_CODES, ...BUDGET],
  'procore/budget-views/P': BUDGET,
  'procore/commitments/P': ['Purchase Order Contracts', 'Work Order Contracts'],
  'procore/direct-costs/P': ['Direct Costs'],
};

const LISTS_BY_RESOURCE = new Map<string, ListName[]>();
for (const list of REFERENCE_LISTS) {
  for (const name of (RESOURCES[list] ?? []).map(plain)) {
    LISTS_BY_RESOURCE.set(name, [...(LISTS_BY_RESOURCE.get(name) ?? []), list]);
  }
}

/** The lists in which changes of a resource of Procore show; none for those that do not concern the connector. */
export function listsShowing(resource: string): ListName[] {
  return LISTS_BY_RESOURCE.get(plain(resource)) ?? [];
}

/** How many of the resources that concern the connector are not among these. */
export function missingResources(names: string[]): number {
  return new Set(LISTS_BY_RESOURCE.keys()).difference(new Set(names.map(plain))).size;
}

/** `Company Vendors`, `company_vendors` and `CompanyVendors` are one name. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}
