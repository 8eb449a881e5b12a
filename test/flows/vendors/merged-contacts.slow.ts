import { describe, expect, it } from '@jest/globals';
import { sweepConnections } from '../../../lib/flows/poll/poll-xero.ts';
import type { PurchaseOrder } from '../../../lib/sandbox/xero/documents.ts';
import { documentOf, enterOrder, standingOf, sync } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { scenes, standing } from '../../support/scene.ts';
import {
  contactRecord,
  contactTrail,
  editContact,
  emptyDocuments,
  enterSupplier,
  mergeContacts,
  syncContacts,
  vendorsCalled,
} from '../../support/suppliers.ts';
import { drain } from '../../support/world.ts';

const newScene = scenes();

const from = ({ ContactID }: { ContactID: string }) => ({ Contact: { ContactID } });

/** A posted order of one contact, whose vendor was made for it, and two contacts more. */
async function threeNames(settings: Record<string, unknown> = {}) {
  const scene = await newScene({ settings });
  emptyDocuments(scene);
  const [a, b, c] = ['Juniper Glass', 'Redbud Glazing', 'Sumac Windows'].map((Name) =>
    enterSupplier(scene, { Name }),
  );
  const order = enterOrder(scene, from(a!));
  await sync(scene, order);
  expect(standing(scene)).toMatchObject([{ vendor: 'Juniper Glass' }]);
  return { scene, order, a: a!, b: b!, c: c! };
}

const vendorOf = (scene: Scene, order: PurchaseOrder) => standingOf(scene, order)[0]?.vendor;

describe('a contact that is merged into another one', () => {
  it('leaves its vendor to a survivor that is none, whichever is heard of first: the merge or an order', async () => {
    for (const first of ['merge', 'order'] as const) {
      const { scene, order, a, b } = await threeNames();
      const vendors = scene.company.vendors.size;
      mergeContacts(scene, a, b);
      const later = enterOrder(scene, from(b));
      if (first === 'merge') await syncContacts(scene, a);
      // The order that was there before is shown under the survivor, too.
      await sync(scene, order, later);
      if (first === 'order') await syncContacts(scene, a);
      await drain(scene.cloud, scene.deployment);
      await sync(scene, order, later);
      expect(scene.company.vendors.size).toBe(vendors);
      expect(standing(scene).map(({ vendor }) => vendor)).toEqual(['Juniper Glass', 'Juniper Glass']);
      const { getVendor } = scene.deployment.links;
      const link = { vendorId: String(vendorsCalled(scene, 'Juniper Glass')[0]!.id), origin: 'created' };
      expect(await getVendor(scene.connectionId, a.ContactID)).toMatchObject({
        ...link,
        mergedInto: b.ContactID,
      });
      expect(await getVendor(scene.connectionId, b.ContactID)).toMatchObject(link);
    }
  });

  it('has its orders moved to the vendor of a survivor that is one, by link or by name', async () => {
    for (const by of ['link', 'name'] as const) {
      const { scene, order, a, b } = await threeNames();
      if (by === 'link') await sync(scene, enterOrder(scene, from(b)));
      else scene.demo.procore.people(scene.company.id).addVendor({ name: 'Redbud Glazing' });
      mergeContacts(scene, a, b);
      await syncContacts(scene, a);
      expect(await scene.deployment.queue.depth()).toMatchObject({ visible: 1 });
      await drain(scene.cloud, scene.deployment);
      expect(vendorOf(scene, order)).toBe('Redbud Glazing');
      expect(vendorsCalled(scene, 'Juniper Glass')).toHaveLength(1);
      expect(await contactTrail(scene, a)).toContainEqual(
        expect.objectContaining({ event: 'written', step: 'follow-merge', into: 'Redbud Glazing' }),
      );
    }
  });

  it('is followed through merges of merges, in whichever order they are heard of', async () => {
    for (const backwards of [false, true]) {
      const { scene, order, a, b, c } = await threeNames();
      await sync(scene, enterOrder(scene, from(c)));
      mergeContacts(scene, a, b);
      if (!backwards) await syncContacts(scene, a);
      mergeContacts(scene, b, c);
      await syncContacts(scene, b);
      if (backwards) await syncContacts(scene, a);
      await drain(scene.cloud, scene.deployment);
      const later = enterOrder(scene, from(a));
      await sync(scene, order, later);
      expect([vendorOf(scene, order), vendorOf(scene, later)]).toEqual(['Sumac Windows', 'Sumac Windows']);
      expect(vendorsCalled(scene, 'Redbud Glazing')).toEqual([]);
    }
  });

  it('is noticed by the daily look where its webhook was lost', async () => {
    const { scene, order, a, b } = await threeNames();
    await sync(scene, enterOrder(scene, from(b)));
    mergeContacts(scene, a, b);
    await sweepConnections(scene.deployment);
    await drain(scene.cloud, scene.deployment);
    expect(vendorOf(scene, order)).toBe('Redbud Glazing');
  });

  it('takes the question along that its order was parked on', async () => {
    const scene = await newScene();
    const near = enterSupplier(scene, { Name: 'Bluebonnet Electric Suply' });
    const order = enterOrder(scene, from(near));
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({ code: 'vendor-ambiguous' });
    const [known] = [...scene.demo.xero.organisations.values()][0]!.contacts
      .values()
      .filter(({ Name }) => Name === 'Bluebonnet Electric Supply');
    mergeContacts(scene, near, known!);
    await syncContacts(scene, near);
    await drain(scene.cloud, scene.deployment);
    expect(vendorOf(scene, order)).toBe('Bluebonnet Electric Supply');
  });

  it('is listed as merged where the connection brings all suppliers', async () => {
    const { scene, a, b } = await threeNames({ contacts: 'suppliers' });
    await syncContacts(scene, a, b);
    expect(await contactRecord(scene, a)).toMatchObject({ state: 'posted' });
    mergeContacts(scene, a, b);
    await syncContacts(scene, a);
    expect(await contactRecord(scene, a)).toMatchObject({ state: 'left-out', code: 'contact-merged' });
  });
});

