import { describe, expect, it } from '@jest/globals';
import { documentOf, enterOrder, sync } from '../../support/orders.ts';
import { scenes, standing } from '../../support/scene.ts';
import { contactRecord, enterSupplier, syncContacts, vendorsCalled } from '../../support/suppliers.ts';

const newScene = scenes();

const NAMES = [
  ['emoji alone', '🚧🏗️👷🏽‍♀️'],
  ['other emoji alone', '🪵🪚'],
  ['letters from right to left', 'شركة البناء الحديث ذ.م.م'],
  ['both directions', 'Levant שלום Builders'],
  ['nothing but signs', '*** !!!'],
  ['a legal form alone', 'The Company Ltd'],
  ['255 characters', `Very ${'Long '.repeat(49)}Ltd`.padEnd(255, '.')],
  ['255 characters beyond the basic plane', '𝔄'.repeat(127)],
] as const;

describe('suppliers with unusual names', () => {
  it('become one vendor each, under the very name, and are found again by it', async () => {
    const scene = await newScene({ settings: { contacts: 'suppliers' } });
    const before = scene.company.vendors.size;
    const suppliers = NAMES.map(([, Name]) => enterSupplier(scene, { Name }));
    const orders = suppliers.map(({ ContactID }) => enterOrder(scene, { Contact: { ContactID } }));
    for (const order of orders) await sync(scene, order);
    for (const order of orders) expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    expect(
      standing(scene)
        .map(({ vendor }) => vendor)
        .toSorted(),
    ).toEqual(NAMES.map(([, name]) => name).toSorted());
    expect(scene.company.vendors.size).toBe(before + NAMES.length);

    await syncContacts(scene, ...suppliers);
    for (const supplier of suppliers) {
      expect(await contactRecord(scene, supplier)).toMatchObject({ state: 'posted', number: supplier.Name });
    }
    // A second contact of the same name, as another organisation may have it.
    const again = suppliers.map(({ Name }) => enterSupplier(scene, { Name }));
    await syncContacts(scene, ...again);
    expect(scene.company.vendors.size).toBe(before + NAMES.length);
    for (const [, name] of NAMES) expect(vendorsCalled(scene, name)).toHaveLength(1);
  });

  it('are brought in one call, all together', async () => {
    const scene = await newScene({ settings: { contacts: 'suppliers' } });
    const suppliers = NAMES.map(([, Name]) => enterSupplier(scene, { Name }));
    await syncContacts(scene, ...suppliers);
    for (const [, name] of NAMES) expect(vendorsCalled(scene, name)).toHaveLength(1);
  });

  it('never take a tax number along, whatever Xero sends', async () => {
    const scene = await newScene();
    const supplier = enterSupplier(scene, {
      Name: 'Juniper Glass',
      ...({ TaxNumber: '74-1234567', CompanyNumber: '998877', AccountNumber: 'ACC-42' } as object),
    });
    const order = enterOrder(scene, { Contact: { ContactID: supplier.ContactID } });
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    expect(JSON.stringify(vendorsCalled(scene, 'Juniper Glass'))).not.toMatch(/74-1234567|998877|ACC-42/);
  });
});
