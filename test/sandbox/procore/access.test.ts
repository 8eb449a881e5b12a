import { afterEach, describe, expect, it } from '@jest/globals';
import type { ProcoreSandbox } from '../../../lib/sandbox/procore/server.ts';
import { manualClock } from './manual-clock.ts';
import { CLIENT, logIn, openSandbox, send } from './open-sandbox.ts';
import { COMPANY, PROJECT, SEGMENTED_PROJECT } from './sample-company.ts';

let sandbox: ProcoreSandbox;
afterEach(() => sandbox.close());

const PROJECTS = `/rest/v1.1/projects?company_id=${COMPANY}`;

describe('the login', () => {
  it('gives a token for 90 minutes, after which calls are unauthorised', async () => {
    const clock = manualClock();
    ({ sandbox } = await openSandbox({ clock }));
    const { status, body } = await logIn(sandbox);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      token_type: 'bearer',
      expires_in: 5400,
      created_at: clock.now().getTime() / 1000,
    });
    clock.advance(5399);
    expect((await send(sandbox, 'GET', PROJECTS, undefined, body.access_token)).status).toBe(200);
    clock.advance(1);
    expect((await send(sandbox, 'GET', PROJECTS, undefined, body.access_token)).status).toBe(401);
  });

  it('refuses a wrong secret, an unknown client and other grants', async () => {
    ({ sandbox } = await openSandbox());
    const wrong = await logIn(sandbox, { ...CLIENT, clientSecret: 'guess' });
    expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect((await logIn(sandbox, { ...CLIENT, clientId: 'stranger' })).status).toBe(401);
    const code = await fetch(`${sandbox.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'authorization_code' }),
    });
    expect(code.status).toBe(400);
  });
});

describe('a call', () => {
  it('needs a token that was issued', async () => {
    ({ sandbox } = await openSandbox());
    expect((await send(sandbox, 'GET', PROJECTS, undefined, 'made-up')).status).toBe(401);
  });

  it('needs the company header, even where the company stands in the query', async () => {
    ({ sandbox } = await openSandbox());
    const { body } = await logIn(sandbox);
    const answer = await send(sandbox, 'GET', PROJECTS, undefined, body.access_token, '');
    expect(answer.status).toBe(400);
    expect(answer.body).toMatch(/^Missing Procore-Company-Id header!/);
  });

  it('is refused for a company that did not install the app', async () => {
    ({ sandbox } = await openSandbox());
    const { body } = await logIn(sandbox);
    const other = await send(sandbox, 'GET', PROJECTS, undefined, body.access_token, '7');
    expect(other).toMatchObject({ status: 403, body: { message: 'App is not connected to this company' } });
    const crossed = await send(
      sandbox,
      'GET',
      '/rest/v1.1/projects?company_id=7',
      undefined,
      body.access_token,
    );
    expect(crossed.status).toBe(403);
  });

  it('sees and touches permitted projects only', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    sandbox.permit(CLIENT.clientId, [PROJECT]);
    const { body } = await caller.get(PROJECTS);
    expect(body.map(({ id }: { id: number }) => id)).toEqual([PROJECT]);
    expect((await caller.get(`/rest/v1.0/cost_codes?project_id=${SEGMENTED_PROJECT}`)).status).toBe(403);
    const purchase_order_contract = { title: 'Elsewhere' };
    const write = { project_id: SEGMENTED_PROJECT, purchase_order_contract };
    expect((await caller.post('/rest/v1.0/purchase_order_contracts', write)).status).toBe(403);
    expect((await caller.get('/rest/v1.0/cost_codes?project_id=1')).status).toBe(404);
    expect((await caller.get('/rest/v1.0/cost_codes')).status).toBe(400);
  });

  it('can find projects that are not permitted hidden as missing ones', async () => {
    const caller = await openSandbox({ unverified: { notPermittedStatus: 404 } });
    ({ sandbox } = caller);
    sandbox.permit(CLIENT.clientId, []);
    expect((await caller.get(`/rest/v1.0/cost_codes?project_id=${PROJECT}`)).status).toBe(404);
  });

  it('knows who is calling and which company is open', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    expect((await caller.get('/rest/v1.0/me')).body.name).toBe('Service account');
    expect((await caller.get('/rest/v1.0/companies')).body).toMatchObject([{ id: COMPANY }]);
  });

  it('is answered 404 where Procore has no such endpoint, and 400 where the body is not JSON', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    expect((await caller.get('/rest/v1.0/nothing')).status).toBe(404);
    const init = { method: 'POST', body: '{' };
    expect((await fetch(`${sandbox.url}/rest/v1.0/vendors`, init)).status).toBe(400);
  });

  it('lists the fields and parameters that nobody reads', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const vendor = { name: 'Fern', colour: 'green' };
    expect((await caller.post('/rest/v1.0/vendors', { company_id: COMPANY, vendor })).status).toBe(201);
    await caller.get(`${PROJECTS}&filters[colour]=green`);
    expect([...sandbox.unread]).toEqual([
      'POST /rest/v1.0/vendors: vendor.colour',
      'GET /rest/v1.1/projects: ?filters[colour]',
    ]);
  });
});
