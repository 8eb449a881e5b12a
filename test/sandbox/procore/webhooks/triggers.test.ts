import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../open-sandbox.ts';
import { openSandbox } from '../open-sandbox.ts';
import { COMPANY, PROJECT } from '../sample-company.ts';
import { makeHook, V2_COMPANY, V2_PROJECT } from './hooks-of-tests.ts';

let caller: Caller;
beforeEach(async () => {
  caller = await openSandbox({ webhooks: 'when-told' });
});
afterEach(() => caller.sandbox.close());

const V1 = '/rest/v1.0/webhooks/hooks';

describe('triggers', () => {
  it('are added to a hook, listed, counted and taken off again', async () => {
    const hook = `${V2_PROJECT}/hooks/${await makeHook(caller, [])}`;
    const sent = { resource_name: 'Cost Codes', event_type: 'create' };
    const made = await caller.post(`${hook}/triggers`, sent);
    expect(made).toMatchObject({ status: 201, body: { data: { ...sent, project_id: String(PROJECT) } } });
    expect((await caller.get(`${hook}/triggers`)).body.data).toEqual([made.body.data]);
    expect((await caller.get(hook)).body.data.trigger_count).toBe(1);
    expect((await caller.delete(`${hook}/triggers/${made.body.data.id}`)).status).toBe(204);
    expect((await caller.delete(`${hook}/triggers/${made.body.data.id}`)).status).toBe(404);
    expect((await caller.get(hook)).body.data.trigger_count).toBe(0);
  });

  it('name a resource of the hook’s own scope, an event that it has, and each once', async () => {
    const hook = `${V2_COMPANY}/hooks/${await makeHook(caller, [], { path: V2_COMPANY })}`;
    const add = async (resource_name: string, event_type: string) =>
      (await caller.post(`${hook}/triggers`, { resource_name, event_type })).status;
    expect(await add('Invoices', 'create')).toBe(400);
    expect(await add('Company Vendors', 'burn')).toBe(400);
    expect(await add('Company Vendors', 'delete')).toBe(400);
    expect(await add('Cost Codes', 'create')).toBe(400);
    expect(await add('Company Vendors', 'create')).toBe(201);
    expect(await add('Company Vendors', 'create')).toBe(400);
  });

  it('of a company’s hook can reach into its projects where told so', async () => {
    await caller.sandbox.close();
    caller = await openSandbox({ unverified: { companyHooksTakeProjectResources: true } });
    const hook = `${V2_COMPANY}/hooks/${await makeHook(caller, [], { path: V2_COMPANY })}`;
    const sent = { resource_name: 'Cost Codes', event_type: 'create' };
    expect((await caller.post(`${hook}/triggers`, sent)).status).toBe(201);
  });

  it('are added in bulk, with a 207 and the errors where some cannot be', async () => {
    const bulk = `${V2_PROJECT}/hooks/${await makeHook(caller, [])}/triggers/bulk`;
    const [create, update] = ['create', 'update'].map((event_type) => ({
      resource_name: 'Cost Codes',
      event_type,
    }));
    const unknown = { resource_name: 'Invoices', event_type: 'create' };
    expect(await caller.post(bulk, [create])).toMatchObject({ status: 201, body: { data: [create] } });
    expect(await caller.post(bulk, [update, unknown])).toMatchObject({
      status: 207,
      body: { data: [update], errors: [{ ...unknown, errors: { resource_name: expect.any(Array) } }] },
    });
    expect((await caller.post(bulk, [unknown])).status).toBe(400);
    expect((await caller.post(bulk, Array(501).fill(unknown))).body.errors.base).toHaveLength(1);
  });

  it('of the first webhooks API carry the hook’s version and scope', async () => {
    const destination_url = 'https://hooks.example/a';
    const hook = { api_version: 'v2', namespace: 'ml-connector', destination_url };
    const { id } = (await caller.post(V1, { company_id: COMPANY, hook })).body;
    const trigger = { resource_name: 'Projects', event_type: 'update' };
    const add = (body: object) =>
      caller.post(`${V1}/${id}/triggers`, { api_version: 'v2', trigger, ...body });
    expect((await add({ company_id: COMPANY, api_version: 'v3' })).status).toBe(422);
    expect((await add({ project_id: PROJECT })).status).toBe(404);
    const made = await add({ company_id: COMPANY });
    expect(made).toMatchObject({
      status: 201,
      body: { webhook_hook_id: id, resource_name: 'Projects', event_type: 'UPDATE', company_id: COMPANY },
    });
    const scope = `company_id=${COMPANY}`;
    expect((await caller.get(`${V1}/${id}/triggers?${scope}`)).body).toEqual([made.body]);
    await caller.delete(`${V1}/${id}/triggers/${made.body.id}?${scope}`);
    expect((await caller.get(`${V1}/${id}/triggers?${scope}`)).body).toEqual([]);
  });
});
