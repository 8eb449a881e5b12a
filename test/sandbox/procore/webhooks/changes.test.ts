import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../open-sandbox.ts';
import { makeContract, openSandbox, seeded } from '../open-sandbox.ts';
import { COMPANY, PROJECT, SEGMENTED_PROJECT } from '../sample-company.ts';
import { makeHook, V2_COMPANY, V2_PROJECT } from './hooks-of-tests.ts';
import type { Receiver } from './receiver.ts';
import { startReceiver } from './receiver.ts';

let caller: Caller;
let receiver: Receiver;
beforeEach(async () => {
  caller = await openSandbox({ webhooks: 'when-told' });
  receiver = await startReceiver();
});
afterEach(() => Promise.all([caller.sandbox.close(), receiver.close()]));

/** What arrived since the last time, as `resource event id`. */
async function told(): Promise<string[]> {
  await caller.sandbox.webhooks.settle();
  return receiver.arrived
    .splice(0)
    .map(({ body }) => `${body.resource_name} ${body.event_type} ${body.resource_id}`);
}

const listen = (resources: string[], path = V2_PROJECT) =>
  makeHook(caller, resources, { path, url: receiver.url });
const people = () => caller.sandbox.people(COMPANY);

describe('a company tells its hooks', () => {
  it('of vendors that callers and people add or change, and of nothing that stayed as it was', async () => {
    await listen(['Company Vendors'], V2_COMPANY);
    const sync = (updates: object[]) =>
      caller.patch('/rest/v1.0/vendors/sync', { company_id: COMPANY, updates });
    const { entities } = (await sync([{ name: 'Echo Glass', origin_id: 'c:1' }])).body;
    const { id } = people().addVendor({ name: 'Fir Timber' });
    expect(await told()).toEqual([
      `Company Vendors create ${entities[0].id}`,
      `Company Vendors create ${id}`,
    ]);
    people().renameVendor(id, 'Fir Timber Ltd');
    await sync([{ name: 'Echo Glass', origin_id: 'c:1' }]);
    await sync([{ name: '', origin_id: 'c:2' }]);
    expect(await told()).toEqual([`Company Vendors update ${id}`]);
  });

  it('of projects that come, are renamed and become inactive, and of cost types', async () => {
    await listen(['Projects', 'Line Item Types'], V2_COMPANY);
    people().addProject({ id: 7_000_000_900, name: 'Quarry', costCodes: [] });
    people().renameProject(PROJECT, 'Oak Towers');
    people().setProjectActive(PROJECT, false);
    const type = people().addCostType({ code: 'E', name: 'Equipment' });
    expect(await told()).toEqual([
      'Projects create 7000000900',
      `Projects update ${PROJECT}`,
      `Projects update ${PROJECT}`,
      `Line Item Types create ${type.id}`,
    ]);
  });
});

