import { describe, expect, it } from '@jest/globals';
import { CODES } from '../../lib/core/codes.ts';
import {
  isOfProject,
  listOfResource,
  mendedBy,
  missingResources,
  REFERENCE_LISTS,
} from '../../lib/core/reference.ts';

describe('what a list of Procore may mend', () => {
  it.each([
    ['vendors', 'vendor-ambiguous'],
    ['cost-codes', 'cost-code-not-in-project'],
    ['cost-codes', 'wbs-code-not-in-project'],
    ['cost-types', 'cost-type-unknown'],
    ['projects', 'project-not-visible'],
    ['projects', 'project-not-unique'],
    ['projects', 'procore-forbidden'],
    ['projects', 'procore-project-not-permitted'],
    ['budget', 'wbs-code-not-in-project'],
    ['commitments', 'commitment-gone'],
    ['commitments', 'commitment-number-taken'],
    ['commitments', 'requisition-touched'],
    ['commitments', 'procore-refused'],
  ] as const)('%s: %s', (list, code) => {
    expect(mendedBy(list, true)).toContain(code);
  });

  it('is nothing where the list shows all that matters and is as before', () => {
    const unchanged = REFERENCE_LISTS.filter((list) => mendedBy(list, false).length > 0);
    expect(unchanged).toEqual(['budget', 'commitments']);
  });

  it('is among the codes that people meet', () => {
    for (const list of REFERENCE_LISTS) {
      for (const code of mendedBy(list, true)) expect(CODES).toHaveProperty(code);
    }
  });
});

describe('a resource of Procore', () => {
  it.each([
    ['Company Vendors', 'vendors'],
    ['company_vendors', 'vendors'],
    ['PurchaseOrderContracts', 'commitments'],
    ['Standard Cost Codes', 'cost-codes'],
  ] as const)('%s belongs to the list of %s, however it is written', (name, list) => {
    expect(listOfResource(name)).toBe(list);
  });

  it.each(['RFIs', 'Purchase Order Contract Line Items', 'constructor', ''])('%s belongs to none', (name) => {
    expect(listOfResource(name)).toBeUndefined();
  });

  it('is missed where Procore does not offer it', () => {
    const none = missingResources([]);
    expect(missingResources(['Projects', 'projects', 'RFIs'])).toBe(none - 1);
  });

  it('has a list of its own in every project, or one in the company', () => {
    const ofProjects = REFERENCE_LISTS.filter(isOfProject);
    expect(ofProjects).toEqual(['cost-codes', 'budget', 'commitments', 'direct-costs']);
  });
});
