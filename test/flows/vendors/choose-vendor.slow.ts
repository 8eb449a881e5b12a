import { beforeEach, describe, expect, it } from '@jest/globals';
import { historyOfConnection } from '../../../lib/flows/connections/connection-trail.ts';
import { chooseVendor } from '../../../lib/flows/vendors/choose-vendor.ts';
import { documentOf, enterOrder, standingOf, sync } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { scenes, standing } from '../../support/scene.ts';
import {
  contactRecord,
  enterSupplier,
  mergeContacts,
  syncContacts,
  vendorsCalled,
} from '../../support/suppliers.ts';
import { drain } from '../../support/world.ts';

const newScene = scenes();
const ROBIN = { by: 'Robin' };

let scene: Scene;
beforeEach(async () => {
  scene = await newScene();
});

const from = ({ ContactID }: { ContactID: string }) => ({ Contact: { ContactID } });
const idOf = (name: string) => String(vendorsCalled(scene, name)[0]!.id);
const choose = (contact: { ContactID: string }, choice: string) =>
  chooseVendor(scene.connectionId, contact.ContactID, choice, ROBIN, scene.deployment);
const workOff = () => drain(scene.cloud, scene.deployment);

/** Two orders that are parked because a vendor is only near their supplier. */
async function parkedOrders() {
  const supplier = enterSupplier(scene, { Name: 'Bluebonnet Electric Suply' });
  const orders = [enterOrder(scene, from(supplier)), enterOrder(scene, from(supplier))];
  await sync(scene, ...orders);
  for (const order of orders)
    expect(await documentOf(scene, order)).toMatchObject({ code: 'vendor-ambiguous' });
  return { supplier, orders };
}

