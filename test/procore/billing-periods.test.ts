import { afterEach, describe, expect, it } from '@jest/globals';
import type { Company } from './company.ts';
import { closeCompany, openCompany, PROJECT } from './company.ts';

let company: Company;

afterEach(() => closeCompany(company));

const DECEMBER = { start: '2026-12-01', end: '2026-12-31', dueDate: '2027-01-05' };

describe('a billing period', () => {
  it('is made beside the others', async () => {
    company = await openCompany();
    const { tool } = company;
    const made = await tool.createBillingPeriod(PROJECT, { ...DECEMBER, status: 'closed' });
    expect(made).toMatchObject({ ...DECEMBER, status: 'closed' });
    const periods = await tool.billingPeriods(PROJECT);
    expect(periods.map(({ start, status }) => [start, status])).toEqual([
      ['2026-10-01', 'closed'],
      ['2026-11-01', 'open'],
      ['2026-12-01', 'closed'],
    ]);
    expect(periods.at(-1)).toEqual(made);
  });

  it('is refused in the words of Procore where it overlaps', async () => {
    company = await openCompany();
    const early = { ...DECEMBER, start: '2026-11-15', status: 'closed' as const };
    await expect(company.tool.createBillingPeriod(PROJECT, early)).rejects.toMatchObject({
      name: 'ProcoreRefused',
      fields: { base: ['Billing periods cannot overlap'] },
    });
  });
});
