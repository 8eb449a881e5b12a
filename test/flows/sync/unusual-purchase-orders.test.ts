import { beforeAll, describe, expect, it } from '@jest/globals';
import { syncDocuments } from '../../../lib/flows/sync/sync-documents.ts';
import { documentOf, enterOrder, goods, lump, standingOf, sync } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { messageAbout, scenes, seededOrder, standing } from '../../support/scene.ts';

const newScene = scenes();

describe('an order that is anything but plain', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await newScene();
  });

  it('is shared out to a commitment per project, numbered after the project', async () => {
    const order = enterOrder(scene, {
      LineItems: [
        goods('RNT-FNC', 100, 3.25),
        goods('RNT-FNC', 40, 3.25, { project: 'oak' }),
        goods('FRT', 1, 120, { project: 'oak' }),
      ],
    });
    await sync(scene, order);
    const number = order.PurchaseOrderNumber;
    expect(standingOf(scene, order)).toMatchObject([
      { project: '1042', number: `${number}-1042`, total: '325.00', requisition: '325.00' },
      { project: '1047', number: `${number}-1047`, total: '250.00', requisition: '250.00' },
    ]);
    expect((await documentOf(scene, order))?.procore.map(({ type }) => type)).toEqual([
      'vendor',
      'commitment',
      'commitment',
      'requisition',
      'requisition',
    ]);
  });

  it('carries its job costs without what a rule leaves out', async () => {
    const noProject = { project: undefined };
    const mixed = enterOrder(scene, {
      LineItems: [goods('RNT-FNC', 100, 3.25), lump('6100', 'Toner', 80, noProject)],
    });
    const office = enterOrder(scene, { LineItems: [lump('6100', 'Toner', 80, noProject)] });
    await sync(scene, mixed, office);
    expect(standingOf(scene, mixed)).toMatchObject([{ number: mixed.PurchaseOrderNumber, total: '325.00' }]);
    expect(await documentOf(scene, office)).toMatchObject({ state: 'left-out', code: 'left-out-by-rule' });
  });

  it('is posted net of tax to the cent: tax-inclusive, prices of four decimals, discounts', async () => {
    const order = enterOrder(scene, {
      LineAmountTypes: 'Inclusive',
      LineItems: [
        goods('CON-4000', 118, 175.9063),
        { ...goods('RNT-LIFT', 12, 412.5), DiscountRate: 7.5 },
        goods('ELE-BOX4', 333, 2.6475),
      ],
    });
    await sync(scene, order);
    expect(standingOf(scene, order)[0]?.total).toBe(order.SubTotal.toFixed(2));
    expect(standingOf(scene, order)[0]?.requisition).toBe(order.SubTotal.toFixed(2));
    expect(order.SubTotal).toBeLessThan(order.Total);
  });

  it('may hold credits and free goods, as long as it is worth something', async () => {
    const order = enterOrder(scene, {
      LineItems: [
        goods('STL-W12', 240, 38.4175),
        goods('STL-DISC', 1, -1250),
        goods('DRY-BEAD', 20, 0),
        { Description: 'Deliver to the north gate.' },
      ],
    });
    await sync(scene, order);
    expect(standingOf(scene, order)).toMatchObject([
      {
        lines: [{ amount: '9220.20' }, { amount: '-1250.00' }, { amount: '0.00' }],
        total: '7970.20',
        requisition: '7970.20',
      },
    ]);
  });

  it('may have two hundred lines, written at one go', async () => {
    const LineItems = Array.from({ length: 200 }, (_, index) => goods('RNT-FNC', index + 1, 3.25));
    const order = enterOrder(scene, { LineItems });
    const lineCalls = () =>
      [...scene.demo.procore.calls].find(([endpoint]) => endpoint.endsWith('line_items/sync'))?.[1] ?? 0;
    const before = lineCalls();
    await sync(scene, order);
    await sync(scene, order);
    expect(lineCalls()).toBe(before + 1);
    const total = order.SubTotal.toFixed(2);
    expect(standingOf(scene, order)).toMatchObject([{ total, requisition: total }]);
    expect(standingOf(scene, order)[0]?.lines).toHaveLength(200);
  });

  it('without job costs of any kind has nothing to commit', async () => {
    const order = enterOrder(scene, { LineItems: [{ Description: 'To be agreed.' }] });
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'left-out', code: 'nothing-to-commit' });
  });

  it('is carried as seeded: several projects, inclusive prices, discounts', async () => {
    const messages = ['PO-1227', 'PO-1219', 'PO-1215', 'PO-1234'].map((number) =>
      messageAbout(scene, seededOrder(scene, number).PurchaseOrderID),
    );
    expect([...(await syncDocuments(messages, scene.deployment)).values()]).toEqual(Array(4).fill('done'));
    expect(
      standing(scene)
        .map(({ number }) => number)
        .filter((number) => number.startsWith('PO-12') && number < 'PO-1241'),
    ).toEqual(['PO-1215', 'PO-1219', 'PO-1227-1042', 'PO-1227-1047', 'PO-1234']);
  });
});
