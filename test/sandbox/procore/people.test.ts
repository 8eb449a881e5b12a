import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from './open-sandbox.ts';
import { bill, makeContract, openSandbox, seeded } from './open-sandbox.ts';
import { COMPANY, PROJECT } from './sample-company.ts';

let caller: Caller;
beforeEach(async () => {
  caller = await openSandbox();
});
afterEach(() => caller.sandbox.close());

const SCOPE = `project_id=${PROJECT}`;

describe('people in Procore', () => {
  it('approve an invoice and delete it again', async () => {
    const contract = await makeContract(caller, ['10'], 'Approved');
    const { id } = (await bill(caller, contract, ['5'])).body;
    const path = `/rest/v1.1/requisitions/${id}?${SCOPE}`;
    caller.sandbox.people(COMPANY).setRequisitionStatus(id, 'approved');
    expect((await caller.get(path)).body.status).toBe('approved');
    caller.sandbox.people(COMPANY).deleteRequisition(id);
    expect((await caller.get(path)).status).toBe(404);
  });

  it('delete a commitment with its invoices, approved or not', async () => {
    const contract = await makeContract(caller, ['10'], 'Approved', { origin_id: 'po:1' });
    await bill(caller, contract, ['5']);
    caller.sandbox.people(COMPANY).deleteContract(contract.id);
    const path = `/rest/v1.0/purchase_order_contracts/${contract.id}?${SCOPE}`;
    expect((await caller.get(path)).status).toBe(404);
    expect(seeded(caller.sandbox).project.requisitions.size).toBe(0);
    expect(() => caller.sandbox.people(COMPANY).deleteContract(1)).toThrow('no record 1');
  });

  it('deactivate vendors, after which nothing new is written on them, and merge one into another', async () => {
    const people = caller.sandbox.people(COMPANY);
    const { vendor, outsider, company, project } = seeded(caller.sandbox);
    const { id } = await makeContract(caller, ['10'], 'Draft', { vendor_id: vendor });
    people.setVendorActive(vendor, false);
    const asleep = await caller.get(`/rest/v1.0/companies/${COMPANY}/vendors/inactive`);
    expect(asleep.body).toMatchObject([{ id: vendor }]);
    expect((await caller.get(`/rest/v1.1/projects/${PROJECT}/vendors`)).body).toEqual([]);
    const path = '/rest/v1.0/purchase_order_contracts';
    const body = { project_id: PROJECT, purchase_order_contract: { title: 'Slab', vendor_id: vendor } };
    expect((await caller.post(path, body)).status).toBe(422);
    const add = `/rest/v1.1/projects/${PROJECT}/vendors/${vendor}/actions/add`;
    expect((await caller.post(add)).status).toBe(422);

    people.mergeVendors(vendor, outsider);
    expect(company.vendors.has(vendor)).toBe(false);
    expect(project.contracts.get(id)!.vendor_id).toBe(outsider);
    expect(project.vendorIds).toEqual(new Set([outsider]));
  });

  it('rename vendors, take them out of a project, reopen contracts, and add periods and cost codes', async () => {
    const people = caller.sandbox.people(COMPANY);
    const { vendor, period, project, company } = seeded(caller.sandbox);
    const { id } = await makeContract(caller, ['10'], 'Approved');
    people.renameVendor(vendor, 'ABC Concrete LLC');
    expect(company.vendors.get(vendor)!.name).toBe('ABC Concrete LLC');
    people.setContractStatus(id, 'Draft');
    expect(project.contracts.get(id)!.status).toBe('Draft');
    people.removeVendor(PROJECT, vendor);
    expect((await caller.get(`/rest/v1.1/projects/${PROJECT}/vendors`)).body).toEqual([]);
    people.closeBillingPeriod(PROJECT, period);
    people.addBillingPeriod(PROJECT, {
      start: '2026-02-01',
      end: '2026-02-28',
      due: '2026-03-05',
      status: 'open',
    });
    const open = await caller.get(`/rest/v1.0/projects/${PROJECT}/billing_periods?filters[status]=open`);
    expect(open.body).toMatchObject([{ start_date: '2026-02-01' }]);
    people.addCostCode(PROJECT, { code: '03-400', name: 'Precast', parent: '03' });
    const codes = await caller.get(`/rest/v1.0/cost_codes?${SCOPE}`);
    const [precast] = codes.body.slice(-1);
    expect(precast).toMatchObject({ full_code: '03-400' });
    people.deleteCostCode(PROJECT, precast.id);
    const left = await caller.get(`/rest/v1.0/cost_codes?${SCOPE}`);
    expect(left.body).toHaveLength(codes.body.length - 1);
    people.renumberProject(PROJECT, '2026-02');
    expect(project.project_number).toBe('2026-02');
  });
});
