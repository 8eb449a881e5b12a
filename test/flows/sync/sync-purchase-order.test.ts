import { describe, expect, it } from '@jest/globals';
import { supplierOf } from '../../../lib/sandbox/seed/suppliers.ts';
import { verify } from '../../../lib/store/audit.ts';
import { contractsIn, projectIn, requisitionsIn } from '../../support/by-hand.ts';
import { documentOf, editOrder, enterOrder, goods, supplier, sync, trailOf } from '../../support/orders.ts';
import { scenes, standing } from '../../support/scene.ts';

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
