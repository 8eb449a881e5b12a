import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { money } from '../../lib/core/money.ts';
import type { Company } from './company.ts';
import { COMPANY, commit, header, line, openCompany, PROJECT, requisitionOf } from './company.ts';

let company: Company;
const CONTRACTS = '/rest/v1.0/purchase_order_contracts';

beforeEach(async () => {
  company = await openCompany();
});

afterEach(async () => {
  // Whatever a test sent, Procore must have understood it.
  expect([...company.sandbox.unread]).toEqual([]);
  await company.sandbox.close();
});

async function vendorInProject() {
  const vendorId = await company.tool.syncVendor({ originId: 'xero:contact:1', name: 'Acme Supply' });
  await company.tool.addVendorToProject(PROJECT, vendorId);
  return vendorId;
}

describe('reference data', () => {
  it('names projects, cost codes, cost types, WBS codes and billing periods', async () => {
    const { tool } = company;
    expect(await tool.projects()).toEqual([{ id: PROJECT, name: 'Riverside', number: '2026-01' }]);
    expect(await tool.costCodes(PROJECT)).toMatchObject([
      { code: '03', leaf: false },
      { code: '03-300', name: 'Cast in place', leaf: true },
    ]);
    expect(await tool.costTypes()).toMatchObject([{ code: 'L' }, { code: 'M', name: 'Materials' }]);
    expect((await tool.wbsCodes(PROJECT)).map(({ code }) => code)).toEqual(['03-300.M']);
    expect(await tool.billingPeriods(PROJECT)).toMatchObject([
      { start: '2026-10-01', end: '2026-10-31', status: 'closed' },
      { start: '2026-11-01', end: '2026-11-30', status: 'open' },
    ]);
  });

  it('is read to its last page', async () => {
    for (let number = 0; number < 1005; number += 1) company.people.addVendor({ name: `Vendor ${number}` });
    expect(new Set((await company.tool.vendors()).map(({ id }) => id)).size).toBe(1007);
    expect(company.calls('GET /rest/v1.0/vendors')).toBe(2);
  });
});

describe('vendors', () => {
  it('are created with their address and found again by their origin', async () => {
    const { tool } = company;
    const acme = {
      originId: 'xero:contact:1',
      name: 'Acme Supply',
      address: '1 Main St',
      city: 'Austin',
      region: 'TX',
      postalCode: '78701',
      country: 'US',
      phone: '+1 512 5550123',
      email: 'office@acme.example',
    };
    const id = await tool.syncVendor(acme);
    expect(await tool.syncVendor(acme)).toBe(id);
    expect(company.company.vendors.get(Number(id))).toMatchObject({
      name: 'Acme Supply',
      city: 'Austin',
      state_code: 'TX',
      zip: '78701',
      country_code: 'US',
      business_phone: '+1 512 5550123',
      email_address: 'office@acme.example',
    });
    expect(await tool.vendors()).toContainEqual({ id, name: 'Acme Supply', originId: 'xero:contact:1' });
    expect(await tool.vendors()).toContainEqual(
      expect.objectContaining({ name: 'North Steel', originId: 'erp:7' }),
    );
  });

  it('join a project once', async () => {
    const vendorId = await vendorInProject();
    await company.tool.addVendorToProject(PROJECT, vendorId);
    expect(await company.tool.vendorIdsOfProject(PROJECT)).toEqual(new Set([vendorId]));
    expect(company.calls('POST /rest/v1.1/projects/{project_id}/vendors/{id}/actions/add')).toBe(1);
  });

  it('that Procore refuses inside a success are refused', async () => {
    await expect(
      company.tool.syncVendor({ originId: 'xero:contact:2', name: 'Hudson Concrete' }),
    ).rejects.toMatchObject({
      name: 'ProcoreRefused',
      status: 200,
      message: expect.stringContaining('vendor "Hudson Concrete"'),
      fields: { name: [expect.any(String)] },
    });
  });
});