describe("a person's choice of a supplier's vendor", () => {
  it('takes up at once all that waits for it, and lasts', async () => {
    const { supplier, orders } = await parkedOrders();
    const vendor = { id: idOf('Bluebonnet Electric Supply'), name: 'Bluebonnet Electric Supply' };
    const chosen = await choose(supplier, vendor.id);
    expect(chosen).toEqual({
      contactId: supplier.ContactID,
      supplier: 'Bluebonnet Electric Suply',
      vendor,
      requeued: 2,
    });
    await workOff();
    for (const order of orders) expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    await sync(scene, enterOrder(scene, from(supplier)));
    expect(standing(scene).map((commitment) => commitment.vendor)).toEqual(Array(3).fill(vendor.name));
    expect(await scene.deployment.links.getVendor(scene.connectionId, supplier.ContactID)).toMatchObject({
      vendorId: vendor.id,
      origin: 'chosen',
    });
    const history = await historyOfConnection(scene.deployment, scene.connectionId);
    expect(history.at(-1)).toMatchObject({
      event: 'vendor-chosen',
      detail: { by: 'Robin', contact: supplier.ContactID, vendor: `${vendor.name} (${vendor.id})` },
    });
  });

  it('may be that it is none of them: the next order makes a vendor', async () => {
    const { supplier, orders } = await parkedOrders();
    expect(await choose(supplier, 'create')).toMatchObject({ requeued: 2 });
    expect(vendorsCalled(scene, supplier.Name)).toHaveLength(0);
    await workOff();
    for (const order of orders) expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    expect(vendorsCalled(scene, supplier.Name)).toHaveLength(1);
  });

  it('may be thought over: what stands on the vendor from before moves', async () => {
    const { supplier, orders } = await parkedOrders();
    await choose(supplier, idOf('Acme Concrete, LLC'));
    await workOff();
    expect(standingOf(scene, orders[0]!)).toMatchObject([{ vendor: 'Acme Concrete, LLC' }]);
    expect(await choose(supplier, idOf('Bluebonnet Electric Supply'))).toMatchObject({ requeued: 2 });
    await workOff();
    expect(standing(scene).map(({ vendor }) => vendor)).toEqual(Array(2).fill('Bluebonnet Electric Supply'));
    expect(await choose(supplier, 'create')).toMatchObject({ requeued: 2 });
    await workOff();
    expect(standing(scene).map(({ vendor }) => vendor)).toEqual(Array(2).fill(supplier.Name));
    expect(await choose(supplier, idOf(supplier.Name))).toMatchObject({ requeued: 0 });
  });

  it('counts for the survivor of a merge, whichever of the two is named', async () => {
    const { supplier } = await parkedOrders();
    const survivor = enterSupplier(scene, { Name: 'Lantana Electric' });
    mergeContacts(scene, supplier, survivor);
    const chosen = await choose(supplier, idOf('Bluebonnet Electric Supply'));
    expect(chosen).toMatchObject({
      contactId: survivor.ContactID,
      supplier: 'Lantana Electric',
      requeued: 2,
    });
    await syncContacts(scene, supplier);
    await workOff();
    expect(standing(scene).map(({ vendor }) => vendor)).toEqual(Array(2).fill('Bluebonnet Electric Supply'));
  });

  it('is refused where there is no such vendor, an inactive one among them, or no such contact', async () => {
    const { supplier } = await parkedOrders();
    const asleep = scene.demo.procore.people(scene.company.id).addVendor({ name: 'Sleepy', active: false });
    for (const vendorId of ['12', String(asleep.id), 'Bluebonnet Electric Supply']) {
      await expect(choose(supplier, vendorId)).rejects.toMatchObject({ code: 'vendor-unknown' });
    }
    const nobody = { ContactID: 'ffffffff-0000-4000-8000-000000000000' };
    await expect(choose(nobody, 'create')).rejects.toMatchObject({
      name: 'BadInput',
      code: 'contact-unknown',
    });
    expect(await scene.deployment.links.vendors(scene.connectionId)).toEqual([]);
  });

  it('lets the contact itself go on where the connection brings all suppliers', async () => {
    scene = await newScene({ settings: { contacts: 'suppliers' } });
    const supplier = enterSupplier(scene, { Name: 'Bluebonnet Electric Suply' });
    await syncContacts(scene, supplier);
    expect(await contactRecord(scene, supplier)).toMatchObject({ code: 'vendor-ambiguous' });
    expect(await choose(supplier, idOf('Bluebonnet Electric Supply'))).toMatchObject({ requeued: 1 });
    await workOff();
    expect(await contactRecord(scene, supplier)).toMatchObject({ state: 'posted' });
  });
});

describe('a connection that makes no vendors', () => {
  it('parks orders of a supplier that Procore does not know, until it does or a person says who it is', async () => {
    scene = await newScene({ settings: { contacts: 'none', nearMatch: 'create' } });
    const vendors = scene.company.vendors.size;
    const [unknown, near, third] = ['Juniper Glass', 'Bluebonnet Electric Suply', 'Sumac Windows'].map(
      (Name) => enterSupplier(scene, { Name }),
    );
    const orders = [unknown!, near!, third!].map((supplier) => enterOrder(scene, from(supplier)));
    await sync(scene, ...orders);
    expect(await documentOf(scene, orders[0]!)).toMatchObject({
      code: 'vendor-missing',
      facts: { contact: unknown!.ContactID, supplier: 'Juniper Glass' },
    });
    expect(await documentOf(scene, orders[1]!)).toMatchObject({ code: 'vendor-ambiguous' });
    expect(scene.company.vendors.size).toBe(vendors);

    scene.demo.procore.people(scene.company.id).addVendor({ name: 'Juniper Glass' });
    await choose(third!, idOf('Acme Concrete, LLC'));
    await sync(scene, ...orders);
    expect(
      standing(scene)
        .map(({ vendor }) => vendor)
        .toSorted(),
    ).toEqual(['Acme Concrete, LLC', 'Juniper Glass']);
  });
});
