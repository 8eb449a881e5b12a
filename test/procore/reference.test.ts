import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Company } from './company.ts';
import { COMPANY, closeCompany, openCompany, PROJECT } from './company.ts';

let company: Company;

beforeEach(async () => {
  company = await openCompany();
});

afterEach(() => closeCompany(company));

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

  it('tells which projects may be seen, closed ones among them, which nothing is written to', async () => {
    const { tool, sandbox } = company;
    expect(await tool.permittedProjects()).toEqual(new Set([PROJECT]));
    sandbox.companies.get(COMPANY)!.projects.get(Number(PROJECT))!.active = false;
    expect([await tool.projects(), await tool.permittedProjects()]).toEqual([[], new Set([PROJECT])]);
  });

  it('is read to its last page', async () => {
    for (let number = 0; number < 1005; number += 1) company.people.addVendor({ name: `Vendor ${number}` });
    expect(new Set((await company.tool.vendors()).map(({ id }) => id)).size).toBe(1007);
    expect(company.calls('GET /rest/v1.0/vendors')).toBe(2);
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