describe('a commitment', () => {
  it('starts as a draft by amount, without retainage, with its origin', async () => {
    const vendorId = await vendorInProject();
    const id = await company.tool.syncCommitment(PROJECT, header(vendorId));
    expect(await company.tool.commitment(PROJECT, id)).toEqual({
      id,
      number: 'PO-0107',
      title: 'Hudson Concrete PO-0107',
      status: 'Draft',
      vendorId,
      originId: 'xero:po:1:7000000101',
    });
    expect(company.project.contracts.get(Number(id))).toMatchObject({
      accounting_method: 'amount',
      retainage_percent: '0',
      origin_code: 'PO-0107',
      contract_date: '2026-11-02',
      ship_to_address: '12 Quarry Rd\nAustin',
    });
  });

  it('keeps its status when it is updated', async () => {
    const { id, vendorId } = await commit(company, ['100']);
    expect(await company.tool.syncCommitment(PROJECT, header(vendorId, { title: 'Renamed' }))).toBe(id);
    expect(await company.tool.commitment(PROJECT, id)).toMatchObject({
      status: 'Approved',
      title: 'Renamed',
    });
  });

  it('opens for invoices and payments and closes the subcontractor SOV', async () => {
    const id = await company.tool.syncCommitment(PROJECT, header(await vendorInProject()));
    await company.tool.allowInvoicing(PROJECT, id);
    expect(company.project.contracts.get(Number(id))).toMatchObject({
      allow_payment_applications: true,
      allow_payments: true,
      enable_ssov: false,
    });
  });

  it('is gone after deletion, and may be deleted twice', async () => {
    const { tool } = company;
    const id = await tool.syncCommitment(PROJECT, header(await vendorInProject()));
    await tool.deleteCommitment(PROJECT, id);
    await tool.deleteCommitment(PROJECT, id);
    expect(await tool.commitment(PROJECT, id)).toBeUndefined();
  });

  it('with a number that is taken is refused in the words of Procore', async () => {
    const vendorId = await vendorInProject();
    await company.tool.syncCommitment(PROJECT, header(vendorId));
    const twin = header(vendorId, { originId: 'xero:po:2:7000000101' });
    await expect(company.tool.syncCommitment(PROJECT, twin)).rejects.toMatchObject({
      name: 'ProcoreRefused',
      fields: { number: ['has already been taken'] },
    });
  });

  it('that is approved refuses its deletion', async () => {
    const { id } = await commit(company, ['100']);
    await expect(company.tool.deleteCommitment(PROJECT, id)).rejects.toMatchObject({
      name: 'ProcoreRefused',
      status: 422,
      fields: { base: [expect.stringContaining('Approved')] },
    });
  });
});

describe('the lines of a commitment', () => {
  it('are created, updated and removed by their origin', async () => {
    const { tool } = company;
    const id = await tool.syncCommitment(PROJECT, header(await vendorInProject()));
    const lines = [await line(company, 'a', '10.1'), await line(company, 'b', '-0.05')];
    const ids = await tool.syncSovLines(PROJECT, id, lines);
    const again = await tool.syncSovLines(PROJECT, id, [{ ...lines[0]!, amount: money('12') }]);
    expect(again.get('xero:line:a')).toBe(ids.get('xero:line:a'));
    const written = await tool.sovLines(PROJECT, id);
    expect(written.map(({ originId, amount }) => [originId, amount.toFixed(2)])).toEqual([
      ['xero:line:a', '12.00'],
      ['xero:line:b', '-0.05'],
    ]);
    await tool.deleteSovLine(PROJECT, id, ids.get('xero:line:b')!);
    await tool.deleteSovLine(PROJECT, id, ids.get('xero:line:b')!);
    expect(await tool.sovLines(PROJECT, id)).toHaveLength(1);
  });

  it('may be booked on a WBS code', async () => {
    const { tool } = company;
    const id = await tool.syncCommitment(PROJECT, header(await vendorInProject()));
    const [code] = await tool.wbsCodes(PROJECT);
    await tool.syncSovLines(PROJECT, id, [
      { ...(await line(company, 'a', '5')), target: { wbsCodeId: code!.id } },
    ]);
    expect(company.project.contracts.get(Number(id))?.lines[0]?.wbs_code_id).toBe(Number(code!.id));
  });

  it('go in batches of a thousand', async () => {
    const { tool } = company;
    const id = await tool.syncCommitment(PROJECT, header(await vendorInProject()));
    const one = await line(company, 'a', '1');
    const lines = Array.from({ length: 1001 }, (_, number) => ({ ...one, originId: `xero:line:${number}` }));
    expect((await tool.syncSovLines(PROJECT, id, lines)).size).toBe(1001);
    expect(company.calls(`PATCH ${CONTRACTS}/{purchase_order_contract_id}/line_items/sync`)).toBe(2);
  });

  it('that Procore refuses are named by their origin', async () => {
    const { tool } = company;
    const id = await tool.syncCommitment(PROJECT, header(await vendorInProject()));
    const good = await line(company, 'good', '1');
    const bad = { ...good, originId: 'xero:line:bad', target: { wbsCodeId: '999' } };
    await expect(tool.syncSovLines(PROJECT, id, [good, bad])).rejects.toMatchObject({
      name: 'ProcoreRefused',
      status: 200,
      message: expect.stringContaining('xero:line:bad'),
    });
  });

  it('are locked while the commitment is approved', async () => {
    const { id, lines } = await commit(company, ['100']);
    await expect(company.tool.syncSovLines(PROJECT, id, lines)).rejects.toMatchObject({
      name: 'ProcoreRefused',
      fields: { base: [expect.stringContaining('locked')] },
    });
  });
});

