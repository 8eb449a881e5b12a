import type {
  BudgetView,
  Commitment,
  CostCode,
  CostType,
  DirectCost,
  Project,
  Segment,
  TaxCode,
  UnitOfMeasure,
  Vendor,
  WbsCode,
} from './procore-records.ts';
import type { KnownContact, TrackingOption, XeroAccount, XeroItem } from './xero-records.ts';

/** Every list of reference data and what its entries are. `P` is a project's id: each project has such a list. */
export interface Lists {
  /** Closed ones among them. */
  'procore/projects': Project & { active: boolean };
  'procore/inactive-vendors': Vendor;
  /** The active ones. */
  'procore/vendors': Vendor;
  'procore/cost-types': CostType;
  'procore/units-of-measure': UnitOfMeasure;
  'procore/tax-codes': TaxCode;
  'xero/accounts': XeroAccount;
  'xero/items': XeroItem;
  'xero/tracking-options': TrackingOption;
  /** Archived and merged ones among them. */
  'xero/contacts': KnownContact;
  /** The ids of the vendors in the project's directory. */
  'procore/project-vendors/P': { id: string };
  /** Headings among them. */
  'procore/cost-codes/P': CostCode;
  'procore/wbs-codes/P': WbsCode;
  'procore/segments/P': Segment;
  'procore/budget-views/P': BudgetView;
  'procore/commitments/P': Commitment;
  'procore/direct-costs/P': DirectCost;
}

export type ListName = keyof Lists;

/** In the order in which all of them are read: which projects there are, and who was set aside, first. */
export const REFERENCE_LISTS = [
  'procore/projects',
  'procore/inactive-vendors',
  'procore/vendors',
  'procore/cost-types',
  'procore/units-of-measure',
  'procore/tax-codes',
  'xero/accounts',
  'xero/items',
  'xero/tracking-options',
  'xero/contacts',
  'procore/project-vendors/P',
  'procore/cost-codes/P',
  'procore/wbs-codes/P',
  'procore/segments/P',
  'procore/budget-views/P',
  'procore/commitments/P',
  'procore/direct-costs/P',
] as const satisfies ListName[];

/** Whether every project has a list of its own. */
export function isOfProject(list: ListName): boolean {
  return list.endsWith('/P');
}

/** The lists for people who map: they choose among what every active project has, not only those in use. */
const FOR_MAPPING: ReadonlySet<ListName> = new Set([
  'procore/cost-codes/P',
  'procore/wbs-codes/P',
  'procore/segments/P',
]);

/** Whether the list is worth reading in projects that no document goes to yet. */
export function isForMapping(list: ListName): boolean {
  return FOR_MAPPING.has(list);
}
