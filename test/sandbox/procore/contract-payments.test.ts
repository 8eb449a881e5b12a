import { afterEach, describe, expect, it } from '@jest/globals';
import type { ProcoreSandbox } from '../../../lib/sandbox/procore/server.ts';
import { bill, makeContract, openSandbox } from './open-sandbox.ts';
import { PROJECT } from './sample-company.ts';

let sandbox: ProcoreSandbox;
afterEach(() => sandbox.close());

const PAYMENTS = '/rest/v1.0/contract_payments';
const bodyOf = (contract: { id: number }, contract_payment: object) => ({
  project_id: PROJECT,
  contract_id: contract.id,
  contract_payment,
});
const scopeOf = (contract: { id: number }) => `project_id=${PROJECT}&contract_id=${contract.id}`;

describe('payments on a contract', () => {
  it('are made with an invoice of the contract and listed there', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['10'], 'Approved');
    const other = await makeContract(caller, ['10'], 'Approved');
    const requisition_id = (await bill(caller, contract, ['5'])).body.id;
    const payment = { amount: '5', date: '2026-02-01', payment_method: 'electronic', requisition_id };
    const { status, body } = await caller.post(PAYMENTS, bodyOf(contract, payment));
    expect([status, body.amount, body.requisition_id]).toEqual([201, '5.00', requisition_id]);
    expect((await caller.get(`${PAYMENTS}?${scopeOf(contract)}`)).body).toMatchObject([{ id: body.id }]);
    expect((await caller.get(`${PAYMENTS}?${scopeOf(other)}`)).body).toEqual([]);
    expect((await caller.post(PAYMENTS, bodyOf(other, payment))).status).toBe(422);
    expect((await caller.get(`${PAYMENTS}?project_id=${PROJECT}`)).status).toBe(400);
  });

  it('need a contract with payments switched on, approved, and an amount', async () => {
    const caller = await openSandbox({}, { allowPayments: false });
    const contract = await makeContract(caller, ['10'], 'Approved');
    expect((await caller.post(PAYMENTS, bodyOf(contract, { amount: '5' }))).status).toBe(422);
    await caller.sandbox.close();
    const paying = await openSandbox();
    ({ sandbox } = paying);
    const draft = await makeContract(paying, ['10']);
    expect((await paying.post(PAYMENTS, bodyOf(draft, { amount: '5' }))).status).toBe(422);
    const approved = await makeContract(paying, ['10'], 'Approved');
    expect((await paying.post(PAYMENTS, bodyOf(approved, {}))).status).toBe(422);
  });

  it('take nothing but origin fields once they carry an origin_id', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['10'], 'Approved');
    const { id } = (await caller.post(PAYMENTS, bodyOf(contract, { amount: '5', origin_id: 'payment:1' })))
      .body;
    const path = `${PAYMENTS}/${id}`;
    expect((await caller.patch(path, bodyOf(contract, { amount: '6' }))).status).toBe(422);
    expect((await caller.delete(`${path}?${scopeOf(contract)}`)).status).toBe(422);
    expect((await caller.patch(path, bodyOf(contract, { origin_data: 'voided' }))).status).toBe(200);
    expect((await caller.patch(path, bodyOf(contract, { origin_id: null }))).status).toBe(200);
    expect((await caller.delete(`${path}?${scopeOf(contract)}`)).status).toBe(200);
    expect((await caller.get(`${path}?${scopeOf(contract)}`)).status).toBe(404);
  });

  it('stay for good where Procore does not unlock them', async () => {
    const caller = await openSandbox({ unverified: { paymentsUnlock: false } });
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['10'], 'Approved');
    const payment = bodyOf(contract, { amount: '5', origin_id: 'payment:1' });
    const { id } = (await caller.post(PAYMENTS, payment)).body;
    expect((await caller.patch(`${PAYMENTS}/${id}`, bodyOf(contract, { origin_id: null }))).status).toBe(422);
  });
});
