import { beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from '../../../lib/flows/connect/connect.ts';
import { historyOfConnection } from '../../../lib/flows/connections/connection-trail.ts';
import { removeConnection } from '../../../lib/flows/connections/remove-connection.ts';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import { pollDueConnections } from '../../../lib/flows/poll/poll-xero.ts';
import { cacheDirectory } from '../../../lib/flows/webhook/webhook-directory.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import { verify } from '../../../lib/store/audit.ts';
import { UNREADABLE } from '../../../lib/store/documents.ts';
import { heldReads } from '../../support/held.ts';
import { documentOf, enterOrder, sync } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes, standing, storyOf, writeCalls } from '../../support/scene.ts';
import { drain } from '../../support/world.ts';

const newScene = scenes();
const { clientId, webhookKey } = DEMO_CREDENTIALS.xero;
const { tenantId } = CONTRACTOR;

let scene: Scene;
beforeEach(async () => {
  scene = await newScene();
  const { purchaseOrders, invoices } = scene.demo.xero.organisations.get(tenantId)!;
  purchaseOrders.clear();
  invoices.clear();
});

const directory = () => cacheDirectory(scene.deployment, scene.clock).current();
const leftXero = () =>
  scene.demo.xero.calls.latest.some(
    ({ method, path, status }) => method === 'DELETE' && path.startsWith('/connections/') && status === 204,
  );

async function connectAgain(): Promise<string> {
  const refreshToken = scene.demo.xero.authorise(clientId, tenantId);
  const { connectionFile: file } = scene.demo;
  const again = { ...file, xero: { ...file.xero, refreshToken } };
  return (await connect(again, scene.deployment)).connectionId;
}

/** Nothing is left that could be used, everything that could be asked for is. */
async function expectRemoved(): Promise<void> {
  const { connections, cursors, secrets } = scene.deployment;
  expect(await connections.list()).toEqual([]);
  expect(await cursors.get(scene.connectionId)).toEqual({});
  for (const purpose of ['xero-tenant', 'xero-refresh-token', 'xero-webhook-key', 'procore-client-secret']) {
    expect(await secrets.get(scene.connectionId, purpose)).toBeUndefined();
  }
  const { connectionOf: ownerOf, webhookKeys } = await directory();
  expect([ownerOf(tenantId), webhookKeys]).toEqual([undefined, []]);
  const history = await historyOfConnection(scene.deployment, scene.connectionId);
  const story = await storyOf(scene);
  // As often as it was connected, and told once each time.
  expect(story.map(({ event }) => event)).toEqual(
    story.map((_entry, index) => (index % 2 === 0 ? 'connected' : 'removed')),
  );
  expect(history.at(-1)!.event).toBe('removed');
  expect(verify(history)).toBeUndefined();
}

