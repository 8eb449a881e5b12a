import { afterEach, describe, expect, it } from '@jest/globals';
import { money } from '../../lib/core/money.ts';
import type { Company } from './company.ts';
import { closeCompany, commit, openCompany, PROJECT, requisitionOf } from './company.ts';

let company: Company;

afterEach(() => closeCompany(company));

/** A company with a commitment that is billed. */
async function billed(options: Parameters<typeof openCompany>[0] = {}) {
  company = await openCompany(options);
  const commitment = await commit(company, ['100']);
  const wanted = await requisitionOf(company, commitment, ['100']);
  const requisition = await company.tool.createRequisition(PROJECT, wanted);
  const payment = {
    originId: 'xero:payment:1',
    amount: money('40.5'),
    date: '2026-11-20',
    requisitionId: requisition.id,
    invoiceNumber: 'HC-5512',
  };
  return { ...company, commitment, payment };
}

describe('a payment on a commitment', () => {
  it('is made with its origin and found by it', async () => {
    const { tool, project, commitment, payment } = await billed();
    const id = await tool.createContractPayment(PROJECT, commitment.id, { ...payment, notes: 'Cheque run' });
    const [read] = await tool.contractPayments(PROJECT, commitment.id);
    expect({ ...read, amount: read!.amount.toFixed(2) }).toEqual({ id, ...payment, amount: '40.50' });
    expect(project.payments.get(Number(id))).toMatchObject({
      payment_method: 'electronic',
      notes: 'Cheque run',
    });
  });

  it('is not made a second time where only the answer was lost', async () => {
    const { tool, sandbox, commitment, payment } = await billed();
    const path = '/rest/v1.0/contract_payments';
    sandbox.faults.add({ method: 'POST', path, effect: { drop: 'after' }, times: 1 });
    await expect(tool.createContractPayment(PROJECT, commitment.id, payment)).rejects.toMatchObject({
      name: 'RetryLater',
    });
    expect(await tool.contractPayments(PROJECT, commitment.id)).toMatchObject([
      { originId: payment.originId },
    ]);
  });

  it('is unlocked to be removed, and may be gone already', async () => {
    const { tool, commitment, payment } = await billed();
    const id = await tool.createContractPayment(PROJECT, commitment.id, payment);
    await tool.deleteContractPayment(PROJECT, commitment.id, id);
    await tool.deleteContractPayment(PROJECT, commitment.id, id);
    expect(await tool.contractPayments(PROJECT, commitment.id)).toEqual([]);
    await tool.createContractPayment(PROJECT, commitment.id, payment);
  });

  it('stays where Procore never gives an origin back', async () => {
    const { tool, commitment, payment } = await billed({ unverified: { paymentsUnlock: false } });
    const id = await tool.createContractPayment(PROJECT, commitment.id, payment);
    await expect(tool.deleteContractPayment(PROJECT, commitment.id, id)).rejects.toMatchObject({
      name: 'ProcoreRefused',
      fields: { base: [expect.stringContaining('synced')] },
    });
    expect(await tool.contractPayments(PROJECT, commitment.id)).toHaveLength(1);
  });

  it('is refused with the field where it names an invoice of another commitment', async () => {
    const { tool, commitment, payment } = await billed();
    const foreign = { ...payment, requisitionId: '12' };
    await expect(tool.createContractPayment(PROJECT, commitment.id, foreign)).rejects.toMatchObject({
      name: 'ProcoreRefused',
      fields: { requisition_id: [expect.any(String)] },
    });
  });
});
