import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PurchaseOrder, PurchaseOrderDraft } from '../../../lib/sandbox/xero/documents.ts';
import { verify } from '../../../lib/store/audit.ts';
import { byHand, contractsIn, projectIn, requisitionsIn } from '../../support/by-hand.ts';
import { heldReads, heldRecord } from '../../support/held.ts';
import {
  documentOf,
  editOrder,
  enterOrder,
  goods,
  standingOf,
  supplier,
  sync,
  trailOf,
} from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { scenes, writeCalls } from '../../support/scene.ts';

const newScene = scenes();

let scene: Scene;
let order: PurchaseOrder;
beforeAll(async () => {
  scene = await newScene();
});
beforeEach(async () => {
  order = enterOrder(scene);
  await sync(scene, order);
});

/** Changes the order in Xero and lets the connector follow. */
async function edit(changes: Partial<PurchaseOrderDraft>): Promise<void> {
  order = editOrder(scene, order, changes);
  expect(await sync(scene, order)).toEqual(['done']);
}

const theContract = () =>
  contractsIn(scene, 'riverside').find(({ origin_code }) => origin_code === order.PurchaseOrderNumber)!;
const theRequisitions = () =>
  requisitionsIn(scene, 'riverside').filter(({ commitment_id }) => commitment_id === theContract().id);
/** Those of a commitment that is gone are found by their own mark. */
const requisitionsOf = ({ PurchaseOrderID }: PurchaseOrder) =>
  requisitionsIn(scene, 'riverside').filter(({ origin_data }) => origin_data?.includes(PurchaseOrderID));
const theRequisition = () => theRequisitions()[0]!;

describe('an order that changes in Xero', () => {
  it('has its lines changed, added and removed in the same commitment, and billed anew', async () => {
    const { id } = theContract();
    const lineIds = theContract().lines.map((line) => line.id);
    const [fence, freight] = order.LineItems;
    await edit({ LineItems: [{ ...fence!, Quantity: 220 }, freight!, goods('RNT-EXC', 2, 565)] });
    expect(theContract()).toMatchObject({ id, status: 'Approved' });
    expect(
      theContract()
        .lines.slice(0, 2)
        .map((line) => line.id),
    ).toEqual(lineIds);
    expect(standingOf(scene, order)).toMatchObject([
      {
        lines: [{ amount: '715.00' }, { amount: '120.00' }, { amount: '1130.00' }],
        requisition: '1965.00',
      },
    ]);

    await edit({ LineItems: [order.LineItems[0]!, order.LineItems[2]!] });
    expect((await trailOf(scene, order)).findLast(({ event }) => event === 'planned')?.detail.steps).toEqual([
      'delete-requisition',
      'set-status',
      'delete-lines',
      'set-status',
      'create-requisition',
    ]);
    expect(standingOf(scene, order)).toMatchObject([
      { lines: [{ amount: '715.00' }, { amount: '1130.00' }], requisition: '1845.00' },
    ]);
    expect(theRequisitions()).toHaveLength(1);

    await edit({
      LineItems: [{ ...order.LineItems[0]!, Description: 'Fence, east side' }, order.LineItems[1]!],
    });
    expect(theContract().lines[0]).toMatchObject({ description: 'Fence, east side', amount: '715.00' });
    expect(standingOf(scene, order)).toMatchObject([{ status: 'Approved', requisition: '1845.00' }]);
    expect(verify(await trailOf(scene, order))).toBeUndefined();
  });

  it('is renamed when it is renumbered, and its draft requisition with it', async () => {
    const { id } = theContract();
    await edit({ PurchaseOrderNumber: 'PO-9001', Reference: 'Site fence' });
    expect(theContract()).toMatchObject({
      id,
      number: 'PO-9001',
      title: 'Site fence',
      origin_code: 'PO-9001',
    });
    expect(theRequisitions()).toMatchObject([{ invoice_number: 'PO-9001', status: 'draft' }]);
    expect(await documentOf(scene, order)).toMatchObject({ number: 'PO-9001', state: 'posted' });
  });

  it('goes to another supplier', async () => {
    const { id } = theContract();
    await edit({ Contact: supplier('lonestar') });
    expect(theContract().id).toBe(id);
    expect(standingOf(scene, order)).toMatchObject([
      { vendor: 'Lone Star Lumber and Supply, Inc.', status: 'Approved', requisition: '770.00' },
    ]);
  });

  it('moves to another project, in part and whole', async () => {
    const [fence, freight] = order.LineItems;
    const toOak = goods('FRT', 1, 1, { project: 'oak' }).Tracking!;
    const number = order.PurchaseOrderNumber;
    await edit({ LineItems: [fence!, { ...freight!, Tracking: toOak }] });
    expect(standingOf(scene, order)).toMatchObject([
      { number: `${number}-1042`, total: '650.00', requisition: '650.00' },
      { number: `${number}-1047`, total: '120.00', requisition: '120.00' },
    ]);
    await edit({
      LineItems: [
        { ...fence!, Tracking: toOak },
        { ...freight!, Tracking: toOak },
      ],
    });
    expect(standingOf(scene, order)).toMatchObject([
      { project: '1047', number, total: '770.00', requisition: '770.00' },
    ]);
    expect(requisitionsOf(order)).toEqual([]);
  });

  it('follows every status, back to draft included', async () => {
    for (const [Status, status, requisition] of [
      ['BILLED', 'Approved', '770.00'],
      ['SUBMITTED', 'Submitted', undefined],
      ['AUTHORISED', 'Approved', '770.00'],
      ['DRAFT', 'Draft', undefined],
    ] as const) {
      await edit({ Status });
      expect(standingOf(scene, order).map((it) => [it.status, it.requisition])).toEqual([
        [status, requisition],
      ]);
      expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    }
  });

  it('makes no call for writing where nothing that Procore holds has changed', async () => {
    const before = writeCalls(scene);
    await edit({ AttentionTo: 'Jim', Telephone: '555-0100' });
    expect(writeCalls(scene)).toBe(before);
    expect(await documentOf(scene, order)).toMatchObject({ version: order.UpdatedDateUTC, state: 'posted' });
  });
});

