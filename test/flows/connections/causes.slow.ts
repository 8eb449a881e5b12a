import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../lib/core/connection.ts';
import { openBooks } from '../../../lib/flows/clients.ts';
import { connect } from '../../../lib/flows/connect/connect.ts';
import { sweepConnections } from '../../../lib/flows/poll/poll-xero.ts';
import { refreshTokens } from '../../../lib/flows/tokens/refresh-tokens.ts';
import { openSecret } from '../../../lib/flows/tokens/secrets.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import { enterOrder, sync } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes, standing, storyOf } from '../../support/scene.ts';

const newScene = scenes();
const { xero, procore } = DEMO_CREDENTIALS;
const { tenantId } = CONTRACTOR;
const MINUTE = 60_000;
const WAIT = { postponeSeconds: 900 };

let scene: Scene;
beforeEach(async () => {
  scene = await newScene();
});

const typesOf = () => scene.events().map(({ type }) => type);
const xeroCalls = () => scene.demo.xero.calls.total();
const procoreCalls = () => [...scene.demo.procore.calls.values()].reduce((total, count) => total + count, 0);

async function storySoFar(): Promise<string[]> {
  const story = await storyOf(scene);
  return story.map(({ event, detail }) => [event, detail.code].filter(Boolean).join(' '));
}

async function runOn(minutes = 20): Promise<Connection> {
  scene.clock.advance(minutes * MINUTE);
  await refreshTokens(scene.deployment);
  return connectionOf(scene);
}

function serviceAccount(clientSecret: string): void {
  scene.demo.procore.registerServiceAccount({
    ...procore,
    clientSecret,
    companyId: CONTRACTOR.procoreCompanyId,
    permittedProjectIds: 'all',
  });
}

const causes: [what: string, code: string, end: () => void, mend: () => void][] = [
  [
    'somebody disconnects the app in Xero',
    'xero-disconnected',
    () => scene.demo.xero.disconnect(xero.clientId, tenantId),
    () => scene.demo.xero.reconnect(xero.clientId, tenantId),
  ],
  [
    'the user who consented loses access to the organisation',
    'xero-disconnected',
    () => scene.demo.xero.loseAccess(tenantId),
    () => scene.demo.xero.regainAccess(tenantId),
  ],
  [
    'the company removes the app from Procore',
    'procore-wrong-company',
    () => scene.demo.procore.removeApp(procore.clientId),
    () => {
      scene.demo.procore.reinstallApp(procore.clientId);
      scene.demo.procore.permit(procore.clientId, 'all');
    },
  ],
  [
    'the secret of the service account is changed in Procore, and changed back',
    'procore-client-refused',
    () => serviceAccount('another'),
    () => serviceAccount(procore.clientSecret),
  ],
];

