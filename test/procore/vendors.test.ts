import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Company } from './company.ts';
import { closeCompany, openCompany, PROJECT, syncVendor, vendorInProject } from './company.ts';

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
    const id = await syncVendor(tool, acme);
    expect(await syncVendor(tool, acme)).toBe(id);
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

  it('are written many at once: each comes back as it then stands, or with why Procore refused it', async () => {
    const { tool } = company;
    const made = await tool.syncVendors([
      { originId: 'xero:contact:1', name: 'Acme Supply', phone: '512 555 0123', city: 'Austin' },
      { originId: 'xero:contact:2', name: 'Hudson Concrete' },
    ]);
    const id = (made.get('xero:contact:1') as { id: string }).id;
    const acme = {
      id,
      originId: 'xero:contact:1',
      name: 'Acme Supply',
      phone: '512 555 0123',
      city: 'Austin',
    };
    expect(made.get('xero:contact:1')).toEqual(acme);
    expect(made.get('xero:contact:2')).toMatchObject({
      name: 'ProcoreRefused',
      fields: { name: ['has already been taken'] },
    });
    expect(await tool.vendorCards([id, '1'])).toEqual(new Map([[id, acme]]));

    const { phone: _, ...without } = acme;
    const changed = {
      originId: 'xero:contact:1',
      name: 'Acme Supply',
      city: 'Austin',
      emptied: ['phone' as const],
    };
    expect(await tool.syncVendors([changed])).toEqual(new Map([['xero:contact:1', without]]));
    expect(company.calls('PATCH /rest/v1.0/vendors/sync')).toBe(2);
  });

  it('go a thousand to a call, and only those stay out of which the whole call is refused', async () => {
    const { tool, sandbox } = company;
    const many = Array.from({ length: 1001 }, (_, index) => ({
      originId: `xero:contact:${index}`,
      name: `Vendor ${index}`,
    }));
    expect((await tool.syncVendors(many)).size).toBe(1001);
    expect(company.calls('PATCH /rest/v1.0/vendors/sync')).toBe(2);
    const path = '/rest/v1.0/vendors/sync';
    sandbox.faults.add({ method: 'PATCH', path, effect: { status: 422 }, times: 3 });
    const outcomes = await tool.syncVendors(many.slice(0, 4));
    expect([...outcomes.values()].map((outcome) => outcome instanceof Error)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('that people deactivated are in a list of their own', async () => {
    const { tool, people } = company;
    const { id } = [...company.company.vendors.values()].find(({ name }) => name === 'Hudson Concrete')!;
    expect(await tool.inactiveVendors()).toEqual([]);
    people.setVendorActive(id, false);
    expect(await tool.inactiveVendors()).toEqual([{ id: String(id), name: 'Hudson Concrete' }]);
    expect((await tool.vendors()).map(({ name }) => name)).not.toContain('Hudson Concrete');
    expect(await tool.vendorCards([String(id)])).toEqual(new Map());
  });

  it('that Procore refuses inside a success are refused', async () => {
    await expect(
      syncVendor(company.tool, { originId: 'xero:contact:2', name: 'Hudson Concrete' }),
    ).rejects.toMatchObject({
      name: 'ProcoreRefused',
      status: 200,
      message: expect.stringContaining('vendor "Hudson Concrete"'),
      fields: { name: [expect.any(String)] },
    });
  });
});
