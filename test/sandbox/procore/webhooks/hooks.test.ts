import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../open-sandbox.ts';
import { logIn, openSandbox, send } from '../open-sandbox.ts';
import { COMPANY, PROJECT, SEGMENTED_PROJECT } from '../sample-company.ts';
import { hookBody, makeHook, V2_COMPANY, V2_PROJECT } from './hooks-of-tests.ts';

let caller: Caller;
beforeEach(async () => {
  caller = await openSandbox({ webhooks: 'when-told' });
});
afterEach(() => caller.sandbox.close());

const V1 = '/rest/v1.0/webhooks/hooks';
const hook = { api_version: 'v2', namespace: 'ml-connector', destination_url: 'https://hooks.example/a' };

describe('a hook of the first webhooks API', () => {
  it('is made, listed, shown, changed and deleted, and shows five characters of its secret', async () => {
    const destination_headers = { Authorization: 'Bearer abcdefghijk' };
    const made = await caller.post(V1, { company_id: COMPANY, hook: { ...hook, destination_headers } });
    expect(made.status).toBe(201);
    const { id } = made.body;
    expect(made.body).toEqual({
      ...hook,
      id: expect.any(Number),
      destination_headers: { Authorization: '*************ghijk' },
      owned_by_company_id: COMPANY,
      owned_by_project_id: null,
      owned_by_user_id: (await caller.get('/rest/v1.0/me')).body.id,
    });
    const scope = `company_id=${COMPANY}`;
    expect((await caller.get(`${V1}?${scope}&namespace=ml-connector`)).body).toEqual([made.body]);
    expect((await caller.get(`${V1}?${scope}&namespace=another`)).body).toEqual([]);
    const destination_url = 'https://hooks.example/b';
    const changed = await caller.patch(`${V1}/${id}`, { company_id: COMPANY, hook: { destination_url } });
    expect(changed.body).toEqual({ ...made.body, destination_url });
    expect((await caller.get(`${V1}/${id}?${scope}`)).body).toEqual(changed.body);
    expect((await caller.delete(`${V1}/${id}?${scope}`)).status).toBe(200);
    expect((await caller.get(`${V1}/${id}?${scope}`)).status).toBe(404);
  });

  it('belongs to the company or to one project, and is found in that scope alone', async () => {
    const { id } = (await caller.post(V1, { project_id: PROJECT, hook })).body;
    expect((await caller.get(`${V1}/${id}?project_id=${PROJECT}`)).body.owned_by_project_id).toBe(PROJECT);
    expect((await caller.get(`${V1}/${id}?company_id=${COMPANY}`)).status).toBe(404);
    expect((await caller.get(`${V1}/${id}?project_id=${SEGMENTED_PROJECT}`)).status).toBe(404);
    expect((await caller.get(V1)).status).toBe(400);
    caller.sandbox.permit('app', []);
    expect((await caller.get(`${V1}?project_id=${PROJECT}`)).status).toBe(403);
  });

  it('writes its version as the guide does, or otherwise where told', async () => {
    const written = (api_version: string) =>
      caller.post(V1, { company_id: COMPANY, hook: { ...hook, api_version } });
    expect((await written('v2.0')).status).toBe(422);
    expect((await written('v5')).status).toBe(422);
    await caller.sandbox.close();
    caller = await openSandbox({ unverified: { hookVersionLiteral: 'long' } });
    expect((await written('v2')).status).toBe(422);
    expect((await written('v2.0')).body.api_version).toBe('v2.0');
  });
});

