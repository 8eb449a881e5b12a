import { afterEach, expect, it } from '@jest/globals';
import type { ProcoreSandbox } from '../../../lib/sandbox/procore/server.ts';
import { startProcoreSandbox } from '../../../lib/sandbox/procore/server.ts';
import { CLIENT, logIn, makeContract, openSandbox, send } from './open-sandbox.ts';
import { COMPANY, PROJECT } from './sample-company.ts';

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
