import { describe, expect, it } from '@jest/globals';
import { pollDueConnections } from '../../../lib/flows/poll/poll-xero.ts';
import type { PurchaseOrderDraft } from '../../../lib/sandbox/xero/documents.ts';
import { connectHarbor, enterHarborOrder } from '../../support/harbor.ts';
import { documentOf, enterOrder, goods, sync } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { messageAbout, scenes, standing, untilDone } from '../../support/scene.ts';
import {
  emptyBooks,
  enterSupplier,
  syncContacts,
  vendorSyncs,
  vendorsCalled,
} from '../../support/suppliers.ts';

const newScene = scenes();

const HILL = { ContactID: '1f0a4b52-6a1d-4f0e-9d43-5c7c7a0c7a11', Name: 'Hill & Dale Masonry' };
const LOOSE = { procore: { unverified: { vendorNamesUnique: false } } };

/** Ten first orders of a supplier in each of two organisations, which each spells the name its own way. */
async function twentyFirstOrders(scene: Scene) {
  const harbor = await connectHarbor(scene, { contacts: [HILL] });
  const ours = enterSupplier(scene, { Name: 'Hill and Dale Masonry' });
  const lines = (index: number): Partial<PurchaseOrderDraft> => ({
    LineItems: [goods('RNT-FNC', index + 1, 3.25, { project: index % 2 ? 'oak' : 'riverside' })],
  });
  const batches = Array.from({ length: 10 }, (_, index) => [
    messageAbout(
      scene,
      enterOrder(scene, { ...lines(index), Contact: { ContactID: ours.ContactID } }).PurchaseOrderID,
    ),
    messageAbout(
      { ...scene, connectionId: harbor },
      enterHarborOrder(scene, { ...lines(index), Contact: HILL, PurchaseOrderNumber: `HH-${index}` })
        .PurchaseOrderID,
    ),
  ]);
  return batches.flat().map((message) => [message]);
}

describe('two organisations that share a Procore company', () => {
  it.each([
    ['where Procore lets two vendors have one name', LOOSE],
    ['where it does not', {}],
  ])(
    'have one vendor of one supplier, however many workers meet it at once, %s',
    async (_how, options) => {
      const scene = await newScene(options);
      const vendors = scene.company.vendors.size;
      const workers = await twentyFirstOrders(scene);
      expect(workers).toHaveLength(20);
      await untilDone(scene, workers);
      expect(scene.company.vendors.size).toBe(vendors + 1);
      expect(vendorSyncs(scene)).toBe(1);
      expect(standing(scene)).toHaveLength(20);
      expect(new Set(standing(scene).map(({ vendor }) => vendor)).size).toBe(1);
    },
    180_000,
  );

  it('bring the supplier that both have once, each in its own call, and leave its origin_id to the first', async () => {
    const scene = await newScene({ ...LOOSE, settings: { contacts: 'suppliers' } });
    emptyBooks(scene);
    const harbor = await connectHarbor(scene, {
      contacts: [{ ...HILL, IsSupplier: true }],
      settings: { contacts: 'suppliers' },
    });
    const ours = enterSupplier(scene, { Name: HILL.Name });
    // Both at the same time.
    await pollDueConnections(scene.deployment);
    await untilDone(scene, [
      [messageAbout(scene, ours.ContactID, 'contact')],
      [messageAbout({ ...scene, connectionId: harbor }, HILL.ContactID, 'contact')],
    ]);
    const vendors = vendorsCalled(scene, HILL.Name);
    expect(vendors).toHaveLength(1);
    expect([`xero:contact:${ours.ContactID}`, `xero:contact:${HILL.ContactID}`]).toContain(
      vendors[0]!.origin_id,
    );
    const { links } = scene.deployment;
    for (const connectionId of [scene.connectionId, harbor]) {
      expect(await links.vendors(connectionId)).toMatchObject([{ vendorId: String(vendors[0]!.id) }]);
    }
  });
});

describe('a vendor that somebody adds in Procore at the very moment', () => {
  it('is the one, whether the connector sees it in time or only learns that the name is taken', async () => {
    for (const late of [false, true]) {
      const scene = await newScene();
      const supplier = enterSupplier(scene, { Name: 'Hill & Dale Masonry' });
      const order = enterOrder(scene, { Contact: { ContactID: supplier.ContactID } });
      const { fetch } = scene.deployment;
      const people = scene.demo.procore.people(scene.company.id);
      const deployment: Scene['deployment'] = {
        ...scene.deployment,
        fetch: async (...call) => {
          const moment = late ? '/vendors/sync' : '/vendors/inactive';
          if (String(call[0]).includes(moment) && vendorsCalled(scene, 'HILL & DALE MASONRY').length === 0) {
            people.addVendor({ name: 'HILL & DALE MASONRY' });
          }
          return fetch(...call);
        },
      };
      await sync({ ...scene, deployment }, order);
      expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
      expect(standing(scene)).toMatchObject([{ vendor: 'HILL & DALE MASONRY' }]);
    }
  });
});

describe('a worker that dies right after Procore made the vendors', () => {
  it('is followed by one that finds them', async () => {
    const scene = await newScene({ settings: { contacts: 'suppliers' } });
    const suppliers = [1, 2, 3].map((number) => enterSupplier(scene, { Name: `Yard ${number}` }));
    scene.demo.procore.faults.add({
      method: 'PATCH',
      path: '/rest/v1.0/vendors/sync',
      effect: { drop: 'after' },
      times: 3,
    });
    const [verdict] = await syncContacts(scene, ...suppliers);
    expect(verdict).toMatchObject({ postponeSeconds: expect.any(Number) });
    const syncs = vendorSyncs(scene);
    scene.clock.advance(120_000);
    expect(await syncContacts(scene, ...suppliers)).toEqual(['done', 'done', 'done']);
    expect(vendorSyncs(scene)).toBe(syncs);
    expect(vendorsCalled(scene, 'Yard 2')).toHaveLength(1);
  });
});