describe('a contact that is changed in Xero', () => {
  it('takes the vendor along that was made of it, name, address, phone and e-mail', async () => {
    const scene = await newScene();
    const supplier = enterSupplier(scene, {
      Name: 'Juniper Glass',
      EmailAddress: 'old@juniper.example',
      Phones: [
        { PhoneType: 'DEFAULT', PhoneNumber: '555-0133', PhoneAreaCode: '512', PhoneCountryCode: '1' },
      ],
    });
    await sync(scene, enterOrder(scene, from(supplier)));
    await syncContacts(
      scene,
      editContact(scene, supplier, {
        Name: 'Juniper Glass & Mirror',
        EmailAddress: 'new@juniper.example',
        Phones: [],
        Addresses: [
          { AddressType: 'STREET', AddressLine1: '9 Elm St', City: 'Waco', Region: 'Texas', Country: 'USA' },
        ],
      }),
    );
    expect(vendorsCalled(scene, 'Juniper Glass & Mirror')).toMatchObject([
      {
        address: '9 Elm St',
        city: 'Waco',
        state_code: 'TX',
        country_code: 'US',
        email_address: 'new@juniper.example',
        business_phone: null,
      },
    ]);
    expect(vendorsCalled(scene, 'Juniper Glass')).toEqual([]);
    expect(await contactTrail(scene, supplier)).toContainEqual(
      expect.objectContaining({ event: 'written', step: 'update-vendor' }),
    );
    // No document of its own, since nobody asked for contacts.
    expect(await contactRecord(scene, supplier)).toBeUndefined();
  });

  it('leaves a vendor alone that people changed in Procore since, says so once, and keeps out of it', async () => {
    const scene = await newScene();
    const supplier = enterSupplier(scene, { Name: 'Juniper Glass' });
    await sync(scene, enterOrder(scene, from(supplier)));
    const [vendor] = vendorsCalled(scene, 'Juniper Glass');
    const people = scene.demo.procore.people(scene.company.id);
    people.editVendor(vendor!.id, { business_phone: '512 555 0199' });
    await syncContacts(scene, editContact(scene, supplier, { Name: 'Juniper Glass & Mirror' }));
    people.editVendor(vendor!.id, { business_phone: null });
    await syncContacts(scene, editContact(scene, supplier, { Name: 'Juniper' }));
    expect(vendor).toMatchObject({ name: 'Juniper Glass' });
    const told = (await contactTrail(scene, supplier)).filter((entry) => 'kept' in entry);
    expect(told).toHaveLength(1);
  });

  it('never touches a vendor that was found, nor one whose origin_id somebody else took over', async () => {
    const scene = await newScene();
    const [acme] = [...scene.demo.xero.organisations.values()][0]!.contacts
      .values()
      .filter(({ Name }) => Name === 'ACME Concrete LLC');
    const supplier = enterSupplier(scene, { Name: 'Juniper Glass' });
    await sync(scene, enterOrder(scene, from(acme!)), enterOrder(scene, from(supplier)));
    const [found] = vendorsCalled(scene, 'Acme Concrete, LLC');
    const [made] = vendorsCalled(scene, 'Juniper Glass');
    made!.origin_id = 'erp:4711';
    const before = structuredClone([found, made]);
    await syncContacts(
      scene,
      editContact(scene, acme!, { Name: 'ACME Concrete LLC', EmailAddress: 'other@acme.example' }),
      editContact(scene, supplier, { Name: 'Juniper Mirrors' }),
    );
    expect([found, made]).toEqual(before);
    expect(vendorsCalled(scene, 'Juniper Mirrors')).toEqual([]);
  });

  it('keeps its vendor, and a refusal by Procore concerns no document', async () => {
    const scene = await newScene();
    const supplier = enterSupplier(scene, { Name: 'Juniper Glass' });
    const order = enterOrder(scene, from(supplier));
    await sync(scene, order);
    await syncContacts(scene, editContact(scene, supplier, { Name: 'Bluebonnet Electric Supply' }));
    expect(vendorOf(scene, order)).toBe('Juniper Glass');
    expect(await contactTrail(scene, supplier)).toContainEqual(
      expect.objectContaining({ event: 'failed', reason: expect.stringContaining('taken') }),
    );
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
  });

  it('that is archived takes nothing away from Procore', async () => {
    const scene = await newScene({ settings: { contacts: 'suppliers' } });
    const supplier = enterSupplier(scene, { Name: 'Juniper Glass' });
    await syncContacts(scene, supplier);
    await syncContacts(scene, editContact(scene, supplier, { ContactStatus: 'ARCHIVED' }));
    const [vendor] = vendorsCalled(scene, 'Juniper Glass');
    expect(vendor).toMatchObject({ is_active: true });
    expect(await contactRecord(scene, supplier)).toMatchObject({
      state: 'left-out',
      code: 'contact-archived',
      procore: [{ type: 'vendor', id: String(vendor!.id) }],
    });
  });
});