describe('a project tells its hooks', () => {
  it('of vendors that enter and leave its directory, and of cost codes', async () => {
    await listen(['Project Vendors', 'Cost Codes']);
    const { vendor, outsider, steel } = seeded(caller.sandbox);
    await caller.post(`/rest/v1.1/projects/${PROJECT}/vendors/${outsider}/actions/add`);
    people().removeVendor(PROJECT, vendor);
    const { id } = people().addCostCode(PROJECT, { code: '06-100', name: 'Carpentry' });
    people().renameCostCode(PROJECT, steel, 'Steel');
    expect(await told()).toEqual([
      `Project Vendors create ${outsider}`,
      `Project Vendors delete ${vendor}`,
      `Cost Codes create ${id}`,
      `Cost Codes update ${steel}`,
    ]);
  });

  it('of budget lines, of changes and modifications of the budget, and of the line that these move', async () => {
    await listen(['Budget Line Items', 'Budget Changes', 'Budget Modifications']);
    const line = people().addBudgetLine(PROJECT, { costCode: '05-100', costType: 'M', original: '10' });
    people().setBudget(PROJECT, line.id, '20');
    people().modifyBudget(PROJECT, line.id, '5');
    people().changeBudget(PROJECT, line.id, '-2.50');
    expect(line.modifications).toBe('2.50');
    const { budgetModifications, budgetChanges } = seeded(caller.sandbox).project;
    expect(await told()).toEqual([
      `Budget Line Items create ${line.id}`,
      `Budget Line Items update ${line.id}`,
      `Budget Line Items update ${line.id}`,
      `Budget Modifications create ${budgetModifications[0]!.id}`,
      `Budget Line Items update ${line.id}`,
      `Budget Changes create ${budgetChanges[0]!.id}`,
    ]);
  });

  it('of purchase orders, their lines and payments', async () => {
    await listen(['Purchase Order Contracts', 'Purchase Order Contract Line Items', 'Contract Payments']);
    const { id, lines } = await makeContract(caller, ['10'], 'Approved');
    expect(await told()).toEqual([
      `Purchase Order Contracts create ${id}`,
      `Purchase Order Contract Line Items create ${lines[0]}`,
      `Purchase Order Contracts update ${id}`,
    ]);
    const contract_payment = { amount: '4', date: '2026-01-20' };
    const scope = { project_id: PROJECT, contract_id: id };
    const paid = await caller.post('/rest/v1.0/contract_payments', { ...scope, contract_payment });
    people().setContractStatus(id, 'Draft');
    people().deleteContract(id);
    expect(await told()).toEqual([
      `Contract Payments create ${paid.body.id}`,
      `Purchase Order Contracts update ${id}`,
      `Purchase Order Contracts delete ${id}`,
      `Purchase Order Contract Line Items delete ${lines[0]}`,
    ]);
  });

  it('of direct costs with their lines', async () => {
    await listen(['Direct Costs', 'Direct Cost Line Items']);
    const line_items = [{ wbs_code_id: seeded(caller.sandbox).wbsCode, manual_amount: '5' }];
    const direct_cost = { direct_cost_type: 'expense', line_items };
    const { body } = await caller.post(`/rest/v1.1/projects/${PROJECT}/direct_costs`, { direct_cost });
    expect(await told()).toEqual([
      `Direct Costs create ${body.id}`,
      expect.stringMatching(/^Direct Cost Line Items create \d+$/),
    ]);
  });

  it('of nothing in another project, nothing of the company, and nothing that no trigger names', async () => {
    await listen(['Cost Codes']);
    people().addCostCode(SEGMENTED_PROJECT, { code: '06-100', name: 'Carpentry' });
    people().addVendor({ name: 'Fir Timber' });
    await makeContract(caller, ['10']);
    expect(await told()).toEqual([]);
  });

  it('of those events alone that a trigger names for the resource', async () => {
    const triggers = `${V2_PROJECT}/hooks/${await listen([])}/triggers/bulk`;
    await caller.post(triggers, [
      { resource_name: 'Cost Codes', event_type: 'update' },
      { resource_name: 'Project Vendors', event_type: 'create' },
    ]);
    const { id } = people().addCostCode(PROJECT, { code: '06-100', name: 'Carpentry' });
    people().renameCostCode(PROJECT, id, 'Joinery');
    expect(await told()).toEqual([`Cost Codes update ${id}`]);
  });

  it('through a hook of the company, too, where such a hook may reach into projects', async () => {
    await caller.sandbox.close();
    const unverified = { companyHooksTakeProjectResources: true };
    caller = await openSandbox({ webhooks: 'when-told', unverified });
    await listen(['Cost Codes'], V2_COMPANY);
    const [one, other] = [PROJECT, SEGMENTED_PROJECT].map((id) =>
      people().addCostCode(id, { code: '06-100', name: 'Carpentry' }),
    );
    expect(await told()).toEqual([`Cost Codes create ${one!.id}`, `Cost Codes create ${other!.id}`]);
  });
});

describe('people switch a hook', () => {
  it('off and on: nothing is told of the time between, nor of what was still waiting', async () => {
    const id = await listen(['Cost Codes']);
    const add = (code: string) => people().addCostCode(PROJECT, { code, name: code });
    add('06-100');
    people().disableHook(id);
    expect((await caller.get(`${V2_PROJECT}/hooks/${id}`)).body.data.status).toBe('disabled');
    add('06-200');
    people().enableHook(id);
    const last = add('06-300');
    expect(await told()).toEqual([`Cost Codes create ${last.id}`]);
  });

  it('to another address, and away', async () => {
    const id = await listen(['Cost Codes']);
    people().changeHookUrl(id, 'https://hooks.example/elsewhere');
    const { data } = (await caller.get(`${V2_PROJECT}/hooks/${id}`)).body;
    expect(data.destination_url).toBe('https://hooks.example/elsewhere');
    people().deleteHook(id);
    expect((await caller.get(`${V2_PROJECT}/hooks/${id}`)).status).toBe(404);
    expect(() => people().deleteHook(id)).toThrow('no record');
  });
});
