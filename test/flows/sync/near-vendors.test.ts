import { describe, expect, it } from '@jest/globals';
import { documentOf, enterOrder, supplier, sync } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { scenes, standing } from '../../support/scene.ts';

const newScene = scenes();

/** Somebody renames a vendor in Procore. */
function rename({ company }: Scene, from: string, to: string): void {
  [...company.vendors.values()].find(({ name }) => name === from)!.name = to;
}

describe('a supplier that no vendor is called exactly like', () => {
  it('parks its order with the vendors that are near, the likeliest first, and what differs', async () => {
    const scene = await newScene();
    const vendors = scene.company.vendors.size;
    rename(scene, 'Acme Concrete, LLC', 'Acme Concret Inc.');
    rename(scene, 'Bluebonnet Electric Supply', 'ACME CONCRETE INC');
    const order = enterOrder(scene, { Contact: supplier('acme') });
    await sync(scene, order);
    const { state, code, message } = (await documentOf(scene, order))!;
    expect([state, code]).toEqual(['parked', 'vendor-ambiguous']);
    expect(message).toMatch(
      /supplier: ACME Concrete LLC; candidates: ACME CONCRETE INC \(\d+\), 95 % alike: differs by the legal form: LLC \/ Inc, Acme Concret Inc\. \(\d+\), 90 % alike: one letter differs: concrete \/ concret, differs by the legal form/,
    );
    expect([standing(scene), scene.company.vendors.size]).toEqual([[], vendors]);

    // The fix of the code.
    rename(scene, 'ACME CONCRETE INC', 'ACME Concrete LLC');
    await sync(scene, order);
    expect(standing(scene)).toMatchObject([{ vendor: 'ACME Concrete LLC' }]);
  });

  it('becomes a vendor of its own where the connection says so, but never beside several equals', async () => {
    const scene = await newScene({ settings: { nearMatch: 'create' } });
    rename(scene, 'Acme Concrete, LLC', 'Acme Concrete, Inc.');
    const near = enterOrder(scene, { Contact: supplier('acme') });
    const equals = enterOrder(scene, { Contact: supplier('brazos') });
    await sync(scene, near, equals);
    expect(standing(scene)).toMatchObject([{ vendor: 'ACME Concrete LLC' }]);
    expect(await documentOf(scene, equals)).toMatchObject({ state: 'parked', code: 'vendor-ambiguous' });
  });
});
