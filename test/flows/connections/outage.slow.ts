import { beforeEach, describe, expect, it } from '@jest/globals';
import { historyOfConnection } from '../../../lib/flows/connections/connection-trail.ts';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import { pollDueConnections, sweepConnections } from '../../../lib/flows/poll/poll-xero.ts';
import { refreshTokens } from '../../../lib/flows/tokens/refresh-tokens.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import { verify } from '../../../lib/store/audit.ts';
import { clockQueue } from '../../support/clock-queue.ts';
import { documentOf, editOrder, enterOrder, FENCE, standingOf } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes, storyOf } from '../../support/scene.ts';

const newScene = scenes();
const { clientId } = DEMO_CREDENTIALS.xero;
const MINUTE = 60_000;

let scene: Scene;
let work: ReturnType<typeof clockQueue>;
let deployment: Deployment;
beforeEach(async () => {
  scene = await newScene();
  const books = scene.demo.xero.organisations.get(CONTRACTOR.tenantId)!;
  books.purchaseOrders.clear();
  books.invoices.clear();
  work = clockQueue(scene.clock);
  deployment = { ...scene.deployment, queue: work.queue };
});

const disconnect = () => scene.demo.xero.disconnect(clientId, CONTRACTOR.tenantId);
const reconnectInXero = () => scene.demo.xero.reconnect(clientId, CONTRACTOR.tenantId);
const typesOf = () => scene.events().map(({ type }) => type);

function tellOf(id: string, kind: 'purchase-order' | 'bill' = 'purchase-order'): Promise<void> {
  const receivedAt = scene.clock.now().toISOString();
  return work.queue.send([{ connectionId: scene.connectionId, kind, id, reason: 'webhook', receivedAt }]);
}

describe('a message about a connection that is broken for three days', () => {
  it('waits, is never given up by the queue, and is carried once Xero lets the app in again', async () => {
    const order = enterOrder(scene);
    disconnect();
    await tellOf(order.PurchaseOrderID);
    await work.workOff(deployment);
    expect(await connectionOf(scene)).toMatchObject({
      state: 'broken',
      code: 'xero-disconnected',
      brokenSince: scene.clock.now().toISOString(),
    });

    const calls = () => scene.demo.xero.calls.count('GET /PurchaseOrders');
    const before = calls();
    for (let quarter = 1; quarter <= 3 * 24 * 4; quarter += 1) {
      scene.clock.advance(15 * MINUTE);
      await work.workOff(deployment);
      if (quarter % 16 === 0) await refreshTokens(deployment);
      if (quarter % 96 === 0) await sweepConnections(deployment);
      await pollDueConnections(deployment);
    }
    expect(work.length()).toBe(1);
    expect([work.mostReceived(), work.deadLetters, work.expired]).toEqual([1, [], []]);
    expect(calls()).toBe(before);
    expect(await documentOf(scene, order)).toBeUndefined();
    expect(typesOf()).toEqual(['ConnectionBroken']);

    reconnectInXero();
    await refreshTokens(deployment);
    scene.clock.advance(15 * MINUTE);
    await work.workOff(deployment);
    expect(work.length()).toBe(0);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    expect(standingOf(scene, order)).toHaveLength(1);
    expect(typesOf()).toEqual(['ConnectionBroken', 'ConnectionRestored', 'DocumentPosted']);
    const history = await historyOfConnection(deployment, scene.connectionId);
    expect(history.slice(-2)).toMatchObject([
      {
        event: 'broken',
        detail: { code: 'xero-disconnected', 'way back': expect.stringContaining('reconnect') },
      },
      { event: 'restored', detail: { code: 'xero-disconnected', lasted: '3 d' } },
    ]);
    expect(verify(history)).toBeUndefined();
  });
});

describe('what changes in Xero while a connection is broken', () => {
  it('is found and carried after it is mended, without a person who polls: orders and bills, new and changed', async () => {
    const known = enterOrder(scene);
    await pollDueConnections(deployment);
    await work.workOff(deployment);
    expect(await documentOf(scene, known)).toMatchObject({ state: 'posted' });

    disconnect();
    scene.clock.advance(30 * MINUTE);
    await refreshTokens(deployment);
    expect(await connectionOf(scene)).toMatchObject({ code: 'xero-disconnected' });
    // Xero tells a disconnected app nothing.
    scene.clock.advance(26 * 60 * MINUTE);
    const added = enterOrder(scene);
    const edited = editOrder(scene, known, { LineItems: [known.LineItems[0]!] });
    const bill = scene.demo.xero.saveInvoice(CONTRACTOR.tenantId, { Type: 'ACCPAY', Contact: FENCE.Contact });
    await pollDueConnections(deployment);
    await sweepConnections(deployment);
    expect(work.length()).toBe(0);

    reconnectInXero();
    await refreshTokens(deployment);
    await pollDueConnections(deployment);
    await work.workOff(deployment);
    for (const order of [added, edited])
      expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    expect(standingOf(scene, edited)).toMatchObject([{ total: '650.00' }]);
    expect(await deployment.documents.get(scene.connectionId, bill.InvoiceID)).toMatchObject({
      kind: 'bill',
    });

    // The bills are read once for that, and then as usual.
    const bills = scene.demo.xero.calls.count('GET /Invoices');
    scene.clock.advance(MINUTE);
    await pollDueConnections(deployment);
    expect(scene.demo.xero.calls.count('GET /Invoices')).toBe(bills);
  });
});

describe('a process that dies', () => {
  it.each(['ConnectionBroken', 'ConnectionRestored'])(
    'right after the change that %s tells of is followed by one that tells it, once',
    async (lost) => {
      const { events } = deployment;
      const publish: typeof events.publish = (type, detail) =>
        type === lost ? Promise.reject(new Error('out of memory')) : events.publish(type, detail);
      const dying = { ...deployment, events: { ...events, publish } };
      disconnect();
      await tellOf(enterOrder(scene).PurchaseOrderID);
      await work.workOff(dying);
      scene.clock.advance(20 * MINUTE);
      if (lost === 'ConnectionRestored') {
        reconnectInXero();
        await refreshTokens(dying);
      }
      expect(typesOf()).not.toContain(lost);
      for (let run = 1; run <= 3; run += 1) {
        scene.clock.advance(20 * MINUTE);
        await refreshTokens(deployment);
      }
      expect(typesOf().filter((type) => type === lost)).toHaveLength(1);
      const told = (await storyOf(scene)).map(({ event }) => event);
      expect(told).toEqual(['connected', 'broken', ...(lost === 'ConnectionRestored' ? ['restored'] : [])]);
    },
  );
});
