import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ProcoreSandboxOptions } from '../../../lib/sandbox/procore/server.ts';
import { startProcoreSandbox } from '../../../lib/sandbox/procore/server.ts';
import type { Caller } from './open-sandbox.ts';
import { CLIENT, logIn, openSandbox, send } from './open-sandbox.ts';
import { COMPANY, PROJECT, SEGMENTED_PROJECT } from './sample-company.ts';
import { makeHook, V2_PROJECT } from './webhooks/hooks-of-tests.ts';

let caller: Caller;
beforeEach(async () => {
  caller = await openSandbox({ webhooks: 'when-told' });
});
afterEach(() => caller.sandbox.close());

const { clientId } = CLIENT;
const PROJECTS = `/rest/v1.1/projects?company_id=${COMPANY}`;
const CODES = `/rest/v1.0/cost_codes?project_id=${PROJECT}`;

async function reopen(unverified: NonNullable<ProcoreSandboxOptions['unverified']>): Promise<void> {
  await caller.sandbox.close();
  caller = await openSandbox({ webhooks: 'when-told', unverified });
}

describe('a service account', () => {
  it('is a user of its own, beyond 32 bits, and stays it in a later sandbox', async () => {
    const { id, login } = (await caller.get('/rest/v1.0/me')).body;
    expect(id).toBeGreaterThan(2 ** 32);
    expect(login).toMatch('@');
    const other = { clientId: 'other-app', clientSecret: 'secret' };
    const account = { ...other, companyId: COMPANY, permittedProjectIds: 'all' as const };
    caller.sandbox.registerServiceAccount(account);
    const idIn = async (sandbox: Caller['sandbox'], client: typeof other) => {
      const token = (await logIn(sandbox, client)).body.access_token;
      return (await send(sandbox, 'GET', '/rest/v1.0/me', undefined, token)).body.id as number;
    };
    const theirs = await idIn(caller.sandbox, other);
    expect(theirs).not.toBe(id);
    const later = await startProcoreSandbox({ snapshot: caller.sandbox.snapshot() });
    later.registerServiceAccount(account);
    later.registerServiceAccount({ ...account, ...CLIENT, userId: 7_123_456_789 });
    const kept = [await idIn(later, other), await idIn(later, CLIENT)];
    await later.close();
    expect(kept).toEqual([theirs, 7_123_456_789]);
  });

  it('needs the company header even to ask who it is and which companies it sees', async () => {
    const token = (await logIn(caller.sandbox)).body.access_token;
    for (const path of ['/rest/v1.0/me', '/rest/v1.0/companies']) {
      const answer = await send(caller.sandbox, 'GET', path, undefined, token, '');
      expect(answer).toMatchObject({
        status: 400,
        body: expect.stringMatching(/^Missing Procore-Company-Id/),
      });
    }
  });
});

describe('an app that its company removes', () => {
  it('is not connected to the company any more, whatever it asks, and is still given tokens', async () => {
    caller.sandbox.removeApp(clientId);
    for (const path of ['/rest/v1.0/me', '/rest/v1.0/companies', PROJECTS, CODES]) {
      const answer = await caller.get(path);
      expect(answer).toMatchObject({
        status: 403,
        body: { message: 'App is not connected to this company' },
      });
    }
    expect((await logIn(caller.sandbox)).status).toBe(200);
  });

  it('may be refused tokens, too', async () => {
    await reopen({ tokenAfterRemoval: 'refused' });
    expect((await logIn(caller.sandbox)).status).toBe(200);
    caller.sandbox.removeApp(clientId);
    expect((await logIn(caller.sandbox)).status).toBe(401);
  });

  it('comes back without projects until an administrator picks them', async () => {
    caller.sandbox.removeApp(clientId);
    caller.sandbox.reinstallApp(clientId);
    expect((await caller.get(PROJECTS)).body).toEqual([]);
    expect((await caller.get(CODES)).status).toBe(403);
    caller.sandbox.permit(clientId, [PROJECT]);
    expect((await caller.get(CODES)).status).toBe(200);
  });

  it('loses its hooks, or finds them again where Procore keeps them', async () => {
    const hooksAfterAll = async () => {
      await makeHook(caller, ['Cost Codes']);
      caller.sandbox.removeApp(clientId);
      caller.sandbox.reinstallApp(clientId);
      caller.sandbox.permit(clientId, 'all');
      return (await caller.get(`${V2_PROJECT}/hooks`)).body.data;
    };
    expect(await hooksAfterAll()).toEqual([]);
    await reopen({ hooksAfterRemoval: 'kept' });
    expect(await hooksAfterAll()).toHaveLength(1);
  });
});

describe('an app whose administrator', () => {
  it('takes one project from it keeps the others', async () => {
    caller.sandbox.permit(clientId, [SEGMENTED_PROJECT]);
    expect((await caller.get(CODES)).status).toBe(403);
    expect((await caller.get(CODES.replace(String(PROJECT), String(SEGMENTED_PROJECT)))).status).toBe(200);
  });

  it('makes a project inactive finds it no longer among the active ones', async () => {
    const active = async () => (await caller.get(`${PROJECTS}&filters[by_status]=Active`)).body;
    expect(await active()).toHaveLength(1);
    caller.sandbox.people(COMPANY).setProjectActive(PROJECT, false);
    expect(await active()).toEqual([]);
  });

  it('takes the permission on a tool from it is refused by that tool alone, until it is given back', async () => {
    const contracts = `/rest/v1.0/purchase_order_contracts?project_id=${PROJECT}`;
    const budget = `/rest/v1.0/budget_views?project_id=${PROJECT}`;
    const hooks = `${V2_PROJECT}/hooks`;
    const statuses = () =>
      Promise.all([contracts, budget, hooks].map(async (path) => (await caller.get(path)).status));
    expect(await statuses()).toEqual([200, 200, 200]);
    caller.sandbox.allowTool(clientId, 'Budget', 'none');
    expect(await statuses()).toEqual([200, 403, 200]);
    caller.sandbox.allowTool(clientId, 'Webhooks', 'none');
    expect(await statuses()).toEqual([200, 403, 403]);
    caller.sandbox.allowTool(clientId, 'Budget', 'full');
    caller.sandbox.allowTool(clientId, 'Commitments', 'none');
    expect(await statuses()).toEqual([403, 200, 403]);
  });

  it('leaves it a tool to read only is refused when it writes', async () => {
    const vendor = { name: 'Echo Glass' };
    const write = () => caller.post('/rest/v1.0/vendors', { company_id: COMPANY, vendor });
    caller.sandbox.allowTool(clientId, 'Directory', 'read-only');
    expect((await write()).status).toBe(403);
    expect((await caller.get(`/rest/v1.0/vendors?company_id=${COMPANY}`)).status).toBe(200);
    caller.sandbox.allowTool(clientId, 'Directory', 'full');
    expect((await write()).status).toBe(201);
  });
});
