import { beforeEach, describe, expect, it } from '@jest/globals';
import { pollDueConnections } from '../../../lib/flows/poll/poll-xero.ts';
import { showPlan } from '../../../lib/flows/sync/show-plan.ts';
import { syncDocuments } from '../../../lib/flows/sync/sync-documents.ts';
import { nameOf, office } from '../../support/life.ts';
import { goods, supplier } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { messageAbout, scenes } from '../../support/scene.ts';
import { drain } from '../../support/world.ts';

const newScene = scenes();

let scene: Scene;
let desk: ReturnType<typeof office>;
beforeEach(async () => {
  scene = await newScene();
  desk = office(scene);
  // The poll has seen everything that the books began with.
  scene.clock.advance(600_000);
  const now = scene.clock.now().toISOString();
  await scene.deployment.cursors.put(scene.connectionId, {
    purchaseOrders: now,
    bills: now,
    creditNotes: now,
    contacts: now,
    suppliers: now,
  });
});

const CONCRETE = goods('CON-4000', 10, 165);

const record = (id: string) => scene.deployment.documents.get(scene.connectionId, id);
const orderOf = (key: Parameters<typeof supplier>[0], number: string) =>
  desk.order({ Contact: supplier(key), PurchaseOrderNumber: number, LineItems: [CONCRETE] });

describe('which orders a bill is for', () => {
  it('is told with what speaks for it, in the trail and in the plan', async () => {
    const order = orderOf('lonestar', 'PO-9001');
    const bill = desk.billOf(order, { InvoiceNumber: 'INV 12 / PO 9001' });
    await desk.carry(order, bill);
    const match = {
      orders: ['PO-9001'],
      by: 'rules',
      why: expect.arrayContaining(['the reference says PO 9001']),
    };
    const trail = await scene.deployment.audit.list(scene.connectionId, bill.InvoiceID);
    expect(trail.filter(({ event }) => event === 'matched').map(({ detail }) => detail)).toEqual([match]);
    const [connection] = await scene.deployment.connections.list();
    const wanted = { kind: 'bill' as const, id: bill.InvoiceID };
    expect(await showPlan(wanted, connection!, scene.deployment)).toMatchObject({ outcome: 'level', match });
  });
});

describe('a bill is matched knowing all orders that Xero has', () => {
  it('waits for its order where the poll has seen it and no worker has carried it yet', async () => {
    const order = orderOf('lonestar', 'PO-9001');
    const bill = desk.billOf(order);
    await pollDueConnections(scene.deployment);
    await syncDocuments([messageAbout(scene, ...nameOf(bill))], scene.deployment);
    expect(await record(bill.InvoiceID)).toMatchObject({ state: 'parked', code: 'order-not-posted' });

    await drain(scene.cloud, scene.deployment);
    expect(await record(bill.InvoiceID)).toMatchObject({ procore: [{ type: 'requisition' }] });
  });

  it('is put off until the orders of a new connection were looked at once', async () => {
    await scene.deployment.cursors.remove(scene.connectionId);
    const bill = desk.bill({ InvoiceNumber: 'AC 1', LineItems: [CONCRETE] });
    const message = messageAbout(scene, ...nameOf(bill));
    const verdicts = await syncDocuments([message], scene.deployment);
    expect(verdicts.get(message.id)).toEqual({ postponeSeconds: 60 });
    expect(await record(bill.InvoiceID)).toBeUndefined();

    await pollDueConnections(scene.deployment);
    expect(await syncDocuments([message], scene.deployment)).toEqual(new Map([[message.id, 'done']]));
  });

  it('asks where it names the order of another supplier, who may be its sister', async () => {
    const order = orderOf('acme', 'PO-9001');
    orderOf('lonestar', 'PO-9002');
    const bill = desk.billOf(order, { Contact: supplier('lonestar') });
    await desk.carry(order, bill);
    expect(await record(bill.InvoiceID)).toMatchObject({
      state: 'parked',
      code: 'bill-match-uncertain',
      facts: { why: expect.arrayContaining(["the reference says PO-9001, which is another supplier's"]) },
    });
  });
});
