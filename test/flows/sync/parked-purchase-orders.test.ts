import { describe, expect, it } from '@jest/globals';
import { importMappings } from '../../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../../lib/flows/mappings/import-projects.ts';
import { sweepConnections } from '../../../lib/flows/poll/poll-xero.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../../lib/sandbox/seed/connection-files.ts';
import { PROJECTS } from '../../../lib/sandbox/seed/projects.ts';
import type { PurchaseOrderDraft } from '../../../lib/sandbox/xero/documents.ts';
import { byHand, contractsIn } from '../../support/by-hand.ts';
import {
  choice,
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
import { scenes, standing, writeCalls } from '../../support/scene.ts';
import { drain } from '../../support/world.ts';

const newScene = scenes();

/** A sweep looks back over the two weeks before its mark. */
const LATER = '2026-12-06T08:59:00.000Z';

describe('an order that a person must look at', () => {
  const twoProjects = [choice('Project', 'Riverside Medical'), choice('Project', 'Oak Street Apts')];
  const orders: [code: string, why: string, draft: Partial<PurchaseOrderDraft>, fact: string][] = [
    [
      'account-unmapped',
      'an account has no rule',
      { LineItems: [goods('FRT', 1, 120), lump('5900', 'Waiver', 618.4)] },
      '5900',
    ],
    [
      'project-unmapped',
      'its project is not in Procore',
      { LineItems: [goods('FRT', 1, 120, { project: 'harbor' })] },
      'Harbor Point Garage',
    ],
    [
      'project-unmapped',
      'it names no project',
      { LineItems: [goods('FRT', 1, 120, { project: undefined })] },
      'Freight',
    ],
    [
      'project-ambiguous',
      'a line names two projects',
      { LineItems: [{ ...goods('FRT', 1, 120), Tracking: twoProjects }] },
      'Oak Street',
    ],
    [
      'cost-code-not-in-project',
      'the project lacks the cost code',
      { LineItems: [lump('5100', 'Slab', 9860, { project: 'cedar', area: 'Sitework' })] },
      '31-200',
    ],
    [
      'line-without-account',
      'a line has an amount and no account',
      { LineItems: [{ Description: 'Extra', Quantity: 1, UnitAmount: 50, Tracking: [] }] },
      'Extra',
    ],
    ['foreign-currency', 'it is in another currency', { CurrencyCode: 'CAD', CurrencyRate: 1.37 }, 'CAD'],
    ['total-negative', 'it is worth less than nothing', { LineItems: [goods('FRT', 1, -120)] }, '-120.00'],
    [
      'vendor-ambiguous',
      'two vendors may be its supplier',
      { Contact: supplier('brazos') },
      'Brazos Excavating, LLC',
    ],
  ];

  it('is parked with a stable code before anything of it is written, no vendor either', async () => {
    const scene = await newScene();
    const [before, vendors] = [writeCalls(scene), scene.company.vendors.size];
    const entered = orders.map(([, , draft]) => enterOrder(scene, draft));
    expect(await sync(scene, ...entered)).toEqual(orders.map(() => 'done'));
    for (const [index, [code, why, , fact]] of orders.entries()) {
      const document = await documentOf(scene, entered[index]!);
      expect({ why, ...document }).toMatchObject({
        why,
        state: 'parked',
        code,
        message: expect.stringContaining(fact),
        procore: [],
      });
      const trail = await trailOf(scene, entered[index]!);
      expect(trail.map(({ event }) => event)).toEqual(['received', 'fetched', 'parked']);
    }
    expect(writeCalls(scene)).toBe(before);
    expect(scene.company.vendors.size).toBe(vendors);
    expect(scene.events().every(({ type }) => type === 'DocumentParked')).toBe(true);
    const told = scene.events().map(({ detail }) => detail.code as string);
    expect(told.toSorted()).toEqual(orders.map(([code]) => code).toSorted());
    expect(scene.events().every(({ detail }) => typeof detail.fix === 'string')).toBe(true);

    // A replay finds the same and says nothing again.
    await sync(scene, ...entered);
    expect(scene.events()).toHaveLength(orders.length);
    expect(await trailOf(scene, entered[0]!)).toHaveLength(3);
  });

  it('names no supplier, has figures that do not add up, or is no order at all', async () => {
    const scene = await newScene();
    const before = writeCalls(scene);
    const [nobodys, wrong, broken] = [enterOrder(scene), enterOrder(scene), enterOrder(scene)];
    const deployment = {
      ...scene.deployment,
      fetch: onTheWay(scene.deployment.fetch, (wire) => {
        if (wire.PurchaseOrderID === nobodys.PurchaseOrderID) delete wire.Contact;
        if (wire.PurchaseOrderID === wrong.PurchaseOrderID) wire.SubTotal = 771;
        if (wire.PurchaseOrderID === broken.PurchaseOrderID) wire.SubTotal = 'a lot';
      }),
    };
    const good = enterOrder(scene);
    await sync({ ...scene, deployment }, nobodys, wrong, broken, good);
    expect(await documentOf(scene, nobodys)).toMatchObject({ state: 'parked', code: 'contact-missing' });
    expect(await documentOf(scene, wrong)).toMatchObject({ state: 'parked', code: 'totals-disagree' });
    expect(await documentOf(scene, broken)).toMatchObject({ state: 'parked', code: 'document-unreadable' });
    expect(await documentOf(scene, good)).toMatchObject({ state: 'posted' });
    expect(writeCalls(scene)).toBeGreaterThan(before);
    expect(standing(scene)).toHaveLength(1);
  });

  it('carries a number that a person has used in Procore: nothing is written, and it goes on once it is free', async () => {
    const scene = await newScene();
    const person = await byHand(scene);
    const order = enterOrder(scene);
    const { id } = await person.writeCommitment(PROJECTS.riverside.id, order.PurchaseOrderNumber);
    const [before, vendors] = [writeCalls(scene), scene.company.vendors.size];
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({
      state: 'parked',
      code: 'commitment-number-taken',
      message: expect.stringContaining(String(id)),
    });
    expect([writeCalls(scene), scene.company.vendors.size]).toEqual([before, vendors]);

    await sync(scene, editOrder(scene, order, { PurchaseOrderNumber: 'PO-9100' }));
    expect(standing(scene)).toMatchObject([{ number: 'PO-9100', status: 'Approved' }]);

    await person.writeCommitment(PROJECTS.riverside.id, 'PO-9200');
    const stands = standing(scene);
    await sync(scene, editOrder(scene, order, { PurchaseOrderNumber: 'PO-9200' }));
    expect(await documentOf(scene, order)).toMatchObject({
      state: 'parked',
      code: 'commitment-number-taken',
    });
    expect(standing(scene)).toEqual(stands);
  });

  it('does not pass for a number of another project', async () => {
    const scene = await newScene();
    const order = enterOrder(scene);
    await (await byHand(scene)).writeCommitment(PROJECTS.oak.id, order.PurchaseOrderNumber);
    await sync(scene, order);
    expect(standing(scene)).toMatchObject([{ number: order.PurchaseOrderNumber, project: '1042' }]);
  });

  it('is refused by Procore itself: its words are shown, and its neighbours are posted', async () => {
    const scene = await newScene({ procore: { unverified: { vendorNameLength: 20 } } });
    const [refused, neighbour] = [enterOrder(scene), enterOrder(scene, { Contact: supplier('acme') })];
    expect(await sync(scene, refused, neighbour)).toEqual(['done', 'done']);
    expect(await documentOf(scene, refused)).toMatchObject({
      state: 'parked',
      code: 'procore-refused',
      message: expect.stringContaining('name is too long'),
      procore: [],
    });
    expect(await documentOf(scene, neighbour)).toMatchObject({ state: 'posted' });
    expect(standing(scene)).toHaveLength(1);
  });

  it('is refused half-way: what stands in Procore is listed, and it is completed once the cause is gone', async () => {
    const scene = await newScene({ procore: { unverified: { negativeAmounts: false } } });
    const order = enterOrder(scene, {
      LineItems: [goods('STL-W12', 240, 38.4175), goods('STL-DISC', 1, -1250)],
    });
    await sync(scene, order);
    const [contract] = contractsIn(scene, 'riverside');
    expect(await documentOf(scene, order)).toMatchObject({
      state: 'parked',
      code: 'procore-refused',
      procore: [
        { type: 'vendor', id: String(contract?.vendor_id) },
        { type: 'commitment', id: String(contract?.id) },
      ],
    });
    expect(standing(scene)).toMatchObject([{ total: '7970.20' }]);
    expect(standing(scene)[0]).not.toHaveProperty('requisition');

    await sync(scene, editOrder(scene, order, { LineItems: [order.LineItems[0]!] }));
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    expect(standing(scene)).toMatchObject([{ status: 'Approved', total: '9220.20', requisition: '9220.20' }]);
    expect(contractsIn(scene, 'riverside')).toHaveLength(1);
  });
});

describe('a cause that is mended', () => {
  async function parkedOrder(scene: Scene, draft: Partial<PurchaseOrderDraft>, code: string) {
    const order = enterOrder(scene, draft);
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'parked', code });
    return order;
  }

  it('lets the order through: a rule or a project imported', async () => {
    const scene = await newScene();
    const unmapped = await parkedOrder(
      scene,
      { LineItems: [lump('5900', 'Waiver', 618.4)] },
      'account-unmapped',
    );
    const homeless = await parkedOrder(
      scene,
      { LineItems: [goods('FRT', 1, 120, { project: 'harbor' })] },
      'project-unmapped',
    );

    await importMappings(
      scene.connectionId,
      `${RULES_CSV.trimEnd()}\n5900,,,,01-520,M,,,\n`,
      scene.deployment,
    );
    await drain(scene.cloud, scene.deployment);
    expect(await documentOf(scene, unmapped)).toMatchObject({ state: 'posted' });
    expect(await documentOf(scene, homeless)).toMatchObject({ state: 'parked' });

    await importProjects(
      scene.connectionId,
      `${PROJECTS_CSV.trimEnd()}\nProject,Harbor Point Garage,1051\n`,
      scene.deployment,
    );
    await drain(scene.cloud, scene.deployment);
    expect(standing(scene)).toMatchObject([
      { number: unmapped.PurchaseOrderNumber, total: '618.40' },
      { number: homeless.PurchaseOrderNumber, project: '1051' },
    ]);
    expect((await trailOf(scene, homeless)).find(({ detail }) => detail.by === 'retry')).toBeDefined();
  });

  it('lets the order through: a billing period opened, found by the sweep', async () => {
    const scene = await newScene();
    const order = enterOrder(scene, { LineItems: [goods('RNT-FNC', 200, 3.25, { project: 'cedar' })] });
    await sync(scene, order);
    expect(standing(scene)[0]).not.toHaveProperty('requisition');

    const period = { start: '2026-11-01', end: '2026-11-30', due: '2026-12-05', status: 'open' as const };
    scene.demo.procore.people(scene.company.id).addBillingPeriod(PROJECTS.cedar.id, period);
    // The seed's old documents were looked at before.
    await scene.deployment.cursors.put(scene.connectionId, { purchaseOrders: LATER, bills: LATER });
    await sweepConnections(scene.deployment);
    await drain(scene.cloud, scene.deployment);
    expect(standing(scene).find(({ number }) => number === order.PurchaseOrderNumber)).toMatchObject({
      requisition: '650.00',
    });
  });
});

type Wire = Record<string, unknown>;

/** Changes the orders that Xero sends before the connector reads them. */
function onTheWay(fetch: typeof globalThis.fetch, change: (order: Wire) => void): typeof globalThis.fetch {
  return async (...call) => {
    const response = await fetch(...call);
    if (!String(call[0]).includes('/PurchaseOrders')) return response;
    const body = (await response.json()) as { PurchaseOrders: Wire[] };
    body.PurchaseOrders.forEach(change);
    return Response.json(body, { headers: response.headers });
  };
}
