import { beforeEach, describe, expect, it } from '@jest/globals';
import type { DocumentChange } from '../../lib/aws/queue.ts';
import { openBooks } from '../../lib/flows/clients.ts';
import { pauseConnection, resumeConnection } from '../../lib/flows/connections/pause-connection.ts';
import { removeConnection } from '../../lib/flows/connections/remove-connection.ts';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { withWaitingRoom } from '../../lib/flows/patient-queue.ts';
import { releaseWaiting } from '../../lib/flows/waiting-room.ts';
import { clockQueue } from '../support/clock-queue.ts';
import { connectHarbor, enterHarborOrder } from '../support/harbor.ts';
import { documentOf, enterOrder } from '../support/orders.ts';
import type { Scene } from '../support/scene.ts';
import { connectionOf, scenes } from '../support/scene.ts';

const newScene = scenes();
const HOUR = 3_600_000;

let scene: Scene;
let work: ReturnType<typeof clockQueue>;
let deployment: Deployment;
async function begin(options: Parameters<typeof newScene>[0] = {}) {
  scene = await newScene(options);
  work = clockQueue(scene.clock);
  const queue = withWaitingRoom(work.queue, scene.deployment.waitingRoom, scene.clock);
  deployment = { ...scene.deployment, queue };
}

function change(id: string, more: Partial<DocumentChange> = {}): DocumentChange {
  const { connectionId, clock } = scene;
  const receivedAt = clock.now().toISOString();
  return { connectionId, kind: 'purchase-order', id, reason: 'webhook', receivedAt, ...more };
}

const waiting = (now = '2030-01-01T00:00:00.000Z') =>
  deployment.waitingRoom
    .due(scene.connectionId, now, 1000)
    .then((due) => due.map(({ body }) => JSON.parse(body) as DocumentChange));
const id = (count: number) => `3f1c5a52-7a41-4c39-9d0b-${String(count).padStart(12, '0')}`;

describe('a spent day', () => {
  beforeEach(() => begin({ xero: { limits: { minute: 1e9, day: 40 } } }));

  /** Uses up what Xero allows, as bulk work of another time might have. */
  async function spend(): Promise<number> {
    const books = await openBooks(deployment, await connectionOf(scene), 'approval');
    for (;;) {
      const error = await books.accounts().catch((thrown) => thrown);
      if ('afterSeconds' in error) return error.afterSeconds;
    }
  }

  it('makes documents wait, and they go on after it without a delivery in between; others are not delayed', async () => {
    const order = enterOrder(scene);
    const harbor = await connectHarbor(scene);
    await deployment.cursors.put(harbor, { purchaseOrders: scene.clock.now().toISOString() });
    const other = enterHarborOrder(scene);
    const seconds = await spend();
    expect(seconds).toBeGreaterThan(900);
    const refused = () => scene.demo.xero.calls.latest.filter(({ status }) => status === 429).length;
    expect(refused()).toBe(1);

    const both = [order, { ...order, PurchaseOrderID: id(1) }].map((it) => change(it.PurchaseOrderID));
    await deployment.queue.send([...both, ...both, change(other.PurchaseOrderID, { connectionId: harbor })]);
    await work.workOff(deployment);
    expect(work.length()).toBe(0);
    expect(await waiting()).toHaveLength(2);
    expect(await deployment.documents.get(harbor, other.PurchaseOrderID)).toMatchObject({ state: 'posted' });

    for (let passed = 0; passed < seconds * 1000 - HOUR; passed += HOUR) {
      scene.clock.advance(HOUR);
      await releaseWaiting(deployment);
    }
    expect(work.length()).toBe(0);
    scene.clock.advance(HOUR + 1000);
    await releaseWaiting(deployment);
    expect(work.length()).toBe(2);
    await work.workOff(deployment);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    expect(await waiting()).toEqual([]);
    expect([work.mostReceived(), work.deadLetters, refused()]).toEqual([1, [], 1]);
  });
});

describe('the waiting room', () => {
  beforeEach(() => begin());

  it('keeps one entry for a document and a reason, and all that people want written over', async () => {
    const soon = { delaySeconds: 1000 };
    await deployment.queue.send([change(id(1), { reason: 'retry', overwrite: ['status'] })], soon);
    await deployment.queue.send([change(id(1), { reason: 'retry', overwrite: ['title'] })], soon);
    await deployment.queue.send(
      [change(id(1), { reason: 'retry' }), change(id(1), { reason: 'sweep' })],
      soon,
    );
    expect(await waiting()).toEqual([
      change(id(1), { reason: 'retry', overwrite: ['status', 'title'] }),
      change(id(1), { reason: 'sweep' }),
    ]);
  });

  it('lets the most urgent go first, a portion a minute, and none before its time', async () => {
    const many = Array.from({ length: 120 }, (_, count) => change(id(count), { reason: 'backfill' }));
    await deployment.queue.send([...many, change(id(500), { reason: 'approval' })], { delaySeconds: 1000 });
    await releaseWaiting(deployment);
    expect(work.length()).toBe(0);
    scene.clock.advance(1_000_000);
    await releaseWaiting(deployment);
    expect(work.length()).toBe(100);
    const left = await waiting();
    expect([left.length, left.filter(({ reason }) => reason === 'approval')]).toEqual([21, []]);
  });

  it('lets nothing go of a connection that is paused, and all once it goes on', async () => {
    await deployment.queue.send([change(id(1))], { delaySeconds: 1000 });
    scene.clock.advance(1_000_000);
    await pauseConnection(deployment, scene.connectionId);
    await releaseWaiting(deployment);
    expect(work.length()).toBe(0);
    await resumeConnection(deployment, scene.connectionId);
    await releaseWaiting(deployment);
    expect(work.length()).toBe(1);
  });

  it('queues twice, and loses nothing, where whoever lets out dies before taking out', async () => {
    await deployment.queue.send([change(id(1))], { delaySeconds: 1000 });
    scene.clock.advance(1_000_000);
    const { waitingRoom } = deployment;
    const remove = () => Promise.reject(new Error('out of memory'));
    const dying = { ...deployment, waitingRoom: { ...waitingRoom, remove } };
    await expect(releaseWaiting(dying)).rejects.toThrow();
    expect(await waiting()).toHaveLength(1);
    await releaseWaiting(deployment);
    expect([work.length(), await waiting()]).toEqual([2, []]);
  });

  it('keeps what came in again while it was let out', async () => {
    await deployment.queue.send([change(id(1))], { delaySeconds: 1000 });
    scene.clock.advance(1_000_000);
    const [read] = await deployment.waitingRoom.due(scene.connectionId, scene.clock.now().toISOString(), 1);
    await releaseWaiting(deployment);
    await deployment.queue.send([change(id(1))], { delaySeconds: 5000 });
    await deployment.waitingRoom.remove(read!);
    expect(await waiting()).toHaveLength(1);
  });

  it('is emptied with its connection', async () => {
    await deployment.queue.send([change(id(1))], { delaySeconds: 1000 });
    await removeConnection(deployment, scene.connectionId);
    expect(await waiting()).toEqual([]);
  });
});
