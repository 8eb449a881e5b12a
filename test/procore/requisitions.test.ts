import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { money } from '../../lib/core/money.ts';
import type { Company } from './company.ts';
import { closeCompany, commit, openCompany, PROJECT, requisitionOf } from './company.ts';

let company: Company;

beforeEach(async () => {
  company = await openCompany();
});

afterEach(() => closeCompany(company));

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
