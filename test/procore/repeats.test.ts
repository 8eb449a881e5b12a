import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Company } from './company.ts';
import {
  closeCompany,
  commit,
  header,
  openCompany,
  PROJECT,
  requisitionOf,
  syncOne,
  syncVendor,
  vendorInProject,
} from './company.ts';

const CONTRACTS = '/rest/v1.0/purchase_order_contracts';
let company: Company;

beforeEach(async () => {
  company = await openCompany();
});

afterEach(() => closeCompany(company));

describe('writes on a bad line', () => {
  it('are repeated where their origin makes that safe, and save one record', async () => {
    company.sandbox.faults.add({ path: '/rest/v1.0/vendors/sync', effect: { drop: 'after' }, times: 1 });
    const id = await syncVendor(company.tool, { originId: 'xero:contact:1', name: 'Acme Supply' });
    const saved = [...company.company.vendors.values()].filter(({ name }) => name === 'Acme Supply');
    expect(saved.map((vendor) => String(vendor.id))).toEqual([id]);
  });

  it('are not repeated where they are not, and leave the doubt to the caller', async () => {
    const commitment = await commit(company, ['100']);
    const path = '/rest/v1.1/requisitions';
    company.sandbox.faults.add({ method: 'POST', path, effect: { drop: 'after' }, times: 1 });
    const wanted = await requisitionOf(company, commitment, ['100']);
    await expect(company.tool.createRequisition(PROJECT, wanted)).rejects.toMatchObject({
      name: 'RetryLater',
      code: 'procore-unavailable',
    });
    expect(await company.tool.requisitions(PROJECT, [commitment.id])).toHaveLength(1);
  });

  it('end well where only the answer of a deletion was lost', async () => {
    const id = await syncOne(company, header(await vendorInProject(company)));
    company.sandbox.faults.add({
      method: 'DELETE',
      path: `${CONTRACTS}/{id}`,
      effect: { drop: 'after' },
      times: 1,
    });
    await company.tool.deleteCommitment(PROJECT, id);
    expect(await company.tool.commitment(PROJECT, id)).toBeUndefined();
  });
});
