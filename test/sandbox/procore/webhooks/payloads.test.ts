import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { manualClock } from '../manual-clock.ts';
import type { Caller } from '../open-sandbox.ts';
import { makeContract, openSandbox } from '../open-sandbox.ts';
import { COMPANY, PROJECT } from '../sample-company.ts';
import { makeHook, SECRET, V2_COMPANY } from './hooks-of-tests.ts';
import type { Receiver } from './receiver.ts';
import { startReceiver } from './receiver.ts';

let caller: Caller;
let receiver: Receiver;
let me: number;
beforeEach(async () => {
  caller = await openSandbox({ webhooks: 'when-told', clock: manualClock('2026-01-15T08:00:00.250Z') });
  receiver = await startReceiver();
  me = (await caller.get('/rest/v1.0/me')).body.id;
});
afterEach(() => Promise.all([caller.sandbox.close(), receiver.close()]));

/** The one payload that a new contract with one line leads to, of its line. */
async function payloadOfLine(version: string) {
  await makeHook(caller, ['Purchase Order Contract Line Items'], { url: receiver.url, version });
  const contract = await makeContract(caller, ['10']);
  await caller.sandbox.webhooks.settle();
  expect(receiver.arrived).toHaveLength(1);
  return { contract, ...receiver.arrived[0]! };
}

const ULID = expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/);

describe('a payload', () => {
  it('of v2.0 has numbers for ids, metadata, and the Authorization header of its hook', async () => {
    const { body, contract, authorization } = await payloadOfLine('v2.0');
    expect(authorization).toBe(SECRET);
    expect(body).toEqual({
      id: expect.any(Number),
      ulid: ULID,
      timestamp: '2026-01-15T08:00:00.250000Z',
      metadata: {
        source_user_id: me,
        source_project_id: PROJECT,
        source_operation_id: null,
        source_company_id: COMPANY,
        source_application_id: null,
      },
      user_id: me,
      company_id: COMPANY,
      project_id: PROJECT,
      api_version: 'v2.0',
      event_type: 'create',
      resource_name: 'Purchase Order Contract Line Items',
      resource_id: contract.lines[0],
    });
  });

  it('of v3.0 names the parents of line items besides', async () => {
    const { body, contract } = await payloadOfLine('v3.0');
    expect(body).toMatchObject({
      api_version: 'v3.0',
      metadata: { source_user_id: me },
      related_resources: [{ id: contract.id, name: 'Purchase Order Contracts' }],
    });
  });

  it('of v4.0 has text for ids, a ULID as its own, and no metadata', async () => {
    const { body, contract } = await payloadOfLine('v4.0');
    expect(body).toEqual({
      id: ULID,
      timestamp: '2026-01-15T08:00:00.250000Z',
      reason: 'create',
      company_id: String(COMPANY),
      project_id: String(PROJECT),
      user_id: String(me),
      resource_type: 'Purchase Order Contract Line Items',
      resource_id: String(contract.lines[0]),
    });
  });

  it('about the company names no project, and a person where a person did it', async () => {
    await makeHook(caller, ['Company Vendors'], { path: V2_COMPANY, url: receiver.url });
    caller.sandbox.people(COMPANY).addVendor({ name: 'Fir Timber' });
    caller.sandbox.people(COMPANY).addVendor({ name: 'Gorse Roofing' });
    await caller.sandbox.webhooks.settle();
    const [first, second] = receiver.arrived.map(({ body }) => body);
    expect(first.project_id).toBeNull();
    expect(first.user_id).not.toBe(me);
    expect(second.user_id).toBe(first.user_id);
    expect(second.ulid > first.ulid).toBe(true);
  });

  it('tells the application behind a change where that is known', async () => {
    const account = { clientId: 'app', clientSecret: 'secret', companyId: COMPANY };
    const known = { userId: 7_123_456_789, applicationId: 42 };
    caller.sandbox.registerServiceAccount({ ...account, ...known, permittedProjectIds: 'all' });
    const token = await fetch(`${caller.sandbox.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'app',
        client_secret: 'secret',
      }),
    });
    const { access_token } = (await token.json()) as { access_token: string };
    await makeHook(caller, ['Company Vendors'], { path: V2_COMPANY, url: receiver.url });
    await fetch(`${caller.sandbox.url}/rest/v1.0/vendors`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${access_token}`, 'Procore-Company-Id': String(COMPANY) },
      body: JSON.stringify({ company_id: COMPANY, vendor: { name: 'Heath Paints' } }),
    });
    await caller.sandbox.webhooks.settle();
    expect(receiver.arrived[0]!.body).toMatchObject({
      user_id: known.userId,
      metadata: { source_user_id: known.userId, source_application_id: 42 },
    });
  });

  it('can be sent by hand, of any version and with any secret, as often as wanted', async () => {
    const id = await makeHook(caller, [], { url: receiver.url });
    const told = { type: 'update', resource: 'Cost Codes', resourceId: 5, projectId: PROJECT } as const;
    const { webhooks } = caller.sandbox;
    expect(await webhooks.send(id, told, { version: 'v4.0', authorization: 'Bearer guess' })).toBe(204);
    await webhooks.send(id, { ...told, id: 77, ulid: 'SAME' });
    await webhooks.send(id, { ...told, id: 77, ulid: 'SAME' });
    expect(receiver.arrived.map(({ authorization }) => authorization)).toEqual([
      'Bearer guess',
      SECRET,
      SECRET,
    ]);
    expect(receiver.arrived[0]!.body).toMatchObject({ reason: 'update', resource_id: '5' });
    expect(receiver.arrived[1]!.body).toEqual(receiver.arrived[2]!.body);
    receiver.answerWith(503);
    expect(await webhooks.send(id, told)).toBe(503);
    expect(
      (await caller.get(`/rest/v1.0/webhooks/hooks/${id}/deliveries?project_id=${PROJECT}`)).body,
    ).toEqual([]);
    await expect(webhooks.send(1, told)).rejects.toThrow('No hook 1');
  });
});