describe('a hook of the newer webhooks API', () => {
  it('is made, listed, shown and deleted, with its ids as text', async () => {
    const made = await caller.post(`${V2_COMPANY}/hooks`, hookBody());
    expect(made.status).toBe(201);
    const { id } = made.body.data;
    expect(made.body.data).toMatchObject({
      ...hookBody(),
      id: expect.stringMatching(/^\d+$/),
      status: 'active',
      trigger_count: 0,
      company_id: String(COMPANY),
      project_id: null,
      destination_headers: { Authorization: expect.stringMatching(/^\*+12345$/) },
    });
    expect((await caller.get(`${V2_COMPANY}/hooks`)).body.data).toEqual([made.body.data]);
    expect((await caller.get(`${V2_PROJECT}/hooks`)).body.data).toEqual([]);
    expect((await caller.get(`${V2_COMPANY}/hooks/${id}`)).body).toEqual(made.body);
    expect((await caller.delete(`${V2_COMPANY}/hooks/${id}`)).status).toBe(204);
    expect((await caller.get(`${V2_COMPANY}/hooks/${id}`)).status).toBe(404);
  });

  it('needs a namespace of small letters, digits and dashes, and an HTTPS address', async () => {
    const refused = async (changes: object) => {
      const answer = await caller.post(`${V2_COMPANY}/hooks`, { ...hookBody(), ...changes });
      return [answer.status, Object.keys(answer.body.errors ?? {})];
    };
    expect(await refused({ namespace: 'ML_Connector' })).toEqual([400, ['namespace']]);
    expect(await refused({ namespace: undefined })).toEqual([400, ['namespace']]);
    expect(await refused({ destination_url: 'http://hooks.example/a' })).toEqual([400, ['destination_url']]);
    expect(await refused({ destination_url: 'hooks.example' })).toEqual([400, ['destination_url']]);
    expect(await refused({ payload_version: 'v5.0' })).toEqual([400, ['payload_version']]);
    expect(await refused({ destination_url: 'http://127.0.0.1:9/local' })).toEqual([201, []]);
  });

  it('is one of its kind for a namespace and an address', async () => {
    expect((await caller.post(`${V2_COMPANY}/hooks`, hookBody())).status).toBe(201);
    expect((await caller.post(`${V2_COMPANY}/hooks`, hookBody())).status).toBe(400);
    expect((await caller.post(`${V2_COMPANY}/hooks`, hookBody('https://hooks.example/b'))).status).toBe(201);
    expect((await caller.post(`${V2_PROJECT}/hooks`, hookBody())).status).toBe(201);
  });

  it('is seen by the app that made it and by no other', async () => {
    const id = await makeHook(caller, ['Cost Codes']);
    const other = { clientId: 'other-app', clientSecret: 'secret' };
    caller.sandbox.registerServiceAccount({ ...other, companyId: COMPANY, permittedProjectIds: 'all' });
    const token = (await logIn(caller.sandbox, other)).body.access_token;
    const theirs = (method: string, path: string) => send(caller.sandbox, method, path, undefined, token);
    expect((await theirs('GET', `${V2_PROJECT}/hooks`)).body.data).toEqual([]);
    expect((await theirs('DELETE', `${V2_PROJECT}/hooks/${id}`)).status).toBe(404);
    expect((await caller.get(`${V2_PROJECT}/hooks`)).body.data).toHaveLength(1);
  });
});

describe('the resources that hooks may name', () => {
  const names = async (path: string, version: string) => {
    const answer = await caller.get(`${path}/resources?payload_version=${version}&per_page=100`);
    return answer.status === 200 ? answer.body.data.map((one: { name: string }) => one.name) : answer.status;
  };

  it('are those of the company or those of a project, with the events each has', async () => {
    expect(await names(V2_COMPANY, 'v2.0')).toContain('Company Vendors');
    expect(await names(V2_COMPANY, 'v2.0')).not.toContain('Cost Codes');
    expect(await names(V2_PROJECT, 'v3.0')).toContain('Purchase Order Contract Line Items');
    expect(await names(V2_PROJECT, 'v3.0')).not.toContain('Requisitions');
    expect((await caller.get(`${V2_COMPANY}/resources`)).status).toBe(400);
    const { body } = await caller.get(`/rest/v1.0/webhooks/resources?company_id=${COMPANY}`);
    expect(body).toContainEqual(expect.objectContaining({ name: 'Company Vendors', except: ['delete'] }));
  });

  it('may be more, fewer, or none for payloads of v4.0', async () => {
    const openWith = async (payloadV4: 'more-resources' | 'fewer-resources' | 'not-offered') => {
      await caller.sandbox.close();
      caller = await openSandbox({ unverified: { payloadV4 } });
    };
    expect(await names(V2_PROJECT, 'v4.0')).toEqual(await names(V2_PROJECT, 'v2.0'));
    await openWith('more-resources');
    expect(await names(V2_PROJECT, 'v4.0')).toContain('Requisitions');
    expect(await names(V2_PROJECT, 'v2.0')).not.toContain('Requisitions');
    await openWith('fewer-resources');
    expect(await names(V2_PROJECT, 'v4.0')).not.toContain('Budget Line Items');
    await openWith('not-offered');
    expect(await names(V2_PROJECT, 'v4.0')).toBe(400);
    const refused = await caller.post(`${V2_PROJECT}/hooks`, hookBody('https://hooks.example', 'v4.0'));
    expect(refused).toMatchObject({ status: 400, body: { errors: { payload_version: expect.any(Array) } } });
  });
});