describe('an order that is deleted in Xero', () => {
  it('is taken out of Procore where nothing was billed', async () => {
    await edit({ Status: 'DELETED' });
    expect(standingOf(scene, order)).toEqual([]);
    expect(requisitionsOf(order)).toEqual([]);
    expect(await documentOf(scene, order)).toMatchObject({
      state: 'left-out',
      code: 'deleted-in-xero',
      procore: [],
    });
    expect((await trailOf(scene, order)).at(-1)).toMatchObject({ event: 'left-out' });
  });

  it('never gets there if it is deleted before', async () => {
    const before = writeCalls(scene);
    const early = editOrder(scene, enterOrder(scene), { Status: 'DELETED' });
    await sync(scene, early);
    expect(writeCalls(scene)).toBe(before);
    expect(await documentOf(scene, early)).toMatchObject({ state: 'left-out', code: 'deleted-in-xero' });
  });

  it('is closed where somebody billed it, and what was billed stays', async () => {
    // Only the latest requisition can be deleted, so the person's own comes after our draft is gone.
    scene.demo.procore.people(scene.company.id).deleteRequisition(theRequisition().id);
    const person = await byHand(scene);
    await person.bill(projectIn(scene, 'riverside'), theContract(), 0.5);
    await edit({ Status: 'DELETED' });
    expect(standingOf(scene, order)).toMatchObject([{ status: 'Closed', total: '770.00', billed: '385.00' }]);
    const after = writeCalls(scene);
    await sync(scene, order);
    expect(writeCalls(scene)).toBe(after);
  });

  it('waits for a person where our draft was approved by hand: nothing is changed', async () => {
    scene.demo.procore.people(scene.company.id).setRequisitionStatus(theRequisition().id, 'approved');
    const [before, writes] = [standingOf(scene, order), writeCalls(scene)];
    await edit({ Status: 'DELETED' });
    expect(await documentOf(scene, order)).toMatchObject({
      state: 'parked',
      code: 'requisition-touched',
      procore: [{ type: 'vendor' }, { type: 'commitment' }, { type: 'requisition' }],
    });
    expect(standingOf(scene, order)).toEqual(before);
    expect(writeCalls(scene)).toBe(writes);
    expect(scene.events().at(-1)).toMatchObject({
      type: 'DocumentParked',
      detail: { code: 'requisition-touched', number: order.PurchaseOrderNumber },
    });
  });

  it.each([403, 404] as const)(
    'is not given up where Procore hides its project with %s',
    async (notPermittedStatus) => {
      const hiding = await newScene({ procore: { unverified: { notPermittedStatus } } });
      const there = enterOrder(hiding);
      await sync(hiding, there);
      hiding.demo.procore.permit('demo-procore-client-harlan-reyes', [projectIn(hiding, 'oak').id]);
      await sync(hiding, editOrder(hiding, there, { Status: 'DELETED' }));
      expect(await documentOf(hiding, there)).toMatchObject({
        state: 'parked',
        code: 'project-not-visible',
        procore: [{ type: 'vendor' }, { type: 'commitment' }, { type: 'requisition' }],
      });
      expect(standingOf(hiding, there)).toMatchObject([{ status: 'Approved' }]);
    },
  );
});

