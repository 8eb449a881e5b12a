import { beforeEach, describe, expect, it } from '@jest/globals';
import { historyOfConnection } from '../../../lib/flows/connections/connection-trail.ts';
import { projectsLost } from '../../../lib/flows/connections/lost-projects.ts';
import { refreshList } from '../../../lib/flows/reference/refresh-list.ts';
import { refreshTokens } from '../../../lib/flows/tokens/refresh-tokens.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import { PROJECTS } from '../../../lib/sandbox/seed/projects.ts';
import { documentOf, editOrder, enterOrder, goods, standingOf, sync } from '../../support/orders.ts';
import type { Scene, SceneOptions } from '../../support/scene.ts';
import { connectionOf, scenes, storyOf } from '../../support/scene.ts';
import { drain } from '../../support/world.ts';

const newScene = scenes();
const { clientId } = DEMO_CREDENTIALS.procore;
const CODE = 'procore-project-not-permitted';
const riverside = String(PROJECTS.riverside.id);
const oak = String(PROJECTS.oak.id);

let scene: Scene;
async function begin(options?: SceneOptions): Promise<void> {
  scene = await newScene(options);
  scene.demo.xero.organisations.get(CONTRACTOR.tenantId)!.purchaseOrders.clear();
}
beforeEach(() => begin());

const all = () => [...scene.company.projects.keys()];
const takeAway = (...gone: string[]) =>
  scene.demo.procore.permit(
    clientId,
    all().filter((id) => !gone.includes(String(id))),
  );
const permitAll = () => scene.demo.procore.permit(clientId, 'all');
const inOak = () => enterOrder(scene, { LineItems: [goods('RNT-FNC', 10, 3.25, { project: 'oak' })] });

async function storySoFar(): Promise<string[]> {
  const story = await storyOf(scene);
  return story.map(({ event }) => event);
}

