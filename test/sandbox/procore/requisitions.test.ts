import { afterEach, describe, expect, it } from '@jest/globals';
import type { ProcoreSandbox } from '../../../lib/sandbox/procore/server.ts';
import type { Caller } from './open-sandbox.ts';
import { bill, makeContract, openSandbox, seeded } from './open-sandbox.ts';
import { COMPANY, PROJECT } from './sample-company.ts';

let sandbox: ProcoreSandbox;
afterEach(() => sandbox.close());

const SCOPE = `project_id=${PROJECT}`;
const LIST = '/rest/v1.1/requisitions';
const itemsOf = (id: number) => `/rest/v1.0/requisitions/${id}/contract_items?${SCOPE}`;

function change(caller: Caller, contract: { id: number }, id: number, requisition: object) {
  return caller.patch(`${LIST}/${id}?view=items`, {
    project_id: PROJECT,
    commitment_id: contract.id,
    requisition,
  });
}

describe('requisitions', () => {
  it('hold one item for each SOV line; lines that are not billed stay at nothing', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['600', '400'], 'Approved');
    const { status, body } = await bill(caller, contract, ['150.00'], { invoice_number: 'INV-1' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      number: 1,
      status: 'draft',
      invoice_number: 'INV-1',
      previous_requisition_id: null,
      total_claimed_amount: '150.00',
      percent_complete: '15.00',
      summary: { current_payment_due: '150.00', balance_to_finish_including_retainage: '850.00' },
      items: [
        { line_item_id: contract.lines[0], work_completed_this_period: '150.00', scheduled_value: '600.00' },
        { line_item_id: contract.lines[1], work_completed_this_period: '0.00' },
      ],
    });
    expect((await caller.get(itemsOf(body.id))).body).toHaveLength(2);
    const detail = await caller.get(`/rest/v1.0/requisitions/${body.id}/detail?${SCOPE}`);
    expect(detail.body[0]).toMatchObject({ item_number: 1, balance_to_finish: '450.00' });
  });

  it('form a chain in which work adds up period by period', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['600'], 'Approved');
    const first = await bill(caller, contract, ['150']);
    const second = await bill(caller, contract, ['50']);
    expect(second.body).toMatchObject({
      number: 2,
      previous_requisition_id: first.body.id,
      summary: { less_previous_certificates_for_payment: '150.00', current_payment_due: '50.00' },
      items: [
        { work_completed_from_previous_application: '150.00', total_completed_and_stored_to_date: '200.00' },
      ],
    });
  });

  it('keep retainage back from what is due', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['600'], 'Approved', { retainage_percent: '10' });
    const { body } = await bill(caller, contract, ['100']);
    expect(body.summary).toMatchObject({ total_retainage: '10.00', current_payment_due: '90.00' });
    const [item] = body.items;
    const row = {
      id: item.id,
      item_type: 'contract_item',
      work_completed_retainage_retained_this_period: '0',
    };
    const all = await change(caller, contract, body.id, { items: [row] });
    expect(all.body.summary.current_payment_due).toBe('100.00');
  });

  it('bill unit lines by quantity', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const contract = await makeContract(caller, [], 'Draft', { accounting_method: 'unit' });
    const contracts = '/rest/v1.0/purchase_order_contracts';
    const line_item = { quantity: '10', unit_cost: '12.5', wbs_code_id: seeded(sandbox).wbsCode };
    const line = await caller.post(`${contracts}/${contract.id}/line_items`, {
      project_id: PROJECT,
      line_item,
    });
    const approved = { project_id: PROJECT, purchase_order_contract: { status: 'Approved' } };
    await caller.patch(`${contracts}/${contract.id}`, approved);
    const items = [
      { item_type: 'contract_item', line_item_id: line.body.id, work_completed_this_period_quantity: '4' },
    ];
    const { body } = await bill(caller, contract, [], { items });
    expect(body.items[0]).toMatchObject({ work_completed_this_period: '50.00' });
  });

  it('need a line, a period of the project and an approved contract', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const empty = await makeContract(caller, [], 'Approved');
    expect((await bill(caller, empty, [])).body.errors).toEqual({ commitment_id: ['has no line items'] });
    const contract = await makeContract(caller, ['10'], 'Approved');
    expect((await bill(caller, contract, ['5'], { period_id: null })).body.errors).toHaveProperty(
      'period_id',
    );
    expect((await bill(caller, contract, ['5'], { period_id: 1 })).body.errors).toHaveProperty('period_id');
    const draft = await makeContract(caller, ['10']);
    expect((await bill(caller, draft, ['5'])).status).toBe(422);
    expect((await bill(caller, { ...draft, id: 1 }, ['5'])).status).toBe(404);
    expect(seeded(sandbox).project.requisitions.size).toBe(0);
  });

  it('may be made on contracts that are not approved where Procore allows it', async () => {
    const caller = await openSandbox({ unverified: { billingNeedsApprovedContract: false } });
    ({ sandbox } = caller);
    expect((await bill(caller, await makeContract(caller, ['10']), ['5'])).status).toBe(201);
  });

  it('may be limited to one per period, or to none after a draft, or to items for every line', async () => {
    for (const unverified of [{ severalRequisitionsPerPeriod: false }, { requisitionAfterDraft: false }]) {
      const caller = await openSandbox({ unverified });
      const contract = await makeContract(caller, ['10'], 'Approved');
      expect((await bill(caller, contract, ['5'])).status).toBe(201);
      expect((await bill(caller, contract, ['5'])).status).toBe(422);
      await caller.sandbox.close();
    }
    const caller = await openSandbox({ unverified: { partialItems: false } });
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['10', '20'], 'Approved');
    expect((await bill(caller, contract, ['5'])).status).toBe(422);
    expect((await bill(caller, contract, ['5', '0'])).status).toBe(201);
  });

  it('may bill beyond the scheduled value unless the project forbids it, and then leave nothing behind', async () => {
    let caller = await openSandbox();
    expect((await bill(caller, await makeContract(caller, ['10'], 'Approved'), ['11'])).status).toBe(201);
    await caller.sandbox.close();
    caller = await openSandbox({}, { overBilling: false });
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['10'], 'Approved');
    expect((await bill(caller, contract, ['11'])).status).toBe(422);
    expect(seeded(sandbox).project.requisitions.size).toBe(0);
    expect((await bill(caller, contract, ['10'])).status).toBe(201);
  });

  it('take negative work, unless Procore should refuse it', async () => {
    let caller = await openSandbox();
    expect((await bill(caller, await makeContract(caller, ['10'], 'Approved'), ['-1'])).status).toBe(201);
    await caller.sandbox.close();
    caller = await openSandbox({ unverified: { negativeAmounts: false } });
    ({ sandbox } = caller);
    expect((await bill(caller, await makeContract(caller, ['10'], 'Approved'), ['-1'])).status).toBe(422);
  });

  it('change item by item, by the id of the item and not of the line', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['10', '20'], 'Approved');
    const { id } = (await bill(caller, contract, ['5'])).body;
    const [, second] = (await caller.get(itemsOf(id))).body;
    const bulk = `/rest/v1.0/requisitions/${id}/bulk_item_update?${SCOPE}`;
    const row = { id: second.id, item_type: 'contract_item', work_completed_this_period: '7' };
    const done = await caller.patch(bulk, { requisition_items: [row] });
    expect([done.status, done.body]).toEqual([200, '']);
    const wrong = { ...row, id: contract.lines[1], work_completed_this_period: '9' };
    expect(
      (await caller.patch(bulk, { requisition_items: [{ ...row, work_completed_this_period: '8' }, wrong] }))
        .status,
    ).toBe(422);
    const rows = (await caller.get(itemsOf(id))).body;
    expect(rows.map((one: { work_completed_this_period: string }) => one.work_completed_this_period)).toEqual(
      ['5.00', '7.00'],
    );
  });

  it('are found by commitment, status, period, origin_id and place in the chain, thirty to a page', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['10'], 'Approved');
    const other = await makeContract(caller, ['10'], 'Approved');
    const first = await bill(caller, contract, ['1'], { status: 'approved', origin_id: 'bill:1' });
    const last = await bill(caller, contract, ['2']);
    await bill(caller, other, ['3']);
    const { period } = seeded(sandbox);
    for (const [filters, ids] of [
      [`filters[commitment_id]=${contract.id}`, [first.body.id, last.body.id]],
      [`filters[commitment_id]=${contract.id}&filters[is_last]=true`, [last.body.id]],
      [`filters[status]=approved&filters[period_id]=${period}`, [first.body.id]],
      ['filters[origin_id]=bill:1', [first.body.id]],
    ] as const) {
      const { body, headers } = await caller.get(`${LIST}?${SCOPE}&${filters}`);
      expect(body.map(({ id }: { id: number }) => id)).toEqual(ids);
      expect(headers.get('Per-Page')).toBe('30');
      expect(body[0]).not.toHaveProperty('items');
    }
  });

  it('are frozen by an origin_id until it is taken away again', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['10'], 'Approved');
    const { id } = (await bill(caller, contract, ['5'])).body;
    expect((await change(caller, contract, id, { status: 'approved', origin_id: 'bill:1' })).status).toBe(
      200,
    );
    const [item] = (await caller.get(itemsOf(id))).body;
    const requisition_items = [{ id: item.id, item_type: 'contract_item', work_completed_this_period: '6' }];
    const bulk = `/rest/v1.0/requisitions/${id}/bulk_item_update?${SCOPE}`;
    expect((await change(caller, contract, id, { status: 'draft' })).status).toBe(422);
    expect((await caller.patch(bulk, { requisition_items })).status).toBe(422);
    expect((await caller.delete(`${LIST}/${id}?${SCOPE}`)).status).toBe(422);
    expect((await change(caller, contract, id, { origin_id: null })).status).toBe(200);
    expect((await caller.patch(bulk, { requisition_items })).status).toBe(200);
  });

  it('stay frozen for good where Procore does not unlock them', async () => {
    const caller = await openSandbox({ unverified: { requisitionsUnlock: false } });
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['10'], 'Approved');
    const { id } = (await bill(caller, contract, ['5'], { origin_id: 'bill:1' })).body;
    expect((await change(caller, contract, id, { origin_id: null })).status).toBe(422);
  });

  it('take no other change in the call that locks or unlocks them, where Procore turns out so strict', async () => {
    const unverified = { requisitionStamp: 'origin-first-locks', unlocksTakeChanges: false } as const;
    const caller = await openSandbox({ unverified });
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['10'], 'Approved');
    const { id } = (await bill(caller, contract, ['5'])).body;
    const statusOf = async (fields: object) => (await change(caller, contract, id, fields)).status;
    expect(await statusOf({ status: 'approved', origin_id: 'bill:1' })).toBe(422);
    expect(await statusOf({ origin_id: 'bill:1', origin_data: '{}' })).toBe(200);
    expect(await statusOf({ status: 'draft', origin_id: null })).toBe(422);
    expect(await statusOf({ origin_id: null })).toBe(200);
    expect(await statusOf({ status: 'approved' })).toBe(200);
  });

  it('take no due date once they are locked, where Procore turns out so strict', async () => {
    const caller = await openSandbox({ unverified: { lockedTakeDueDate: false } });
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['10'], 'Approved');
    const { id } = (await bill(caller, contract, ['5'], { origin_id: 'bill:1' })).body;
    const path = `/rest/v2.0/companies/${COMPANY}/projects/${PROJECT}/requisitions/${id}/payment_details`;
    expect((await caller.patch(path, { due_date: '2026-02-20' })).status).toBe(422);
  });

  it('are deleted from the end of the chain only, through either version', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['10'], 'Approved');
    const first = (await bill(caller, contract, ['1'])).body.id;
    const last = (await bill(caller, contract, ['2'])).body.id;
    expect((await caller.delete(`${LIST}/${first}?${SCOPE}`)).status).toBe(422);
    expect((await caller.delete(`${LIST}/${last}?${SCOPE}`)).status).toBe(200);
    expect((await caller.delete(`/rest/v1.0/requisitions/${first}?${SCOPE}`)).status).toBe(200);
    expect((await caller.get(`${LIST}/${first}?${SCOPE}`)).status).toBe(404);
  });

  it('take a due date through v2.0', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const { id } = (await bill(caller, await makeContract(caller, ['10'], 'Approved'), ['1'])).body;
    const path = `/rest/v2.0/companies/${COMPANY}/projects/${PROJECT}/requisitions/${id}/payment_details`;
    expect((await caller.patch(path, { due_date: '2026-02-20' })).body).toEqual({
      data: { due_date: '2026-02-20' },
    });
  });
});
