import { describe, expect, it } from '@jest/globals';
import type { Preview } from '../../../lib/flows/sync/show-plan.ts';
import { showPlan } from '../../../lib/flows/sync/show-plan.ts';
import type { PurchaseOrder } from '../../../lib/sandbox/xero/documents.ts';
import {
  documentOf,
  editOrder,
  enterOrder,
  goods,
  lump,
  supplier,
  sync,
  trailOf,
} from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes, writeCalls } from '../../support/scene.ts';

const newScene = scenes();

async function preview(scene: Scene, order: Pick<PurchaseOrder, 'PurchaseOrderID'>): Promise<Preview> {
  const wanted = { kind: 'purchase-order' as const, id: order.PurchaseOrderID };
  return showPlan(wanted, await connectionOf(scene), scene.deployment);
}

/** Each write in short. */
const inShort = ({ writes }: Preview) =>
  writes.map(({ project, does, lines, total }) => [
    project,
    does,
    ...(lines ? [lines.map(({ code, amount }) => `${code} ${amount}`).join(', '), total] : []),
  ]);

describe('planning an order', () => {
  it('shows every write that would be done, cost code by cost code, and does none', async () => {
    const scene = await newScene();
    const order = enterOrder(scene);
    const before = writeCalls(scene);
    const shown = await preview(scene, order);
    expect(shown).toMatchObject({
      outcome: 'would-write',
      number: order.PurchaseOrderNumber,
      supplier: 'Capitol Equipment Rentals, Inc.',
      status: 'AUTHORISED',
      total: '823.63',
      currency: 'USD',
    });
    const riverside = 'Riverside Medical Office Building';
    expect(inShort(shown)).toEqual([
      [undefined, 'create the vendor Capitol Equipment Rentals, Inc.'],
      [riverside, "add the vendor to the project's directory"],
      [
        riverside,
        `write the commitment ${order.PurchaseOrderNumber}, ${order.PurchaseOrderNumber} Capitol Equipment Rentals, Inc.`,
      ],
      [riverside, 'allow invoices and payments on the commitment'],
      [riverside, 'write these lines', '01-540.E 650.00, 01-650.M 120.00', '770.00'],
      [riverside, 'set the commitment to Approved'],
      [
        riverside,
        `draft the requisition ${order.PurchaseOrderNumber} for 2026-11-01 to 2026-11-30`,
        '01-540.E 650.00, 01-650.M 120.00',
        '770.00',
      ],
    ]);
    expect(writeCalls(scene)).toBe(before);
    expect([await documentOf(scene, order), await trailOf(scene, order)]).toEqual([undefined, []]);
  });

  it('finds an order that the connector has not seen by its number', async () => {
    const scene = await newScene();
    const { PurchaseOrderID, PurchaseOrderNumber } = enterOrder(scene);
    const shown = await preview(scene, { PurchaseOrderID: PurchaseOrderNumber });
    expect(shown).toMatchObject({ id: PurchaseOrderID, outcome: 'would-write' });
  });

  it('shows that nothing would be written where all stands, and the difference after an edit', async () => {
    const scene = await newScene();
    const order = enterOrder(scene, { Contact: supplier('lonestar') });
    await sync(scene, order);
    expect(await preview(scene, order)).toMatchObject({ outcome: 'level', writes: [] });

    const [fence] = order.LineItems;
    const edited = editOrder(scene, order, {
      LineItems: [{ ...fence!, UnitAmount: 4 }, lump('5100', 'Concrete', 1000, { area: 'Concrete' })],
    });
    const shown = await preview(scene, edited);
    expect(shown.writes.map(({ step }) => step)).toEqual([
      'delete-requisition',
      'set-status',
      'delete-lines',
      'write-lines',
      'set-status',
      'create-requisition',
    ]);
    expect(shown.writes.find(({ step }) => step === 'write-lines')?.lines).toMatchObject([
      { code: '01-540.E', amount: '800.00' },
      { code: '03-300.S', amount: '1000.00', description: 'Concrete' },
    ]);
  });

  it('says why it would be parked, with what to choose from and the fix', async () => {
    const scene = await newScene();
    const equals = enterOrder(scene, { Contact: supplier('brazos') });
    const shown = await preview(scene, equals);
    expect(shown).toMatchObject({ outcome: 'would-park', code: 'vendor-ambiguous', writes: [] });
    expect(shown.message).toMatch(/candidates: .+ \(\d+\)/);
    expect(shown.fix).not.toBe('');
  });

  it('says why it is left out', async () => {
    const scene = await newScene();
    expect(await preview(scene, enterOrder(scene, { Status: 'DRAFT' }))).toMatchObject({
      outcome: 'left-out',
      code: 'status-below-setting',
    });
    const overhead = enterOrder(scene, { LineItems: [lump('6100', 'Paper', 20)] });
    expect(await preview(scene, overhead)).toMatchObject({ outcome: 'left-out', code: 'left-out-by-rule' });
  });

  it('refuses what Xero does not know', async () => {
    const scene = await newScene();
    await expect(preview(scene, { PurchaseOrderID: 'PO-9999' })).rejects.toMatchObject({
      code: 'document-unknown',
    });
  });

  it('plans an order of several projects project by project', async () => {
    const scene = await newScene();
    const order = enterOrder(scene, {
      LineItems: [goods('RNT-FNC', 200, 3.25), goods('RNT-FNC', 100, 3.25, { project: 'oak' })],
    });
    const shown = await preview(scene, order);
    const commitments = shown.writes.filter(({ step }) => step === 'write-commitment');
    expect(commitments.map(({ does }) => /PO-\d+-\d+/.exec(does)?.[0])).toEqual([
      `${order.PurchaseOrderNumber}-1042`,
      `${order.PurchaseOrderNumber}-1047`,
    ]);
  });
});