describe('a project that is taken from the app', () => {
  it('holds up its own documents alone, is told once, and they go on by themselves when it is permitted again', async () => {
    const order = enterOrder(scene);
    await sync(scene, order);
    takeAway(riverside);
    const edited = editOrder(scene, order, { LineItems: [order.LineItems[0]!] });
    const elsewhere = inOak();
    expect(await sync(scene, edited, elsewhere)).toEqual(['done', 'done']);
    expect(await documentOf(scene, edited)).toMatchObject({ state: 'parked', code: 'project-not-visible' });
    expect(await documentOf(scene, elsewhere)).toMatchObject({ state: 'posted' });
    expect(await connectionOf(scene)).toMatchObject({
      state: 'broken',
      code: CODE,
      lostProjects: [riverside],
    });

    await sync(scene, edited, inOak());
    await refreshTokens(scene.deployment);
    expect(await connectionOf(scene)).toMatchObject({ code: CODE, lostProjects: [riverside] });
    const broken = () => scene.events().filter(({ type }) => type === 'ConnectionBroken');
    expect(broken()).toMatchObject([{ detail: { code: CODE, message: expect.stringContaining(riverside) } }]);

    permitAll();
    await refreshTokens(scene.deployment);
    const { lostProjects, ...live } = await connectionOf(scene);
    expect([live.state, live.code, lostProjects]).toEqual(['live', undefined, undefined]);
    await drain(scene.cloud, scene.deployment);
    expect(await documentOf(scene, edited)).toMatchObject({ state: 'posted' });
    expect(standingOf(scene, edited)).toMatchObject([{ total: '650.00' }]);
    expect(await storySoFar()).toEqual(['connected', 'broken', 'restored']);
  });

  it.each([403, 404] as const)(
    'in the middle of a document parks it as not visible, never as refused or gone (Procore answers %i)',
    async (notPermittedStatus) => {
      await begin({ procore: { unverified: { notPermittedStatus } } });
      const order = enterOrder(scene);
      // It is there when the batch begins, and gone when the first word of it is written.
      const { fetch } = scene.deployment;
      const deployment = {
        ...scene.deployment,
        fetch: async (...call: Parameters<typeof fetch>) => {
          if (String(call[0]).includes('/purchase_order_contracts/sync')) takeAway(riverside);
          return fetch(...call);
        },
      };
      expect(await sync({ ...scene, deployment }, order)).toEqual(['done']);
      expect(await documentOf(scene, order)).toMatchObject({ state: 'parked', code: 'project-not-visible' });
      expect(await connectionOf(scene)).toMatchObject({ code: CODE, lostProjects: [riverside] });

      permitAll();
      await refreshTokens(scene.deployment);
      await drain(scene.cloud, scene.deployment);
      expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
      expect(standingOf(scene, order)).toHaveLength(1);
    },
  );

  it.each([403, 404] as const)(
    'just before its order is deleted in Xero is not taken for a commitment that is gone (Procore answers %i)',
    async (notPermittedStatus) => {
      await begin({ procore: { unverified: { notPermittedStatus } } });
      const order = enterOrder(scene);
      await sync(scene, order);
      const { fetch } = scene.deployment;
      const deployment = {
        ...scene.deployment,
        fetch: async (...call: Parameters<typeof fetch>) => {
          if (String(call[0]).includes('/purchase_order_contracts/')) takeAway(riverside);
          return fetch(...call);
        },
      };
      const deleted = editOrder(scene, order, { Status: 'DELETED' });
      expect(await sync({ ...scene, deployment }, deleted)).toEqual(['done']);
      expect(await documentOf(scene, deleted)).toMatchObject({
        state: 'parked',
        code: 'project-not-visible',
      });
      expect(
        await scene.deployment.links.commitments(scene.connectionId, order.PurchaseOrderID),
      ).toHaveLength(1);

      permitAll();
      await refreshTokens(scene.deployment);
      await drain(scene.cloud, scene.deployment);
      expect(standingOf(scene, order)).toEqual([]);
    },
  );

  it('is not one that was closed in Procore: that is no outage', async () => {
    const order = enterOrder(scene);
    await sync(scene, order);
    scene.demo.procore.people(CONTRACTOR.procoreCompanyId).setProjectActive(PROJECTS.riverside.id, false);
    await refreshList(scene.deployment, await connectionOf(scene), 'procore/projects', { told: true });
    const edited = editOrder(scene, order, { LineItems: [order.LineItems[0]!] });
    await sync(scene, edited);
    expect(await documentOf(scene, edited)).toMatchObject({ state: 'parked', code: 'project-not-visible' });
    expect(await connectionOf(scene)).toMatchObject({ state: 'live' });
  });

  it('is remembered through a worse outage, and told of again after it', async () => {
    const { demo, deployment, connectionId } = scene;
    takeAway(riverside, oak);
    await projectsLost(deployment, await connectionOf(scene), [riverside]);
    await projectsLost(deployment, await connectionOf(scene), [oak, riverside]);
    expect(await connectionOf(scene)).toMatchObject({ lostProjects: [riverside, oak].toSorted() });

    demo.xero.disconnect(DEMO_CREDENTIALS.xero.clientId, CONTRACTOR.tenantId);
    await refreshTokens(deployment);
    expect(await connectionOf(scene)).toMatchObject({ state: 'broken', code: 'xero-disconnected' });
    takeAway(oak);
    demo.xero.reconnect(DEMO_CREDENTIALS.xero.clientId, CONTRACTOR.tenantId);
    await refreshTokens(deployment);
    expect(await connectionOf(scene)).toMatchObject({ state: 'broken', code: CODE, lostProjects: [oak] });
    expect(await storySoFar()).toEqual([
      'connected',
      'broken',
      'projects-changed',
      'broken',
      'restored',
      'broken',
    ]);
    expect((await historyOfConnection(deployment, connectionId)).at(-1)).toMatchObject({
      detail: { code: CODE, projects: [oak] },
    });
  });
});