describe('a connection', () => {
  it.each(causes)('breaks where %s (%s), is told once, and mends itself', async (_what, code, end, mend) => {
    // Tokens that have run out, so that a secret that is no longer good shows.
    scene.clock.advance(100 * MINUTE);
    const order = enterOrder(scene);
    end();
    expect(await sync(scene, order, enterOrder(scene))).toEqual([WAIT, WAIT]);
    const since = scene.clock.now().toISOString();
    for (let run = 1; run <= 3; run += 1)
      expect(await runOn()).toMatchObject({ state: 'broken', code, brokenSince: since });
    expect(await sync(scene, order)).toEqual([WAIT]);
    expect(typesOf()).toEqual(['ConnectionBroken']);

    mend();
    const { code: none, brokenSince, state } = await runOn();
    expect([state, none, brokenSince]).toEqual(['live', undefined, undefined]);
    expect(await sync(scene, order)).toEqual(['done']);
    expect(standing(scene)).toHaveLength(1);
    expect(await storySoFar()).toEqual(['connected', `broken ${code}`, `restored ${code}`]);
    expect(typesOf()).toEqual(['ConnectionBroken', 'ConnectionRestored', 'DocumentPosted']);
    expect(scene.events()[1]!.detail).toEqual({
      connectionId: scene.connectionId,
      name: CONTRACTOR.name,
      code,
    });
  });

  it('whose consent is gone asks nobody any more: only a person can mend it', async () => {
    scene.demo.xero.revokeConsent(xero.clientId);
    expect(await runOn()).toMatchObject({ state: 'broken', code: 'xero-consent-lost' });
    const calls = [xeroCalls(), procoreCalls()];
    for (let run = 1; run <= 5; run += 1) await runOn(120);
    expect([xeroCalls(), procoreCalls()]).toEqual(calls);
    expect(await storySoFar()).toEqual(['connected', 'broken xero-consent-lost']);
  });

  it('is found to be disconnected when its token is renewed, before any document fails, for no call of its day', async () => {
    scene.demo.xero.disconnect(xero.clientId, tenantId);
    const { calls } = scene.demo.xero;
    const counted = calls.total() - calls.count('GET /connections') - calls.count('POST /connect/token');
    expect(await runOn()).toMatchObject({ state: 'broken', code: 'xero-disconnected' });
    expect(calls.total() - calls.count('GET /connections') - calls.count('POST /connect/token')).toBe(
      counted,
    );
  });

  it('asks once in a run which organisations its consent covers', async () => {
    const before = scene.demo.xero.calls.count('GET /connections');
    await runOn();
    expect(scene.demo.xero.calls.count('GET /connections') - before).toBe(1);
  });

  it('is not given up because an access token alone ended before its time', async () => {
    scene.demo.xero.faults.add({ path: '/connections', do: 'answer', when: 'before', status: 401, times: 1 });
    expect(await runOn()).toMatchObject({ state: 'live' });
  });

  it('that broke for one reason and mends into another says so, and ends well', async () => {
    scene.demo.xero.disconnect(xero.clientId, tenantId);
    await runOn();
    scene.demo.xero.reconnect(xero.clientId, tenantId);
    scene.demo.procore.removeApp(procore.clientId);
    expect(await runOn()).toMatchObject({ state: 'broken', code: 'procore-wrong-company' });
    scene.demo.procore.reinstallApp(procore.clientId);
    scene.demo.procore.permit(procore.clientId, 'all');
    expect(await runOn()).toMatchObject({ state: 'live' });
    expect(await storySoFar()).toEqual([
      'connected',
      'broken xero-disconnected',
      'broken procore-wrong-company',
      'restored procore-wrong-company',
    ]);
  });

  it('stays broken while the vendor that failed does not answer', async () => {
    scene.demo.procore.removeApp(procore.clientId);
    await sync(scene, enterOrder(scene));
    scene.demo.procore.reinstallApp(procore.clientId);
    const stop = scene.demo.procore.faults.add({ path: /.*/, effect: { status: 503 } });
    expect(await runOn()).toMatchObject({ state: 'broken', code: 'procore-wrong-company' });
    stop();
    expect(await runOn()).toMatchObject({ state: 'live' });
  });
});

describe('an organisation that answers for another', () => {
  const other = (id: string) =>
    scene.demo.xero.faults.add({
      path: '/Organisation',
      do: 'answer',
      when: 'before',
      status: 200,
      body: JSON.stringify({
        DateTimeUTC: '/Date(1700000000000)/',
        Organisations: [{ OrganisationID: id, Name: 'Somebody Else Ltd', BaseCurrency: 'USD' }],
      }),
    });

  it('breaks the connection at the next sweep, before anything of it is read; the first one seen is expected', async () => {
    const expected = async () =>
      (await openSecret(scene.deployment, scene.connectionId, 'xero-organisation'))?.value.reveal();
    const first = await expected();
    await scene.deployment.secrets.remove(scene.connectionId, 'xero-organisation');
    await (await openBooks(scene.deployment, await connectionOf(scene))).organisation();
    expect(await expected()).toBe(first);

    other('0d3f4f8e-4a55-4f0e-9d24-0b1f5d0a9c11');
    const reads = scene.demo.xero.calls.count('GET /PurchaseOrders');
    await sweepConnections(scene.deployment);
    expect(await connectionOf(scene)).toMatchObject({ state: 'broken', code: 'xero-wrong-organisation' });
    expect(scene.demo.xero.calls.count('GET /PurchaseOrders')).toBe(reads);
    expect(await expected()).toBe(first);
    const [broken] = scene.events();
    expect(broken!.detail.message).toContain('answered: Somebody Else Ltd');
    expect(JSON.stringify(broken)).not.toContain(first);

    expect(await runOn()).toMatchObject({ code: 'xero-wrong-organisation' });
    scene.demo.xero.faults.clear();
    expect(await runOn()).toMatchObject({ state: 'live' });
  });
});

