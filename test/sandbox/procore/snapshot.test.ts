import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { afterEach, expect, it } from '@jest/globals';
import type { ProcoreSandbox } from '../../../lib/sandbox/procore/server.ts';
import { startProcoreSandbox } from '../../../lib/sandbox/procore/server.ts';
import { CLIENT, logIn, makeContract, openSandbox, seeded, send } from './open-sandbox.ts';
import { COMPANY, PROJECT } from './sample-company.ts';
import { makeHook } from './webhooks/hooks-of-tests.ts';

let sandbox: ProcoreSandbox;
afterEach(() => sandbox.close());

it('goes on where an earlier sandbox stopped, with new ids and the rules of what is there', async () => {
  const caller = await openSandbox();
  const { id } = await makeContract(caller, ['10'], 'Approved', { origin_id: 'po:1' });
  const snapshot = caller.sandbox.snapshot();
  await caller.sandbox.close();

  sandbox = await startProcoreSandbox({ snapshot });
  sandbox.registerServiceAccount({ ...CLIENT, companyId: COMPANY, permittedProjectIds: 'all' });
  const token = (await logIn(sandbox)).body.access_token;
  const contracts = '/rest/v1.0/purchase_order_contracts';
  const { body } = await send(sandbox, 'GET', `${contracts}/${id}?project_id=${PROJECT}`, undefined, token);
  expect(body).toMatchObject({ status: 'Approved', line_items: [{ amount: '10.00' }] });
  const make = (purchase_order_contract: object) =>
    send(sandbox, 'POST', contracts, { project_id: PROJECT, purchase_order_contract }, token);
  expect((await make({ origin_id: 'po:1' })).status).toBe(422);
  expect((await make({ origin_id: 'po:2' })).body.id).toBeGreaterThan(id);
});

it('takes up a snapshot from before there were hooks, users and moves in the budget', async () => {
  const caller = await openSandbox();
  const memory = deserialize(caller.sandbox.snapshot());
  await caller.sandbox.close();
  delete memory.users;
  for (const company of memory.companies.values()) {
    delete company.hooks;
    for (const project of company.projects.values()) {
      delete project.budgetModifications;
      delete project.budgetChanges;
    }
  }
  sandbox = await startProcoreSandbox({ snapshot: serialize(memory) });
  sandbox.registerServiceAccount({ ...CLIENT, companyId: COMPANY, permittedProjectIds: 'all' });
  const { project } = seeded(sandbox);
  sandbox.people(COMPANY).modifyBudget(PROJECT, project.budgetLines[0]!.id, '1');
  expect(project.budgetModifications).toHaveLength(1);
});

it('keeps in its file what people do and which hooks there are', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'procore-'));
  const dataFile = join(folder, 'procore.bin');
  const caller = await openSandbox({ dataFile, webhooks: 'when-told' });
  const hook = await makeHook(caller, ['Cost Codes']);
  const { id } = caller.sandbox.people(COMPANY).addCostCode(PROJECT, { code: '06-100', name: 'Carpentry' });
  await caller.sandbox.close();
  sandbox = await startProcoreSandbox({ dataFile, webhooks: 'when-told' });
  const { company, project } = seeded(sandbox);
  expect(project.costCodes.get(id)!.name).toBe('Carpentry');
  expect(company.hooks.get(hook)!.waiting).toHaveLength(1);
  rmSync(folder, { recursive: true });
});