describe('an order whose commitment people changed in Procore', () => {
  it('waits where the commitment was deleted; deleting the order settles it', async () => {
    scene.demo.procore.people(scene.company.id).deleteContract(theContract().id);
    const writes = writeCalls(scene);
    await edit({ LineItems: [order.LineItems[0]!] });
    expect(await documentOf(scene, order)).toMatchObject({ state: 'parked', code: 'commitment-gone' });
    expect(writeCalls(scene)).toBe(writes);

    await edit({ Status: 'DELETED' });
    expect(await documentOf(scene, order)).toMatchObject({ state: 'left-out', code: 'deleted-in-xero' });
  });

  it('waits where the draft was submitted, and goes on once it is a draft again', async () => {
    const people = scene.demo.procore.people(scene.company.id);
    people.setRequisitionStatus(theRequisition().id, 'under_review');
    const before = standingOf(scene, order);
    await edit({ LineItems: [order.LineItems[0]!] });
    expect(await documentOf(scene, order)).toMatchObject({ state: 'parked', code: 'requisition-touched' });
    expect(standingOf(scene, order)).toEqual(before);

    people.setRequisitionStatus(theRequisition().id, 'draft');
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    expect(standingOf(scene, order)).toMatchObject([{ total: '650.00', requisition: '650.00' }]);
  });
});

describe('an order whose change Procore refuses', () => {
  it('counts as committed as it did before: what was unlocked for the change is approved again', async () => {
    scene.demo.procore.people(scene.company.id).deleteRequisition(theRequisition().id);
    const person = await byHand(scene);
    await person.bill(projectIn(scene, 'riverside'), theContract(), 0.5);
    const before = standingOf(scene, order);
    await edit({
      LineItems: order.LineItems.map(({ LineAmount: _old, ...line }) => ({ ...line, UnitAmount: 1 })),
    });
    expect(await documentOf(scene, order)).toMatchObject({
      state: 'parked',
      code: 'procore-refused',
      message: expect.stringContaining('already invoiced'),
    });
    expect(standingOf(scene, order)).toEqual(before);
    expect(
      (await trailOf(scene, order)).slice(-3).map(({ event, detail }) => [event, detail.status]),
    ).toEqual([
      ['written', 'Draft'],
      ['written', 'Approved'],
      ['parked', undefined],
    ]);
  });
});

describe('an order on which people bill after our draft', () => {
  it('waits with what Procore says, and nothing is changed', async () => {
    const person = await byHand(scene);
    await person.bill(projectIn(scene, 'riverside'), theContract(), 0.5);
    const before = standingOf(scene, order);
    await edit({ LineItems: [order.LineItems[0]!] });
    expect(await documentOf(scene, order)).toMatchObject({
      state: 'parked',
      code: 'procore-refused',
      message: expect.stringContaining('Only the latest invoice can be deleted'),
    });
    expect(standingOf(scene, order)).toEqual(before);
  });
});

describe('an order that comes in an older version', () => {
  it('never overwrites a newer one', async () => {
    order = editOrder(scene, order, { LineItems: [order.LineItems[0]!] });
    const slow = heldReads(scene.deployment);
    const late = sync({ ...scene, deployment: slow.deployment }, order);
    await slow.reached;
    await edit({ LineItems: [{ ...order.LineItems[0]!, Quantity: 300 }] });
    const [stands, trail] = [standingOf(scene, order), await trailOf(scene, order)];
    expect(stands).toMatchObject([{ total: '975.00' }]);

    slow.release();
    expect(await late).toEqual(['done']);
    expect(standingOf(scene, order)).toEqual(stands);
    expect(await trailOf(scene, order)).toEqual(trail);
    expect(await documentOf(scene, order)).toMatchObject({ version: order.UpdatedDateUTC });
  });

  it('waits while the newer one is in Procore and not yet recorded', async () => {
    order = editOrder(scene, order, { LineItems: [order.LineItems[0]!] });
    const slow = heldReads(scene.deployment);
    const late = sync({ ...scene, deployment: slow.deployment }, order);
    await slow.reached;

    order = editOrder(scene, order, { LineItems: [{ ...order.LineItems[0]!, Quantity: 300 }] });
    const recording = heldRecord(scene.deployment);
    const newer = sync({ ...scene, deployment: recording.deployment }, order);
    await recording.reached;
    slow.release();
    expect(await late).toEqual([{ postponeSeconds: 57 }]);
    expect(standingOf(scene, order)).toMatchObject([{ total: '975.00' }]);

    recording.release();
    expect(await newer).toEqual(['done']);
    expect(await documentOf(scene, order)).toMatchObject({ version: order.UpdatedDateUTC });
  });
});
