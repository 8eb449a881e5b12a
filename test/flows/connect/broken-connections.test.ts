import { beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from '../../../lib/flows/connect/connect.ts';
import { pollDueConnections } from '../../../lib/flows/poll/poll-xero.ts';
import { putSecret } from '../../../lib/flows/tokens/secrets.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import type { PurchaseOrder } from '../../../lib/sandbox/xero/documents.ts';
import { heldReads } from '../../support/held.ts';
import { documentOf, enterOrder, sync } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes, standing, writeCalls } from '../../support/scene.ts';

const newScene = scenes();
const { clientId } = DEMO_CREDENTIALS.xero;

let scene: Scene;
let order: PurchaseOrder;
beforeEach(async () => {
  scene = await newScene();
  order = enterOrder(scene);
});

const brokenEvents = () => scene.events().filter(({ type }) => type === 'ConnectionBroken');
const tokenCalls = () => scene.demo.xero.calls.count('POST /connect/token');

async function reconnect(): Promise<void> {
  const refreshToken = scene.demo.xero.authorise(clientId, CONTRACTOR.tenantId);
  const { connectionFile: file } = scene.demo;
  const connected = await connect({ ...file, xero: { ...file.xero, refreshToken } }, scene.deployment);
  expect(connected).toMatchObject({ connectionId: scene.connectionId, created: false });
}

describe('a connection that Xero ends', () => {
  it.each([
    [
      'disconnected in Xero',
      'xero-disconnected',
      () => scene.demo.xero.disconnect(clientId, CONTRACTOR.tenantId),
    ],
    [
      'consent withdrawn, token still stored',
      'xero-consent-lost',
      async () => {
        const refreshToken = scene.demo.xero.authorise(clientId, CONTRACTOR.tenantId);
        scene.demo.xero.revoke(refreshToken);
        await putSecret(scene.deployment, scene.connectionId, 'xero-refresh-token', refreshToken);
        scene.clock.advance(40 * 60_000);
      },
    ],
  ])(
    'is marked broken and told once, its work waits, and goes through after connecting again: %s',
    async (_why, code, end) => {
      await end();
      const wait = { postponeSeconds: 900 };
      expect(await sync(scene, order, enterOrder(scene))).toEqual([wait, wait]);
      expect(await connectionOf(scene)).toMatchObject({ state: 'broken', code });
      expect(brokenEvents()).toMatchObject([
        { detail: { connectionId: scene.connectionId, code, fix: expect.any(String) } },
      ]);
      expect(await documentOf(scene, order)).toBeUndefined();

      // Nothing is asked of Xero meanwhile, by nobody.
      const calls = scene.demo.xero.calls.total();
      expect(await sync(scene, order)).toEqual([wait]);
      await pollDueConnections(scene.deployment);
      expect(scene.demo.xero.calls.total()).toBe(calls);
      expect(brokenEvents()).toHaveLength(1);

      await reconnect();
      expect(await connectionOf(scene)).toMatchObject({ state: 'live' });
      expect(await sync(scene, order)).toEqual(['done']);
      expect(standing(scene)).toMatchObject([{ number: order.PurchaseOrderNumber, requisition: '770.00' }]);
    },
  );

  it('is told once by several workers, and a late one does not undo a reconnect', async () => {
    const slow = heldReads(scene.deployment);
    scene.demo.xero.disconnect(clientId, CONTRACTOR.tenantId);
    const late = sync({ ...scene, deployment: slow.deployment }, order);
    await slow.reached;
    await Promise.all([sync(scene, order), sync(scene, order), sync(scene, order)]);
    expect(brokenEvents()).toHaveLength(1);

    await reconnect();
    slow.release();
    expect(await late).toEqual([{ postponeSeconds: 900 }]);
    expect(await connectionOf(scene)).toMatchObject({ state: 'live' });
    expect(brokenEvents()).toHaveLength(1);
  });

  it('breaks where the scope is missing, without going round in circles', async () => {
    scene.demo.xero.faults.add({
      path: /PurchaseOrders/,
      do: 'answer',
      when: 'before',
      status: 401,
      body: JSON.stringify({ Detail: 'AuthorizationUnsuccessful' }),
    });
    const before = tokenCalls();
    expect(await sync(scene, order)).toEqual([{ postponeSeconds: 900 }]);
    expect(await connectionOf(scene)).toMatchObject({ state: 'broken', code: 'xero-scope-missing' });
    expect(tokenCalls() - before).toBeLessThanOrEqual(1);
  });
});

describe('a connection that Procore ends', () => {
  it('is marked broken where the secret is no longer accepted', async () => {
    scene.demo.procore.registerServiceAccount({
      ...DEMO_CREDENTIALS.procore,
      clientSecret: 'another',
      companyId: CONTRACTOR.procoreCompanyId,
      permittedProjectIds: 'all',
    });
    scene.clock.advance(2 * 3_600_000);
    expect(await sync(scene, order)).toEqual([{ postponeSeconds: 900 }]);
    expect(await connectionOf(scene)).toMatchObject({ state: 'broken', code: 'procore-client-refused' });
    expect(writeCalls(scene)).toBe(0);
  });
});

describe('a token that the vendor no longer takes', () => {
  it('is renewed once by Xero and the call repeated', async () => {
    scene.demo.xero.faults.add({
      path: /PurchaseOrders/,
      do: 'answer',
      when: 'before',
      status: 401,
      body: JSON.stringify({ Detail: 'TokenExpired: token expired at 2026-11-22T09:00:00' }),
      times: 1,
    });
    const before = tokenCalls();
    expect(await sync(scene, order, enterOrder(scene))).toEqual(['done', 'done']);
    expect(tokenCalls() - before).toBe(1);
  });

  it('is renewed once by Procore and the calls repeated, several at once among them', async () => {
    const expiresAt = new Date(scene.clock.now().getTime() + 3_600_000);
    await putSecret(scene.deployment, scene.connectionId, 'procore-access-token', 'no longer', { expiresAt });
    const before = scene.demo.procore.calls.get('POST /oauth/token') ?? 0;
    expect(await sync(scene, order)).toEqual(['done']);
    expect((scene.demo.procore.calls.get('POST /oauth/token') ?? 0) - before).toBe(1);
    expect(standing(scene)).toHaveLength(1);
  });
});