describe('a custom connection', () => {
  const app = { clientId: 'CUSTOM', clientSecret: 'custom-secret', webhookKey: 'custom-key' };
  const HARBOR = '7d1b1c5e-0f7c-4b7e-9b1e-2a9c6d1f0a11';
  const PIER = '2b8f0e7a-9c1d-4c0b-8d0c-6d1c5b7f3e22';
  let connectionId: string;
  const harbor = () => connectionOf({ ...scene, connectionId });

  beforeEach(async () => {
    const { demo, deployment } = scene;
    for (const [id, name] of [
      [HARBOR, 'Harbor Homes'],
      [PIER, 'Pier Nine'],
    ] as const) {
      demo.xero.addOrganisation({ tenantId: id, name, baseCurrency: 'USD', countryCode: 'US' });
    }
    demo.xero.registerApp({ ...app, grant: 'client_credentials' });
    demo.xero.authoriseCustomConnection(app.clientId, HARBOR);
    const file = { ...demo.connectionFile, name: 'Harbor Homes' };
    const xeroPart = { grant: 'client_credentials', ...app, tenantId: HARBOR };
    ({ connectionId } = await connect({ ...file, xero: xeroPart }, deployment));
  });

  it('that is edited in the portal breaks, and goes on once it is authorised again; others are not touched', async () => {
    scene.demo.xero.editCustomConnection(app.clientId);
    await runOn();
    expect(await harbor()).toMatchObject({ state: 'broken', code: 'xero-custom-connection-inactive' });
    expect(await runOn()).toMatchObject({ state: 'live' });
    scene.demo.xero.authoriseCustomConnection(app.clientId, HARBOR);
    await runOn();
    expect(await harbor()).toMatchObject({ state: 'live' });
  });

  it('that is authorised for another organisation breaks, until it is authorised for its own again', async () => {
    scene.demo.xero.authoriseCustomConnection(app.clientId, PIER);
    await runOn();
    expect(await harbor()).toMatchObject({ state: 'broken', code: 'xero-wrong-organisation' });
    scene.demo.xero.authoriseCustomConnection(app.clientId, HARBOR);
    await runOn();
    expect(await harbor()).toMatchObject({ state: 'live' });
  });

  it('does not wait for another connection whose vendor does not answer, and the other way round', async () => {
    const { fetch } = scene.deployment;
    const token = async (id: string) =>
      (await openSecret(scene.deployment, id, 'xero-access-token'))!.value.reveal();
    const before = [await token(connectionId), await token(scene.connectionId)];
    const basic = `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`;
    const othersDone = Promise.withResolvers<void>();
    const deaf = {
      ...scene.deployment,
      fetch: async (...call: Parameters<typeof fetch>) => {
        if (new Headers(call[1]?.headers).get('authorization') === basic) {
          await othersDone.promise;
          throw new TypeError('reset');
        }
        if (String(call[0]).endsWith('/connections')) othersDone.resolve();
        return fetch(...call);
      },
    };
    scene.clock.advance(20 * MINUTE);
    await refreshTokens(deaf);
    expect([await harbor(), await connectionOf(scene)]).toMatchObject([{ state: 'live' }, { state: 'live' }]);
    expect(await token(connectionId)).toBe(before[0]);
    expect(await token(scene.connectionId)).not.toBe(before[1]);
  });
});
