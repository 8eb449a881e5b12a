import { afterEach, describe, expect, it } from '@jest/globals';
import type { ProcoreSandbox } from '../../../lib/sandbox/procore/server.ts';
import { bill, makeContract, openSandbox, seeded } from './open-sandbox.ts';
import { PROJECT, SEGMENTED_PROJECT } from './sample-company.ts';

let sandbox: ProcoreSandbox;
afterEach(() => sandbox.close());

const SCOPE = `project_id=${PROJECT}`;
const CONTRACTS = '/rest/v1.0/purchase_order_contracts';
const linesOf = (contract: { id: number }) => `${CONTRACTS}/${contract.id}/line_items`;
const bodyOf = (line_item: object) => ({ project_id: PROJECT, line_item });

describe('lines of a schedule of values', () => {
  it('are booked on cost code and cost type, or on a WBS code, with amounts rounded to the cent', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const { concrete, materials, wbsCode } = seeded(sandbox);
    const contract = await makeContract(caller, []);
    const coding = { cost_code_id: String(concrete), line_item_type_id: materials };
    const byCode = await caller.post(linesOf(contract), bodyOf({ amount: 10.005, ...coding }));
    expect(byCode.status).toBe(201);
    expect(byCode.body).toMatchObject({
      amount: '10.01',
      wbs_code: { id: wbsCode, flat_code: '03-300.M' },
      cost_code: { id: concrete, full_code: '03-300' },
    });
    const byWbs = await caller.post(linesOf(contract), bodyOf({ amount: '7', wbs_code_id: wbsCode }));
    expect(byWbs.body.cost_code.id).toBe(concrete);
    expect((await caller.get(`${linesOf(contract)}?${SCOPE}`)).body).toHaveLength(2);
  });

  it('refuse headings, codes of other projects, no code at all and unknown types', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const { heading, steel, materials } = seeded(sandbox);
    const contract = await makeContract(caller, []);
    for (const [coding, field] of [
      [{ cost_code_id: heading, line_item_type_id: materials }, 'cost_code_id'],
      [{ cost_code_id: 1, line_item_type_id: materials }, 'cost_code_id'],
      [{ cost_code_id: steel, line_item_type_id: 1 }, 'line_item_type_id'],
      [{ cost_code_id: steel }, 'line_item_type_id'],
      [{ wbs_code_id: 1 }, 'wbs_code_id'],
      [{}, 'wbs_code_id'],
    ] as const) {
      const { status, body } = await caller.post(linesOf(contract), bodyOf({ amount: '1', ...coding }));
      expect([status, Object.keys(body.errors)]).toEqual([422, [field]]);
    }
  });

  it('need a whole WBS code where the project has a required segment more', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const project_id = SEGMENTED_PROJECT;
    const { body } = await caller.post(CONTRACTS, {
      project_id,
      purchase_order_contract: { title: 'Works' },
    });
    const { company, materials } = seeded(sandbox);
    const [code] = company.projects.get(project_id)!.costCodes.values();
    const line_item = { amount: '1', cost_code_id: code!.id, line_item_type_id: materials };
    const refused = await caller.post(linesOf(body), { project_id, line_item });
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: { wbs_code_id: [expect.stringMatching('Building')] } },
    });
  });

  it('multiply quantity and price on unit contracts', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const { wbsCode } = seeded(sandbox);
    const contract = await makeContract(caller, [], 'Draft', { accounting_method: 'unit' });
    const line = { quantity: '3', unit_cost: '2.5', uom: 'm3', wbs_code_id: wbsCode };
    expect((await caller.post(linesOf(contract), bodyOf(line))).body.amount).toBe('7.50');
    const manual = { ...line, extended_type: 'manual', amount: '7' };
    expect((await caller.post(linesOf(contract), bodyOf(manual))).body.amount).toBe('7.00');
  });

  it('come and change in a sync that keeps what is wrong apart', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const { wbsCode } = seeded(sandbox);
    const contract = await makeContract(caller, []);
    const good = { origin_id: 'l:1', amount: '5', wbs_code_id: wbsCode };
    const bad = { origin_id: 'l:2', amount: 'five', wbs_code_id: wbsCode };
    const path = `${linesOf(contract)}/sync?${SCOPE}`;
    const first = await caller.patch(path, { updates: [good, bad] });
    expect(first.body).toMatchObject({
      entities: [{ origin_id: 'l:1', amount: '5.00' }],
      errors: [{ ...bad, errors: { amount: ['is not a number'] } }],
    });
    const again = await caller.patch(path, { updates: [{ origin_id: 'l:1', amount: '6' }] });
    expect(again.body.entities).toMatchObject([{ id: first.body.entities[0].id, amount: '6.00' }]);
  });

  it('are locked while the contract is approved', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const { wbsCode } = seeded(sandbox);
    const contract = await makeContract(caller, ['10'], 'Approved');
    const line = `${linesOf(contract)}/${contract.lines[0]}`;
    expect((await caller.patch(line, bodyOf({ amount: '11' }))).status).toBe(422);
    expect((await caller.delete(`${line}?${SCOPE}`)).status).toBe(422);
    const added = { amount: '1', wbs_code_id: wbsCode, origin_id: 'l:3' };
    expect((await caller.post(linesOf(contract), bodyOf(added))).status).toBe(422);
    const synced = await caller.patch(`${linesOf(contract)}/sync?${SCOPE}`, { updates: [added] });
    expect(synced.body.errors).toMatchObject([{ ...added, errors: { base: [expect.any(String)] } }]);
  });

  it('stay editable where the project says so, but not on contracts of another system', async () => {
    const caller = await openSandbox({}, { alwaysEditableSov: true });
    ({ sandbox } = caller);
    const own = await makeContract(caller, ['10'], 'Approved');
    const synced = await makeContract(caller, ['10'], 'Approved', { origin_id: 'po:1' });
    expect((await caller.patch(`${linesOf(own)}/${own.lines[0]}`, bodyOf({ amount: '11' }))).status).toBe(
      200,
    );
    expect(
      (await caller.patch(`${linesOf(synced)}/${synced.lines[0]}`, bodyOf({ amount: '11' }))).status,
    ).toBe(422);
  });

  it('neither go below what is invoiced nor away, once the invoice is more than a draft', async () => {
    const caller = await openSandbox({}, { alwaysEditableSov: true });
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['100'], 'Approved');
    const line = `${linesOf(contract)}/${contract.lines[0]}`;
    const { body } = await bill(caller, contract, ['60']);
    expect((await caller.patch(line, bodyOf({ amount: '50' }))).status).toBe(200);
    await caller.patch(line, bodyOf({ amount: '100' }));
    sandbox.people(7_000_000_001).setRequisitionStatus(body.id, 'approved');
    expect((await caller.patch(line, bodyOf({ amount: '59.99' }))).status).toBe(422);
    expect((await caller.patch(line, bodyOf({ amount: '60' }))).status).toBe(200);
    expect((await caller.delete(`${line}?${SCOPE}`)).status).toBe(422);
  });

  it('leave draft invoices when they are deleted, and join new ones only where Procore does so', async () => {
    for (const newLinesJoinDrafts of [false, true]) {
      const caller = await openSandbox({ unverified: { newLinesJoinDrafts } }, { alwaysEditableSov: true });
      ({ sandbox } = caller);
      const contract = await makeContract(caller, ['100', '50'], 'Approved');
      const { body } = await bill(caller, contract, ['60', '50']);
      await caller.delete(`${linesOf(contract)}/${contract.lines[0]}?${SCOPE}`);
      await caller.post(linesOf(contract), bodyOf({ amount: '7', wbs_code_id: seeded(sandbox).wbsCode }));
      const items = await caller.get(`/rest/v1.0/requisitions/${body.id}/contract_items?${SCOPE}`);
      const values = items.body.map((item: { scheduled_value: string }) => item.scheduled_value);
      expect(values).toEqual(newLinesJoinDrafts ? ['50.00', '7.00'] : ['50.00']);
      if (!newLinesJoinDrafts) await sandbox.close();
    }
  });

  it('are held by drafts too where Procore counts them', async () => {
    const caller = await openSandbox({ unverified: { draftsHoldLines: true } }, { alwaysEditableSov: true });
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['100'], 'Approved');
    await bill(caller, contract, ['60']);
    expect((await caller.delete(`${linesOf(contract)}/${contract.lines[0]}?${SCOPE}`)).status).toBe(422);
  });
});