describe('a requisition', () => {
  it('is made as a draft and found again', async () => {
    const commitment = await commit(company, ['100', '50.25']);
    const wanted = await requisitionOf(company, commitment, ['100', '50.25']);
    const made = await company.tool.createRequisition(PROJECT, wanted);
    expect(made).toMatchObject({
      commitmentId: commitment.id,
      invoiceNumber: 'PO-0107',
      status: 'draft',
      originData: '{"order":"1"}',
    });
    expect(await company.tool.requisitions(PROJECT, commitment.id)).toEqual([made]);
    const items = await company.tool.requisitionItems(PROJECT, made.id);
    expect(items.map(({ sovLineId, amount }) => [sovLineId, amount.toFixed(2)])).toEqual([
      [commitment.lineIds[0], '100.00'],
      [commitment.lineIds[1], '50.25'],
    ]);
  });

  it('is listed for its own commitment alone', async () => {
    const commitment = await commit(company, ['100']);
    await company.tool.createRequisition(PROJECT, await requisitionOf(company, commitment, ['1']));
    expect(await company.tool.requisitions(PROJECT, '12')).toEqual([]);
  });

  it('takes new amounts and can be removed, twice', async () => {
    const { tool } = company;
    const commitment = await commit(company, ['100']);
    const { id } = await tool.createRequisition(PROJECT, await requisitionOf(company, commitment, ['100']));
    const [item] = await tool.requisitionItems(PROJECT, id);
    await tool.setRequisitionItems(PROJECT, id, [{ ...item!, amount: money('33.33') }]);
    expect((await tool.requisitionItems(PROJECT, id))[0]?.amount.toFixed(2)).toBe('33.33');
    await tool.deleteRequisition(PROJECT, id);
    await tool.deleteRequisition(PROJECT, id);
    expect(await tool.requisitions(PROJECT, commitment.id)).toEqual([]);
  });
});

describe('writes on a bad line', () => {
  it('are repeated where their origin makes that safe, and save one record', async () => {
    company.sandbox.faults.add({ path: '/rest/v1.0/vendors/sync', effect: { drop: 'after' }, times: 1 });
    const id = await company.tool.syncVendor({ originId: 'xero:contact:1', name: 'Acme Supply' });
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
    expect(await company.tool.requisitions(PROJECT, commitment.id)).toHaveLength(1);
  });

  it('end well where only the answer of a deletion was lost', async () => {
    const id = await company.tool.syncCommitment(PROJECT, header(await vendorInProject()));
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

describe('the company of the connection', () => {
  it('goes with every call', async () => {
    await expect(company.connector({ companyId: '12' }).costTypes()).rejects.toMatchObject({
      name: 'Stop',
      code: 'procore-wrong-company',
    });
    expect(await company.connector({ companyId: String(COMPANY) }).costTypes()).toHaveLength(2);
  });
});
