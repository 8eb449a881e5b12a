import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { money } from '../../lib/core/money.ts';
import type { Company } from './company.ts';
import { closeCompany, commit, header, openCompany, PROJECT, syncOne, vendorInProject } from './company.ts';

let company: Company;

beforeEach(async () => {
  company = await openCompany();
});

afterEach(() => closeCompany(company));

describe('a commitment', () => {
  it('starts as a draft by amount, without retainage, with its origin', async () => {
    const vendorId = await vendorInProject(company);
    const id = await syncOne(company, header(vendorId));
    expect(await company.tool.commitment(PROJECT, id)).toEqual({
      id,
      number: 'PO-0107',
      title: 'Hudson Concrete PO-0107',
      status: 'Draft',
      vendorId,
      originId: 'xero:po:1:7000000101',
      total: money('0'),
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
    expect(await syncOne(company, header(vendorId, { title: 'Renamed' }))).toBe(id);
    expect(await company.tool.commitment(PROJECT, id)).toMatchObject({
      status: 'Approved',
      title: 'Renamed',
    });
  });

  it('opens for invoices and payments and closes the subcontractor SOV', async () => {
    const id = await syncOne(company, header(await vendorInProject(company)));
    await company.tool.allowInvoicing(PROJECT, id);
    expect(company.project.contracts.get(Number(id))).toMatchObject({
      allow_payment_applications: true,
      allow_payments: true,
      enable_ssov: false,
    });
  });

  it('is gone after deletion, and may be deleted twice', async () => {
    const { tool } = company;
    const id = await syncOne(company, header(await vendorInProject(company)));
    await tool.deleteCommitment(PROJECT, id);
    await tool.deleteCommitment(PROJECT, id);
    expect(await tool.commitment(PROJECT, id)).toBeUndefined();
  });

  it('with a number that is taken is refused in the words of Procore', async () => {
    const vendorId = await vendorInProject(company);
    await syncOne(company, header(vendorId));
    const twin = header(vendorId, { originId: 'xero:po:2:7000000101' });
    await expect(syncOne(company, twin)).rejects.toMatchObject({
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
