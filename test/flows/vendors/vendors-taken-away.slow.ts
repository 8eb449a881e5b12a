import { beforeEach, describe, expect, it } from '@jest/globals';
import { sweepConnections } from '../../../lib/flows/poll/poll-xero.ts';
import { chooseVendor } from '../../../lib/flows/vendors/choose-vendor.ts';
import { projectIn } from '../../support/by-hand.ts';
import { documentOf, editOrder, enterOrder, goods, standingOf, sync } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { scenes, writeCalls } from '../../support/scene.ts';
import { contactRecord, emptyBooks, enterSupplier, vendorsCalled } from '../../support/suppliers.ts';
import { drain } from '../../support/world.ts';

const newScene = scenes();

let scene: Scene;
beforeEach(async () => {
  scene = await newScene();
});

const people = () => scene.demo.procore.people(scene.company.id);
const MORE = { LineItems: [goods('RNT-FNC', 10, 3.25)] };

/** A posted order of a supplier whose vendor the connector made. */
async function posted() {
  const supplier = enterSupplier(scene, { Name: 'Juniper Glass' });
  const order = enterOrder(scene, { Contact: { ContactID: supplier.ContactID } });
  await sync(scene, order);
  const [vendor] = vendorsCalled(scene, 'Juniper Glass');
  return { supplier, order, vendor: vendor! };
}

describe('a vendor that people take away in Procore', () => {
  it('by deactivating it, parks what would be written on it until it is active again', async () => {
    const { supplier, order, vendor } = await posted();
    people().setVendorActive(vendor.id, false);
    const writes = writeCalls(scene);
    const edited = editOrder(scene, order, MORE);
    const next = enterOrder(scene, { Contact: { ContactID: supplier.ContactID } });
    await sync(scene, edited, next);
    for (const parked of [edited, next]) {
      expect(await documentOf(scene, parked)).toMatchObject({
        state: 'parked',
        code: 'vendor-inactive',
        facts: { contact: supplier.ContactID, vendor: String(vendor.id), name: 'Juniper Glass' },
      });
    }
    expect(writeCalls(scene)).toBe(writes);
    people().setVendorActive(vendor.id, true);
    await sync(scene, edited, next);
    for (const going of [edited, next])
      expect(await documentOf(scene, going)).toMatchObject({ state: 'posted' });
    expect(vendorsCalled(scene, 'Juniper Glass')).toHaveLength(1);
  });

  it('by merging it into another, parks until a person says which it is now, and makes none', async () => {
    const { supplier, order, vendor } = await posted();
    const other = vendorsCalled(scene, 'Acme Concrete, LLC')[0]!;
    people().mergeVendors(vendor.id, other.id);
    const edited = editOrder(scene, order, MORE);
    await sync(scene, edited);
    expect(await documentOf(scene, edited)).toMatchObject({ code: 'vendor-gone' });
    expect(vendorsCalled(scene, 'Juniper Glass')).toHaveLength(0);
    const { deployment, connectionId } = scene;
    const by = { by: 'Robin' };
    const chosen = await chooseVendor(connectionId, supplier.ContactID, String(other.id), by, deployment);
    expect(chosen.requeued).toBe(1);
    await drain(scene.cloud, deployment);
    expect(standingOf(scene, edited)).toMatchObject([{ vendor: 'Acme Concrete, LLC', total: '32.50' }]);
  });

  it('while a batch is under way, is noticed by what Procore refuses', async () => {
    const { supplier, vendor } = await posted();
    const order = enterOrder(scene, { Contact: { ContactID: supplier.ContactID } });
    const { fetch } = scene.deployment;
    const deployment: Scene['deployment'] = {
      ...scene.deployment,
      fetch: async (...call) => {
        if (String(call[0]).includes('/purchase_order_contracts/sync'))
          people().setVendorActive(vendor.id, false);
        return fetch(...call);
      },
    };
    await sync({ ...scene, deployment }, order);
    expect(await documentOf(scene, order)).toMatchObject({ code: 'vendor-inactive' });
  });

  it('before its first order, is not made a second time', async () => {
    people().addVendor({ name: 'Juniper Glass, Inc.', active: false });
    const supplier = enterSupplier(scene, { Name: 'Juniper Glass Inc' });
    const order = enterOrder(scene, { Contact: { ContactID: supplier.ContactID } });
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({
      code: 'vendor-inactive',
      facts: { contact: supplier.ContactID, name: 'Juniper Glass, Inc.' },
    });
    expect(vendorsCalled(scene, 'Juniper Glass Inc')).toEqual([]);
    expect(projectIn(scene, 'riverside').contracts.size).toBe(0);
  });

  it('is told of its contact by the daily look, where all suppliers are brought', async () => {
    scene = await newScene({ settings: { contacts: 'suppliers' } });
    emptyBooks(scene);
    const supplier = enterSupplier(scene, { Name: 'Juniper Glass' });
    await sweepConnections(scene.deployment);
    const [vendor] = vendorsCalled(scene, 'Juniper Glass');
    people().mergeVendors(vendor!.id, vendorsCalled(scene, 'Acme Concrete, LLC')[0]!.id);
    await sweepConnections(scene.deployment);
    expect(await contactRecord(scene, supplier)).toMatchObject({ state: 'parked', code: 'vendor-gone' });
  });
});
