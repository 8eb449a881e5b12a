import { describe, expect, it } from '@jest/globals';
import { CODES } from '../../lib/core/codes.ts';
import { listsConcerning, MENDED_UNSEEN, mendedBy } from '../../lib/core/reference.ts';
import { isForMapping, isOfProject, REFERENCE_LISTS } from '../../lib/core/reference-lists.ts';
import { listsShowing, missingResources } from '../../lib/core/reference-resources.ts';

describe('what a list may mend', () => {
  const pairs = [
    ['procore/vendors', 'vendor-ambiguous'],
    ['procore/inactive-vendors', 'vendor-ambiguous'],
    ['procore/project-vendors/P', 'procore-refused'],
    ['procore/cost-codes/P', 'cost-code-not-in-project'],
    ['procore/wbs-codes/P', 'wbs-code-not-in-project'],
    ['procore/segments/P', 'segment-missing'],
    ['procore/cost-types', 'cost-type-unknown'],
    ['procore/projects', 'project-not-visible'],
    ['procore/projects', 'project-not-unique'],
    ['procore/projects', 'procore-forbidden'],
    ['procore/projects', 'procore-project-not-permitted'],
    ['procore/commitments/P', 'commitment-gone'],
    ['procore/commitments/P', 'commitment-number-taken'],
    ['procore/commitments/P', 'requisition-touched'],
    ['procore/commitments/P', 'procore-refused'],
    ['xero/accounts', 'account-unmapped'],
    ['xero/items', 'account-unmapped'],
    ['xero/tracking-options', 'account-unmapped'],
    ['xero/tracking-options', 'project-unmapped'],
    ['xero/contacts', 'vendor-ambiguous'],
  ] as const;

  it.each(pairs)('%s: %s, once it changed', (list, code) => {
    expect(mendedBy(list, true, false)).toContain(code);
    expect(listsConcerning(code)).toContain(list);
  });

  it('is nothing where the list shows all that matters and is as before', () => {
    const unchanged = REFERENCE_LISTS.filter((list) => mendedBy(list, false, true).length > 0);
    expect(unchanged).toEqual(['procore/budget-views/P', 'procore/commitments/P']);
  });

  it('is nothing where nobody said that anything changed', () => {
    expect(REFERENCE_LISTS.flatMap((list) => mendedBy(list, false, false))).toEqual([]);
    expect(MENDED_UNSEEN).toContain('requisition-touched');
    expect(MENDED_UNSEEN).not.toContain('vendor-ambiguous');
  });

  it('is among the codes that people meet', () => {
    for (const list of REFERENCE_LISTS) {
      for (const code of mendedBy(list, true, true)) expect(CODES).toHaveProperty(code);
    }
  });
});

describe('a resource of Procore', () => {
  it.each([
    ['Company Vendors', ['procore/inactive-vendors', 'procore/vendors']],
    ['company_vendors', ['procore/inactive-vendors', 'procore/vendors']],
    ['Project Vendors', ['procore/vendors', 'procore/project-vendors/P']],
    ['PurchaseOrderContracts', ['procore/commitments/P']],
    ['Standard Cost Codes', ['procore/cost-codes/P', 'procore/wbs-codes/P']],
    ['Budget Changes', ['procore/wbs-codes/P', 'procore/budget-views/P']],
  ])('%s shows in %j, however it is written', (name, lists) => {
    expect(listsShowing(name)).toEqual(lists);
  });

  it.each(['RFIs', 'Purchase Order Contract Line Items', 'constructor', ''])('%s shows in none', (name) => {
    expect(listsShowing(name)).toEqual([]);
  });

  it('is missed where Procore does not offer it', () => {
    const none = missingResources([]);
    expect(missingResources(['Projects', 'projects', 'RFIs'])).toBe(none - 1);
  });
});

describe('a list of every project', () => {
  it('is one whose name says so; those for mapping are read in all active ones', () => {
    expect(REFERENCE_LISTS.filter(isOfProject)).toEqual([
      'procore/project-vendors/P',
      'procore/cost-codes/P',
      'procore/wbs-codes/P',
      'procore/segments/P',
      'procore/budget-views/P',
      'procore/commitments/P',
      'procore/direct-costs/P',
    ]);
    expect(REFERENCE_LISTS.filter(isForMapping).every(isOfProject)).toBe(true);
  });
});
