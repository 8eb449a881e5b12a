import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { pollConnection, pollDueConnections, sweepConnections } from '../../../lib/flows/poll/poll-xero.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import { connectHarbor, enterHarborOrder, HARBOR } from '../../support/harbor.ts';
import { documentOf, editOrder, enterOrder, FENCE, goods, sync } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, START, scenes, standing } from '../../support/scene.ts';
import { drain } from '../../support/world.ts';

const newScene = scenes();
const MINUTE = 60_000;

let scene: Scene;
let books: ReturnType<typeof booksOf>;
beforeEach(async () => {
  scene = await newScene();
  books = booksOf(scene);
  books.purchaseOrders.clear();
  books.invoices.clear();
  books.creditNotes.clear();
});

function booksOf({ demo }: Scene) {
  return demo.xero.organisations.get(CONTRACTOR.tenantId)!;
}

/** What waits in the queue, and takes it out. */
async function enqueued({ cloud }: Scene): Promise<Record<string, unknown>[]> {
  const all = [];
  for (;;) {
    const { Messages = [] } = await cloud.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: cloud.queueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return all;
    all.push(...Messages.map(({ Body }) => JSON.parse(Body!) as Record<string, unknown>));
  }
}

/** The scheduled poll, so many minutes later. */
async function poll(minutes = 0, deployment = scene.deployment): Promise<void> {
  scene.clock.advance(minutes * MINUTE);
  await pollDueConnections(deployment);
}

const cursor = () => scene.deployment.cursors.get(scene.connectionId);
const ordersCalls = () => scene.demo.xero.calls.count('GET /PurchaseOrders');
const minutesToNext = async () =>
  (Date.parse((await cursor()).nextPollAt!) - scene.clock.now().getTime()) / MINUTE;

describe('the poll for orders', () => {
  it('finds all at the first look, and from then on only news, each version once', async () => {
    const orders = [enterOrder(scene), enterOrder(scene, { Status: 'DRAFT' })];
    await poll();
    const found = await enqueued(scene);
    expect(found.map(({ id }) => id).toSorted()).toEqual(
      orders.map((order) => order.PurchaseOrderID).toSorted(),
    );
    expect(found[0]).toEqual({
      connectionId: scene.connectionId,
      kind: 'purchase-order',
      id: expect.any(String),
      version: START,
      reason: 'poll',
      receivedAt: START,
      record: expect.objectContaining({ PurchaseOrderID: found[0]!.id }),
    });

    await sync(scene, ...orders);
    await poll(1);
    expect(await enqueued(scene)).toEqual([]);

    const edited = editOrder(scene, orders[1]!, { Status: 'AUTHORISED' });
    await poll();
    expect(await enqueued(scene)).toMatchObject([
      { id: edited.PurchaseOrderID, version: edited.UpdatedDateUTC },
    ]);
  });

  it('looks back five minutes for what became visible late', async () => {
    await poll();
    const late = enterOrder(scene);
    Object.assign(late, { UpdatedDateUTC: '2026-11-22T08:56:00.000Z' });
    await poll(1);
    expect(await enqueued(scene)).toMatchObject([{ id: late.PurchaseOrderID }]);
  });

  it('goes on from the time of its first page, and repeats all where it died between pages', async () => {
    const orders = Array.from({ length: 130 }, () => enterOrder(scene, { LineItems: [goods('FRT', 1, 1)] }));
    const { fetch } = scene.deployment;
    await scene.deployment.cursors.remove(scene.connectionId);
    let broken = true;
    const dying = {
      ...scene.deployment,
      fetch: async (...call: Parameters<typeof fetch>) => {
        const second = new URL(String(call[0])).searchParams.get('page') === '2';
        if (second) scene.clock.advance(MINUTE);
        if (second && broken) throw new TypeError('connection reset');
        return fetch(...call);
      },
    };
    await poll(0, dying);
    expect(await enqueued(scene)).toHaveLength(100);
    expect(await cursor()).not.toHaveProperty('purchaseOrders');

    broken = false;
    const begun = scene.clock.now().toISOString();
    await poll(0, dying);
    const found = new Set((await enqueued(scene)).map(({ id }) => id));
    expect(found).toEqual(new Set(orders.map((order) => order.PurchaseOrderID)));
    expect(await cursor()).toMatchObject({ purchaseOrders: begun });
  });

  it('comes every minute while there is news, ever slower after, and not before its time', async () => {
    enterOrder(scene);
    await poll();
    expect(await minutesToNext()).toBe(1);
    const calls = ordersCalls();
    await poll(0.5);
    expect(ordersCalls()).toBe(calls);
    // A schedule that fires a few seconds early does not cost a whole minute.
    await poll(0.45);
    expect(ordersCalls()).toBe(calls + 1);

    await sync(scene, ...books.purchaseOrders.values());
    const waits = [];
    for (const minutes of [10, 30, 60, 240]) {
      await poll(minutes);
      waits.push(await minutesToNext());
    }
    expect(waits).toEqual([1, 3, 5, 15]);
  });

  it('keeps to a third of the calls of a small Xero plan, and to a fixed interval where one is set', async () => {
    const small = await newScene({ settings: { xeroDailyCalls: 1000 } });
    booksOf(small).purchaseOrders.clear();
    await pollDueConnections(small.deployment);
    const { nextPollAt } = await small.deployment.cursors.get(small.connectionId);
    expect(1440 / ((Date.parse(nextPollAt!) - Date.parse(START)) / MINUTE)).toBeLessThanOrEqual(1000 / 3);

    const fixed = await newScene({ settings: { pollMinutes: 7 } });
    booksOf(fixed).purchaseOrders.clear();
    await pollDueConnections(fixed.deployment);
    expect(await fixed.deployment.cursors.get(fixed.connectionId)).toMatchObject({
      nextPollAt: '2026-11-22T09:07:00.000Z',
    });
  });
});

