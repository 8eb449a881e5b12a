import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Company } from './company.ts';
import { closeCompany, openCompany, PROJECT, vendorInProject } from './company.ts';

let company: Company;

beforeEach(async () => {
  company = await openCompany();
});

afterEach(() => closeCompany(company));

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
    const vendorId = await vendorInProject(company);
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
