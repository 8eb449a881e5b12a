import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { money } from '../../lib/core/money.ts';
import { startLoopback } from '../support/loopback.ts';
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
      number: 1,
      periodId: wanted.periodId,
      billingDate: '2026-11-02',
    });
    expect(await company.tool.requisitions(PROJECT, [commitment.id])).toEqual([made]);
    expect(made.items.map(({ sovLineId, amount }) => [sovLineId, amount.toFixed(2)])).toEqual([
      [commitment.lineIds[0], '100.00'],
      [commitment.lineIds[1], '50.25'],
    ]);
  });

  it('is listed for its own commitment alone', async () => {
    const commitment = await commit(company, ['100']);
    await company.tool.createRequisition(PROJECT, await requisitionOf(company, commitment, ['1']));
    expect(await company.tool.requisitions(PROJECT, ['12'])).toEqual([]);
  });

  it('takes new amounts and can be removed, twice', async () => {
    const { tool } = company;
    const commitment = await commit(company, ['100']);
    const wanted = await requisitionOf(company, commitment, ['100']);
    const { id, items } = await tool.createRequisition(PROJECT, wanted);
    const change = { items: [{ id: items[0]!.id, amount: money('33.33') }] };
    const changed = await tool.updateRequisition(PROJECT, commitment.id, id, change);
    expect(changed.items.map(({ amount }) => amount.toFixed(2))).toEqual(['33.33']);
    await tool.deleteRequisition(PROJECT, id);
    await tool.deleteRequisition(PROJECT, id);
    expect(await tool.requisitions(PROJECT, [commitment.id])).toEqual([]);
  });

  it('tells what its lines are worth, and what was billed before', async () => {
    const { tool } = company;
    const commitment = await commit(company, ['100', '50']);
    await tool.createRequisition(PROJECT, await requisitionOf(company, commitment, ['30', '0']));
    const { items } = await tool.createRequisition(
      PROJECT,
      await requisitionOf(company, commitment, ['70', '-5']),
    );
    const figures = items.map((item) => [item.amount, item.scheduled, item.previously].map(String));
    expect(figures).toEqual([
      ['70', '100', '30'],
      ['-5', '50', '0'],
    ]);
  });

  it('takes those changes alone that are named', async () => {
    const { tool, project } = company;
    const commitment = await commit(company, ['100']);
    const wanted = await requisitionOf(company, commitment, ['100']);
    const { id, items } = await tool.createRequisition(PROJECT, wanted);
    const change = { invoiceNumber: 'HC-5512', items: [{ id: items[0]!.id, amount: money('80') }] };
    await tool.updateRequisition(PROJECT, commitment.id, id, change);
    expect(project.requisitions.get(Number(id))).toMatchObject({
      invoice_number: 'HC-5512',
      status: 'draft',
      requisition_start: '2026-11-01',
      origin_data: '{"order":"1"}',
      items: [{ work_completed_this_period: '80.00' }],
    });
    const periods = await tool.billingPeriods(PROJECT);
    const october = periods.find(({ status }) => status === 'closed')!;
    await tool.updateRequisition(PROJECT, commitment.id, id, {
      periodId: october.id,
      start: october.start,
      end: october.end,
      billingDate: '2026-10-30',
      paymentDate: '2026-11-20',
      originData: '{"bill":"1"}',
    });
    expect(project.requisitions.get(Number(id))).toMatchObject({
      period_id: Number(october.id),
      requisition_start: '2026-10-01',
      requisition_end: '2026-10-31',
      billing_date: '2026-10-30',
      payment_date: '2026-11-20',
      origin_data: '{"bill":"1"}',
    });
  });

  it('is approved and locked in one call, and unlocked by taking its origin away', async () => {
    const { tool } = company;
    const commitment = await commit(company, ['100']);
    const { id } = await tool.createRequisition(PROJECT, await requisitionOf(company, commitment, ['100']));
    const change = (fields: Parameters<typeof tool.updateRequisition>[3]) =>
      tool.updateRequisition(PROJECT, commitment.id, id, fields);
    await change({ status: 'approved', originId: 'xero:bill:1' });
    await expect(change({ billingDate: '2026-11-03' })).rejects.toMatchObject({
      name: 'ProcoreRefused',
      status: 422,
      fields: { base: [expect.stringContaining('synced')] },
    });
    await change({ originId: null });
    await change({ status: 'draft', billingDate: '2026-11-03' });
    const [read] = await tool.requisitions(PROJECT, [commitment.id]);
    expect(read).toMatchObject({ status: 'draft', billingDate: '2026-11-03' });
    expect(read).not.toHaveProperty('originId');
  });

  describe.each(['with-changes', 'origin-first-locks'] as const)('where stamps are read as %s', (stamp) => {
    const approving = async () => {
      await closeCompany(company);
      company = await openCompany({ unverified: { requisitionStamp: stamp } });
      const { tool } = company;
      const commitment = await commit(company, ['100']);
      const wanted = await requisitionOf(company, commitment, ['60']);
      const { id } = await tool.createRequisition(PROJECT, wanted);
      const change = { invoiceNumber: 'HC-1', originId: 'xero:bill:1' };
      return { id, approve: () => tool.approveRequisition(PROJECT, commitment.id, id, change) };
    };

    it('is approved with its number and stamped', async () => {
      const { id, approve } = await approving();
      await approve();
      expect(company.project.requisitions.get(Number(id))).toMatchObject({
        status: 'approved',
        invoice_number: 'HC-1',
        origin_id: 'xero:bill:1',
      });
    });

    it('is approved once where the answer was lost', async () => {
      const { id, approve } = await approving();
      const path = '/rest/v1.1/requisitions/{id}';
      company.sandbox.faults.add({ method: 'PATCH', path, effect: { drop: 'after' }, times: 1 });
      await approve();
      expect(company.project.requisitions.get(Number(id))).toMatchObject({
        status: 'approved',
        origin_id: 'xero:bill:1',
      });
    });
  });

  it('is told when it is to be paid', async () => {
    const { tool, project } = company;
    const commitment = await commit(company, ['100']);
    const { id } = await tool.createRequisition(PROJECT, await requisitionOf(company, commitment, ['100']));
    await tool.setDueDate(PROJECT, id, '2026-12-15');
    expect(project.requisitions.get(Number(id))?.due_date).toBe('2026-12-15');
  });
});