describe('the daily sweep', () => {
  it('finds what changed silently, and bills whose webhook was lost', async () => {
    const order = enterOrder(scene);
    await sync(scene, order);
    await poll();
    await enqueued(scene);
    const bill = scene.demo.xero.saveInvoice(CONTRACTOR.tenantId, { Type: 'ACCPAY', Contact: FENCE.Contact });
    const { PurchaseOrderID, LineItems } = order;
    scene.demo.xero.savePurchaseOrder(
      CONTRACTOR.tenantId,
      { PurchaseOrderID, LineItems: [LineItems[0]!] },
      { silent: true },
    );
    await poll(1);
    expect(await enqueued(scene)).toEqual([]);

    await sweepConnections(scene.deployment);
    await drain(scene.cloud, scene.deployment);
    expect(standing(scene)).toMatchObject([{ total: '650.00', requisition: '650.00' }]);
    expect(await scene.deployment.documents.get(scene.connectionId, bill.InvoiceID)).toMatchObject({
      state: 'left-out',
      code: 'bill-not-approved',
    });
    expect((await cursor()).lastSweepAt! > START).toBe(true);
  });

  it('waits for a poll that died at it, rather than for the next day', async () => {
    const { leases } = scene.deployment;
    expect(await leases.acquire(`poll:${scene.connectionId}`, 'a worker that died', 70)).toBeDefined();
    const order = enterOrder(scene);
    await sweepConnections(scene.deployment);
    expect((await enqueued(scene)).map(({ id }) => id)).toContain(order.PurchaseOrderID);
    expect(await cursor()).toHaveProperty('lastSweepAt');
  });

  it('looks back two weeks; a full poll reads everything', async () => {
    const [old, recent] = [enterOrder(scene), enterOrder(scene)];
    await sync(scene, old, recent);
    await poll();
    Object.assign(recent, { UpdatedDateUTC: '2026-11-10T09:00:00.000Z' });
    Object.assign(old, { UpdatedDateUTC: '2026-11-01T09:00:00.000Z' });
    await enqueued(scene);
    await sweepConnections(scene.deployment);
    expect(await enqueued(scene)).toMatchObject([{ id: recent.PurchaseOrderID, reason: 'sweep' }]);
    expect(await pollConnection(await connectionOf(scene), scene.deployment)).toEqual({ enqueued: 0 });
    expect(await pollConnection(await connectionOf(scene), scene.deployment, { full: true })).toEqual({
      enqueued: 2,
    });
  });
});

