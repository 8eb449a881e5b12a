import type { Code } from './codes.ts';
import type { ListName } from './reference-lists.ts';
import { REFERENCE_LISTS } from './reference-lists.ts';

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
/** What a vendor's coming, going, sleeping and waking may mend. */
const VENDOR_CODES: readonly Code[] = [
  'vendor-ambiguous',
  'vendor-missing',
  'vendor-inactive',
  'vendor-gone',
  'procore-refused',
];

const MENDING: Record<ListName, Mending> = {
  'procore/projects': {
    codes: [
      'project-not-visible',
      'project-not-unique',
      // A rule may name the project by a number or name that the project has only now.
      'account-unmapped',
      'procore-forbidden',
      'procore-project-not-permitted',
    ],
    shown: true,
  },
  'procore/inactive-vendors': { codes: VENDOR_CODES, shown: true },
  'procore/vendors': { codes: VENDOR_CODES, shown: true },
  'procore/project-vendors/P': { codes: ['procore-refused'], shown: true },
  'procore/cost-types': { codes: ['cost-type-unknown', 'procore-refused'], shown: true },
  'procore/cost-codes/P': { codes: ['cost-code-not-in-project', 'procore-refused'], shown: true },
  'procore/wbs-codes/P': { codes: ['wbs-code-not-in-project', 'procore-refused'], shown: true },
  'procore/segments/P': { codes: ['segment-missing', 'procore-refused'], shown: true },
  // Of the budget itself, which may have been raised, nothing is kept but its views.
  'procore/budget-views/P': {
    codes: ['procore-refused', 'budget-missing', 'budget-view-missing', 'budget-locked', 'budget-unreadable'],
    shown: false,
  },
  'procore/commitments/P': {
    codes: [
      'application-locked',
      'application-touched',
      'commitment-gone',
      'commitment-touched',
      'commitment-number-taken',
      'requisition-touched',
      'requisition-differs',
      'procore-refused',
    ],
    shown: false,
  },
  // Nothing is parked on direct costs before bills become some, and nothing on units and taxes, which no line names.
  'procore/direct-costs/P': { codes: [], shown: true },
  'procore/units-of-measure': { codes: [], shown: true },
  'procore/tax-codes': { codes: [], shown: true },
  // A row of the tables that has no id yet may name what is called so only now.
  'xero/accounts': { codes: ['account-unmapped'], shown: true },
  'xero/items': { codes: ['account-unmapped'], shown: true },
  'xero/tracking-options': { codes: ['account-unmapped', 'project-unmapped'], shown: true },
  'xero/contacts': { codes: ['vendor-ambiguous'], shown: true },
};

/**
 * The codes on which documents are worth another look after the list was read: `changed` tells whether it differs
 * from the picture before, `told` whether somebody said that it might.
 */
export function mendedBy(list: ListName, changed: boolean, told: boolean): readonly Code[] {
  const { codes, shown } = MENDING[list];
  return changed || (told && !shown) ? codes : [];
}

/** The lists of a project whose change may leave more of its budget. */
export function mayFreeBudget(list: ListName): boolean {
  return (
    list === 'procore/budget-views/P' || list === 'procore/commitments/P' || list === 'procore/direct-costs/P'
  );
}

/** The codes that something may have mended which no list shows. */
export const MENDED_UNSEEN: ReadonlySet<Code> = new Set(
  Object.values(MENDING).flatMap(({ codes, shown }) => (shown ? [] : codes)),
);

/** The lists by which a document that ends in this code was judged. */
export function listsConcerning(code: Code): ListName[] {
  return REFERENCE_LISTS.filter((list) => MENDING[list].codes.includes(code));
}