describe('the requisitions of many commitments', () => {
  it('are read with the whole project, a hundred to a call', async () => {
    const { tool } = company;
    const commitment = await commit(company, ['100', '50']);
    for (let number = 0; number < 101; number += 1)
      await tool.createRequisition(PROJECT, await requisitionOf(company, commitment, ['0.01', '0.02']));
    const before = company.calls('GET /rest/v1.1/requisitions');
    const all = await tool.requisitions(PROJECT, [commitment.id, '1', '2', '3', '4']);
    expect(company.calls('GET /rest/v1.1/requisitions') - before).toBe(2);
    expect(all.map(({ number }) => number).sort((a, b) => a! - b!)).toEqual(
      Array.from({ length: 101 }, (_, index) => index + 1),
    );
    expect(all.every(({ items }) => items.length === 2)).toBe(true);
  });

  it('have their rows read one by one where the listing leaves them out, without those of change orders', async () => {
    const requisition = { id: 7, commitment_id: 5, status: 'draft' };
    const rows = [
      { id: 71, item_type: 'contract_item', line_item_id: 9, work_completed_this_period: '12.50' },
      { id: 72, item_type: 'change_order_item', line_item_id: 10, work_completed_this_period: '1.00' },
      { id: 73, item_type: 'whole_change_order_item', work_completed_this_period: '1.00' },
    ];
    const server = await startLoopback(({ path }) => ({
      body: path.endsWith('contract_items') ? rows : [requisition],
    }));
    const tool = company.connector({ apiUrl: server.url });
    const [read] = await tool.requisitions(PROJECT, ['5']);
    await server.close();
    expect(read).toMatchObject({ id: '7', status: 'draft' });
    expect(read!.items.map(({ id, sovLineId, amount }) => [id, sovLineId, String(amount)])).toEqual([
      ['71', '9', '12.5'],
    ]);
  });
});