const OTHER_APP = {
  ...DEMO_CREDENTIALS.xero,
  clientId: 'OTHER',
  clientSecret: 'other',
  webhookKey: 'other-key',
};

describe('two connections', () => {
  it.each([
    ['the same app', DEMO_CREDENTIALS.xero],
    ['an app each', OTHER_APP],
  ])('stay apart, with %s', async (_which, app) => {
    if (app === OTHER_APP) scene.demo.xero.registerApp({ ...OTHER_APP, grant: 'refresh_token' });
    const harbor = await connectHarbor(scene, { app });
    const [ours, theirs] = [enterOrder(scene), enterHarborOrder(scene)];
    await poll();
    await drain(scene.cloud, scene.deployment);
    const { documents } = scene.deployment;
    expect((await documents.list(scene.connectionId)).map(({ id }) => id)).toEqual([ours.PurchaseOrderID]);
    expect(await documents.list(harbor)).toMatchObject([
      { id: theirs.PurchaseOrderID, number: 'HH-1', supplier: 'Gulf Fencing', state: 'posted' },
    ]);
    expect(standing(scene).map(({ vendor }) => vendor)).toEqual([
      'Gulf Fencing',
      'Capitol Equipment Rentals, Inc.',
    ]);
    for (const { headers, path } of scene.demo.xero.calls.latest) {
      if (path.endsWith(ours.PurchaseOrderID)) expect(headers['xero-tenant-id']).toBe(CONTRACTOR.tenantId);
      if (path.endsWith(theirs.PurchaseOrderID)) expect(headers['xero-tenant-id']).toBe(HARBOR);
    }
  });

  it.each(['that passes', 'that a person must mend', 'that nobody expected'])(
    'do not keep each other from their turn by trouble %s',
    async (trouble) => {
      const harbor = await connectHarbor(scene);
      const [ours, theirs] = [enterOrder(scene), enterHarborOrder(scene)];
      // In the order of their ids, the one in trouble comes first.
      expect(['harbor', 'harlan']).toEqual([harbor.slice(0, 6), scene.connectionId.slice(0, 6)]);
      const { fetch, queue } = scene.deployment;
      const deployment = {
        ...scene.deployment,
        fetch: async (...call: Parameters<typeof fetch>) => {
          const isHarbor = new Headers(call[1]?.headers).get('xero-tenant-id') === HARBOR;
          if (isHarbor && trouble === 'that passes') throw new TypeError('connection reset');
          return fetch(...call);
        },
        queue: {
          ...queue,
          send: async (...given: Parameters<typeof queue.send>) => {
            const isHarbor = given[0].some(({ connectionId }) => connectionId === harbor);
            if (isHarbor && trouble === 'that nobody expected') throw new Error('the disk is full');
            return queue.send(...given);
          },
        },
      };
      if (trouble === 'that a person must mend') {
        scene.demo.xero.disconnect(DEMO_CREDENTIALS.xero.clientId, HARBOR);
      }
      const polled = poll(0, deployment);
      if (trouble === 'that nobody expected') await expect(polled).rejects.toThrow('1 connections failed');
      else await polled;
      expect(await enqueued(scene)).toMatchObject([{ id: ours.PurchaseOrderID }]);
      const { state } = (await scene.deployment.connections.get(harbor))!;
      expect(state).toBe(trouble === 'that a person must mend' ? 'broken' : 'live');
      expect(await documentOf({ ...scene, connectionId: harbor }, theirs)).toBeUndefined();
    },
  );
});