describe('removing a connection', () => {
  it('leaves Xero, forgets every secret, and what was brought over stays; connected again it posts nothing twice', async () => {
    const order = enterOrder(scene);
    await sync(scene, order);
    const hooks: string[] = [];
    const leaveHook = async ({ id }: { id: string }) => void hooks.push(id);
    const removed = await removeConnection(scene.deployment, scene.connectionId, { by: 'Robin', leaveHook });
    expect(removed).toEqual({ connectionId: scene.connectionId, name: CONTRACTOR.name, leftToDo: [] });
    expect(hooks).toEqual([scene.connectionId]);
    expect(leftXero()).toBe(true);
    await expectRemoved();
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    expect(standing(scene)).toHaveLength(1);

    scene.clock.advance(60_000);
    const later = enterOrder(scene);
    expect(await connectAgain()).toBe(scene.connectionId);
    const writes = writeCalls(scene);
    await pollDueConnections(scene.deployment);
    await drain(scene.cloud, scene.deployment);
    await sync(scene, order);
    expect(await documentOf(scene, later)).toMatchObject({ state: 'posted' });
    expect(standing(scene)).toHaveLength(2);
    expect(writeCalls(scene)).toBeGreaterThan(writes);
    expect((await storyOf(scene)).map(({ event }) => event)).toEqual(['connected', 'removed', 'connected']);
  });

  it('drops messages that were on their way, and still parks those of a connection that nobody knows', async () => {
    const order = enterOrder(scene);
    await removeConnection(scene.deployment, scene.connectionId);
    expect(await sync(scene, order)).toEqual(['done']);
    expect(await scene.deployment.documents.list(UNREADABLE)).toEqual([]);
    await sync({ ...scene, connectionId: 'nobody' }, order);
    expect(await scene.deployment.documents.list(UNREADABLE)).toMatchObject([{ code: 'connection-unknown' }]);
  });

  it('says what it could not do at the vendors, and is done all the same', async () => {
    scene.demo.xero.revokeConsent(clientId);
    scene.clock.advance(60 * 60_000);
    const leaveHook = () => Promise.reject(new Error('no way'));
    const { leftToDo } = await removeConnection(scene.deployment, scene.connectionId, { leaveHook });
    expect(leftToDo).toEqual([
      expect.stringMatching(/^Procore company \d+: delete the webhook/),
      expect.stringMatching(/^Xero organisation Harlan & Reyes Builders: disconnect the app/),
    ]);
    await expectRemoved();
    const history = await historyOfConnection(scene.deployment, scene.connectionId);
    expect(history.at(-1)!.detail['left to do']).toEqual(leftToDo);
  });

  it('keeps the signing key and the access that another organisation of the same app needs', async () => {
    const HARBOR = '7d1b1c5e-0f7c-4b7e-9b1e-2a9c6d1f0a11';
    const { demo, deployment } = scene;
    demo.xero.addOrganisation({ tenantId: HARBOR, name: 'Harbor', baseCurrency: 'USD', countryCode: 'US' });
    const refreshToken = demo.xero.authorise(clientId, [HARBOR, tenantId]);
    const { connectionFile: file } = demo;
    const xero = { ...file.xero, tenantId: HARBOR, refreshToken };
    const { connectionId: harbor } = await connect({ ...file, name: 'Harbor', xero }, deployment);
    await removeConnection(deployment, scene.connectionId);
    const { connectionOf: ownerOf, webhookKeys } = await directory();
    expect([ownerOf(tenantId), ownerOf(HARBOR), webhookKeys]).toEqual([undefined, harbor, [webhookKey]]);
    await expect(pollDueConnections(deployment)).resolves.toBeUndefined();
    expect(await connectionOf({ ...scene, connectionId: harbor })).toMatchObject({ state: 'live' });
  });

  it('that dies anywhere is done again to the same end', async () => {
    const count = { writes: 0 };
    await removeConnection(dyingAt(Number.POSITIVE_INFINITY, count), scene.connectionId);
    await expectRemoved();
    const total = count.writes;
    expect(total).toBeGreaterThan(12);
    for (let write = 1; write <= total; write += 1) {
      await connectAgain();
      const dead = removeConnection(dyingAt(write, { writes: 0 }), scene.connectionId);
      await expect(dead).rejects.toThrow('out of memory');
      scene.clock.advance(5 * 60_000);
      // Where only the last answer was lost, there is nothing left to remove.
      const left = await scene.deployment.connections.get(scene.connectionId);
      if (left) await removeConnection(scene.deployment, scene.connectionId);
      await expectRemoved();
    }
  });

  it('waits for a poll that is under way, which would bring its cursor back', async () => {
    const slow = heldReads(scene.deployment);
    const poll = pollDueConnections(slow.deployment);
    await slow.reached;
    const removal = removeConnection(scene.deployment, scene.connectionId);
    await expect(removal).rejects.toMatchObject({ code: 'lease-held' });
    slow.release();
    await poll;
    await removeConnection(scene.deployment, scene.connectionId);
    await expectRemoved();
  });

  it('is not for a connection that there is not', async () => {
    await expect(removeConnection(scene.deployment, 'nobody')).rejects.toMatchObject({
      code: 'connection-unknown',
    });
  });
});

/** A process that dies right after its n-th write to a store, with the answer. */
function dyingAt(death: number, count: { writes: number }): Deployment {
  const { deployment } = scene;
  const mortal = <T extends object>(store: T, ...writes: (keyof T)[]): T =>
    new Proxy(store, {
      get(target, name) {
        const member = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
        if (!writes.includes(name as keyof T)) return member;
        return async (...given: unknown[]) => {
          if (count.writes >= death) throw new Error('out of memory');
          const answer = await member.apply(target, given);
          count.writes += 1;
          if (count.writes >= death) throw new Error('out of memory');
          return answer;
        };
      },
    });
  return {
    ...deployment,
    connections: mortal(deployment.connections, 'update', 'remove'),
    secrets: mortal(deployment.secrets, 'remove'),
    cursors: mortal(deployment.cursors, 'remove'),
    directory: mortal(deployment.directory, 'write'),
    audit: mortal(deployment.audit, 'append'),
  };
}
