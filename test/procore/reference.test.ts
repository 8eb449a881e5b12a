import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Company } from './company.ts';
import { COMPANY, closeCompany, openCompany, PROJECT } from './company.ts';

let company: Company;

beforeEach(async () => {
  company = await openCompany();
});

afterEach(() => closeCompany(company));

describe('reference data', () => {
  it('names cost codes, cost types, WBS codes and billing periods', async () => {
    const { tool } = company;
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

  it('tells which projects may be seen, closed ones among them', async () => {
    const { tool, people } = company;
    const riverside = { id: PROJECT, name: 'Riverside', number: '2026-01' };
    expect(await tool.projects()).toEqual([{ ...riverside, active: true }]);
    people.setProjectActive(Number(PROJECT), false);
    expect(await tool.projects()).toEqual([{ ...riverside, active: false }]);
    expect(await tool.permittedProjects()).toEqual(new Set([PROJECT]));
  });

  it('tells inactive vendors from the others', async () => {
    const { tool, people } = company;
    const [first] = await tool.vendors();
    people.setVendorActive(Number(first!.id), false);
    expect(await tool.inactiveVendors()).toEqual([first]);
    expect(await tool.vendors()).not.toContainEqual(first);
    people.setVendorActive(Number(first!.id), true);
    expect(await tool.inactiveVendors()).toEqual([]);
  });

  it('names segments, units of measure, tax codes and budget views', async () => {
    const { tool } = company;
    expect(await tool.segments(PROJECT)).toMatchObject([
      { type: 'cost_code', name: 'Cost Code', required: true },
      { type: 'line_item_type', name: 'Cost Type', required: true },
    ]);
    expect(await tool.unitsOfMeasure()).toEqual([{ id: expect.any(String), name: 'ls' }]);
    expect(await tool.taxCodes()).toEqual([{ id: expect.any(String), code: 'GST', archived: false }]);
    expect(await tool.budgetViews(PROJECT)).toEqual([
      { id: expect.any(String), name: 'Procore Standard Budget' },
    ]);
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
