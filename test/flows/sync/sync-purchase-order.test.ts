import { beforeAll, describe, expect, it } from '@jest/globals';
import { syncDocuments } from '../../../lib/flows/sync/sync-documents.ts';
import { supplierOf } from '../../../lib/sandbox/seed/suppliers.ts';
import { verify } from '../../../lib/store/audit.ts';
import { contractsIn, projectIn, requisitionsIn } from '../../support/by-hand.ts';
import {
  documentOf,
  editOrder,
  enterOrder,
  goods,
  lump,
  standingOf,
  supplier,
  sync,
  trailOf,
} from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { messageAbout, scenes, seededOrder, standing } from '../../support/scene.ts';

const newScene = scenes();

describe('a new order', () => {
  it('becomes a commitment with its lines and a draft requisition that bills them in full', async () => {
    const scene = await newScene();
    const order = enterOrder(scene, { DeliveryDate: '2026-12-04', DeliveryAddress: '2400 Riverside Dr' });
    expect(await sync(scene, order)).toEqual(['done']);

    expect(standing(scene)).toEqual([
      {
        project: '1042',
        number: order.PurchaseOrderNumber,
        vendor: 'Capitol Equipment Rentals, Inc.',
        status: 'Approved',
        lines: [
          { costCode: '01-540', costType: 'E', amount: '650.00' },
          { costCode: '01-650', costType: 'M', amount: '120.00' },
        ],
        total: '770.00',
        requisition: '770.00',
      },
    ]);
    const [contract] = contractsIn(scene, 'riverside');
    expect(contract).toMatchObject({
      origin_id: `xero:po:${order.PurchaseOrderID}:598134325511042`,
      origin_code: order.PurchaseOrderNumber,
      title: `${order.PurchaseOrderNumber} Capitol Equipment Rentals, Inc.`,
      contract_date: '2026-11-22',
      delivery_date: '2026-12-04',
      ship_to_address: '2400 Riverside Dr',
      accounting_method: 'amount',
      allow_payment_applications: true,
      allow_payments: true,
      enable_ssov: false,
    });
    expect(contract?.lines.map(({ origin_id, description }) => ({ origin_id, description }))).toEqual(
      order.LineItems.map((line) => ({
        origin_id: `xero:line:${line.LineItemID}`,
        description: line.Description,
      })),
    );
    expect(requisitionsIn(scene, 'riverside')).toMatchObject([
      {
        status: 'draft',
        invoice_number: order.PurchaseOrderNumber,
        requisition_start: '2026-11-01',
        requisition_end: '2026-11-30',
        billing_date: '2026-11-22',
      },
    ]);
    expect(requisitionsIn(scene, 'riverside')[0]?.origin_id ?? null).toBeNull();
  });

  it('brings its supplier along: address, state, country, dialable phone and e-mail, in the project', async () => {
    const scene = await newScene();
    await sync(scene, enterOrder(scene));
    const { email, street, city, postalCode } = supplierOf('capitol');
    const vendor = [...scene.company.vendors.values()].find(
      ({ origin_id }) => origin_id !== undefined && origin_id !== null,
    );
    expect(vendor).toMatchObject({
      name: 'Capitol Equipment Rentals, Inc.',
      origin_id: `xero:contact:${supplier('capitol').ContactID}`,
      address: street,
      city,
      state_code: 'TX',
      zip: postalCode,
      country_code: 'US',
      business_phone: '+1 512 555 0181',
      email_address: email,
    });
    expect(JSON.stringify(vendor)).not.toMatch(/tax/i);
    expect(projectIn(scene, 'riverside').vendorIds.has(vendor!.id)).toBe(true);
  });

  it('uses the vendor that Procore knows, under another spelling or already in the project', async () => {
    const scene = await newScene();
    const before = scene.company.vendors.size;
    const orders = (['lonestar', 'acme'] as const).map((key) =>
      enterOrder(scene, { Contact: supplier(key) }),
    );
    await sync(scene, ...orders);
    expect(standing(scene).map(({ vendor }) => vendor)).toEqual([
      'Lone Star Lumber and Supply, Inc.',
      'Acme Concrete, LLC',
    ]);
    expect(scene.company.vendors.size).toBe(before);
    expect([...scene.company.vendors.values()].filter(({ origin_id }) => origin_id)).toEqual([]);
  });

  it('stands as its status says, and is billed only once it is approved', async () => {
    const scene = await newScene();
    const statuses = ['SUBMITTED', 'AUTHORISED', 'BILLED'] as const;
    await sync(scene, ...statuses.map((Status) => enterOrder(scene, { Status })));
    expect(standing(scene).map(({ status, total, requisition }) => [status, total, requisition])).toEqual([
      ['Submitted', '770.00', undefined],
      ['Approved', '770.00', '770.00'],
      ['Approved', '770.00', '770.00'],
    ]);
  });

  it('below the configured status is left out until it gets there; drafts go over where wanted', async () => {
    const scene = await newScene();
    const order = enterOrder(scene, { Status: 'DRAFT' });
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'left-out', code: 'status-below-setting' });
    expect(standing(scene)).toEqual([]);
    await sync(scene, editOrder(scene, order, { Status: 'SUBMITTED' }));
    expect(standing(scene)).toMatchObject([{ status: 'Submitted' }]);

    const eager = await newScene({ settings: { purchaseOrderFrom: 'DRAFT' } });
    await sync(eager, enterOrder(eager, { Status: 'DRAFT' }));
    expect(standing(eager)).toMatchObject([{ status: 'Draft', total: '770.00' }]);
  });

  it('is billed in a closed period that covers its date where none is open, and not at all without one', async () => {
    const scene = await newScene();
    const cedar = { project: 'cedar' as const };
    const fence = [goods('RNT-FNC', 200, 3.25, cedar)];
    const covered = enterOrder(scene, { Date: '2026-02-10', LineItems: fence });
    const uncovered = enterOrder(scene, { Date: '2026-11-10', LineItems: fence });
    await sync(scene, covered, uncovered);
    expect(await documentOf(scene, covered)).toMatchObject({ code: 'before-start-date' });
    expect(standing(scene)).toMatchObject([{ number: uncovered.PurchaseOrderNumber }]);
    expect(standing(scene)[0]?.requisition).toBeUndefined();

    const older = await newScene({ settings: { startDate: '2026-01-01' } });
    const order = enterOrder(older, { Date: '2026-02-10', LineItems: fence });
    await sync(older, order);
    expect(standing(older)).toMatchObject([{ requisition: '650.00' }]);
    expect(requisitionsIn(older, 'cedar')).toMatchObject([
      { requisition_start: '2026-02-01', requisition_end: '2026-02-28', billing_date: '2026-02-10' },
    ]);
  });

  it('leaves the requisition to people where the setting says so', async () => {
    const scene = await newScene({ settings: { requisitionOnPurchaseOrder: 'none' } });
    await sync(scene, enterOrder(scene));
    expect(standing(scene)).toMatchObject([{ status: 'Approved' }]);
    expect(standing(scene)[0]?.requisition).toBeUndefined();
  });

  it('is listed with what it became, leaves a trail in order, and is told on the bus', async () => {
    const scene = await newScene();
    const order = enterOrder(scene);
    await sync(scene, order);
    const [contract] = contractsIn(scene, 'riverside');
    const [requisition] = requisitionsIn(scene, 'riverside');
    const procore = [
      { type: 'vendor', id: String(contract?.vendor_id) },
      { type: 'commitment', id: String(contract?.id) },
      { type: 'requisition', id: String(requisition?.id) },
    ];
    expect(await documentOf(scene, order)).toEqual({
      connectionId: scene.connectionId,
      kind: 'purchase-order',
      id: order.PurchaseOrderID,
      number: order.PurchaseOrderNumber,
      supplier: 'Capitol Equipment Rentals, Inc.',
      state: 'posted',
      total: '823.63',
      currency: 'USD',
      version: order.UpdatedDateUTC,
      procore,
      decidedAt: expect.any(String),
    });

    const trail = await trailOf(scene, order);
    expect(
      trail.map(({ event, detail }) => (event === 'written' ? `written ${detail.step}` : event)),
    ).toEqual([
      'received',
      'fetched',
      'planned',
      'written create-vendor',
      'written add-vendor-to-project',
      'written write-commitment',
      'written allow-invoicing',
      'written write-lines',
      'written set-status',
      'written create-requisition',
      'posted',
    ]);
    expect(verify(trail)).toBeUndefined();
    expect(scene.events()).toEqual([
      {
        type: 'DocumentPosted',
        detail: {
          connectionId: scene.connectionId,
          kind: 'purchase-order',
          id: order.PurchaseOrderID,
          number: order.PurchaseOrderNumber,
          procore,
        },
      },
    ]);
  });
});

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
