import type { Code } from './codes.ts';

/** Lists of Procore that the connector keeps a picture of, each refreshed by itself. */
export const REFERENCE_LISTS = [
  'projects',
  'vendors',
  'cost-codes',
  'cost-types',
  'budget',
  'commitments',
  'direct-costs',
] as const;

export type ReferenceList = (typeof REFERENCE_LISTS)[number];

/** The lists that every project has one of. */
const OF_PROJECTS: ReadonlySet<ReferenceList> = new Set([
  'cost-codes',
  'budget',
  'commitments',
  'direct-costs',
]);

export function isOfProject(list: ReferenceList): boolean {
  return OF_PROJECTS.has(list);
}

interface Mending {
  /** Documents parked on these may go on once the list changed. */
  codes: readonly Code[];
  /**
   * Whether the list shows all of what the codes hang on. Where it does not, a change may have mended them although
   * the list looks as before: a requisition set back to draft shows in no list.
   */
  shown: boolean;
}

/** Which list concerns which codes. */
const MENDING: Record<ReferenceList, Mending> = {
  projects: {
    codes: [
      'project-not-visible',
      'project-not-unique',
      'procore-forbidden',
      'procore-project-not-permitted',
    ],
    shown: true,
  },
  vendors: { codes: ['vendor-ambiguous', 'procore-refused'], shown: true },
  'cost-codes': {
    codes: ['cost-code-not-in-project', 'wbs-code-not-in-project', 'procore-refused'],
    shown: true,
  },
  'cost-types': { codes: ['cost-type-unknown'], shown: true },
  budget: {
    codes: [
      'wbs-code-not-in-project',
      'procore-refused',
      'budget-missing',
      'budget-view-missing',
      'budget-locked',
      'budget-unreadable',
    ],
    shown: false,
  },
  commitments: {
    codes: [
      'commitment-gone',
      'commitment-number-taken',
      'requisition-touched',
      'requisition-differs',
      'procore-refused',
    ],
    shown: false,
  },
  // Nothing is parked on direct costs before bills become some.
  'direct-costs': { codes: [], shown: true },
};

/**
 * The codes on which documents are worth another look after the list was read; `changed` tells whether it differs
 * from the picture before.
 */
export function mendedBy(list: ReferenceList, changed: boolean): readonly Code[] {
  const { codes, shown } = MENDING[list];
  return changed || !shown ? codes : [];
}

/** The lists of a project whose change may leave more of its budget. */
export function mayFreeBudget(list: ReferenceList): boolean {
  return list === 'budget' || list === 'commitments' || list === 'direct-costs';
}

/** What Procore calls the resources behind a list; its payload formats write the names alike. */
const RESOURCES: Record<ReferenceList, readonly string[]> = {
  projects: ['Projects'],
  vendors: ['Company Vendors', 'Project Vendors'],
  'cost-codes': ['Cost Codes', 'Standard Cost Codes'],
  'cost-types': ['Line Item Types'],
  budget: ['Budget Line Items', 'Budget Changes', 'Budget Modifications'],
  commitments: ['Purchase Order Contracts', 'Work Order Contracts'],
  'direct-costs': ['Direct Costs'],
};

const LIST_BY_RESOURCE = new Map(
  REFERENCE_LISTS.flatMap((list) => RESOURCES[list].map((name) => [plain(name), list] as const)),
);

/** The list that a resource of Procore belongs to; undefined for those that do not concern the connector. */
export function listOfResource(name: string): ReferenceList | undefined {
  return LIST_BY_RESOURCE.get(plain(name));
}

/** How many of the resources that concern the connector are not among these. */
export function missingResources(names: string[]): number {
  return new Set(LIST_BY_RESOURCE.keys()).difference(new Set(names.map(plain))).size;
}

/** `Company Vendors`, `company_vendors` and `CompanyVendors` are one name. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}
