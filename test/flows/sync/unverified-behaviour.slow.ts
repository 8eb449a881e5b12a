import { describe, expect, it } from '@jest/globals';
import type { Unverified as ProcoreUnverified } from '../../../lib/sandbox/procore/unverified.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import type { Unverified as XeroUnverified } from '../../../lib/sandbox/xero/unverified.ts';
import { contractsIn, requisitionsIn } from '../../support/by-hand.ts';
import { choice, documentOf, editOrder, enterOrder, goods, supplier, sync } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { scenes, standing } from '../../support/scene.ts';

const newScene = scenes();

/** What the vendors' documents leave open, each the way the sandboxes do not take by default. */
const READINGS: Record<string, { procore?: Partial<ProcoreUnverified>; xero?: Partial<XeroUnverified> }> = {
  'a lenient Procore': {
    procore: {
      contractNumbersUnique: false,
      vendorNamesUnique: false,
      originIdScope: 'type',
      billingNeedsApprovedContract: false,
      lockedStatuses: [],
      newLinesJoinDrafts: true,
    },
  },
  'a strict Procore': {
    procore: {
      partialItems: false,
      draftsHoldLines: true,
      severalRequisitionsPerPeriod: false,
      requisitionAfterDraft: false,
      requisitionsUnlock: false,
      vendorAlreadyInProject: 'refused',
      lockedStatuses: ['Submitted', 'Approved', 'Closed'],
      retryAfterOn429: false,
      defaultPerPage: 2,
    },
  },
  'another Xero': {
    procore: { newLinesJoinDrafts: true, draftsHoldLines: true },
    xero: {
      purchaseOrdersObeyOrder: false,
      trackingOptionIds: false,
      problemKeys: 'capital',
      largestPageSize: 100,
    },
  },
};

describe('what the vendors leave open', () => {
  it.each(Object.entries(READINGS))(
    'does not matter to an order from its first day to its last: %s',
    async (_name, { procore, xero }) => {
      const scene = await newScene({
        procore: { unverified: procore ?? {} },
        xero: { limits: { minute: 1e9 }, unverified: xero ?? {} },
      });
      await live(scene);
    },
  );
});

/** A new supplier, two orders at once, lines changed, added and removed, back to submitted, approved, deleted. */
async function live(scene: Scene): Promise<void> {
  const [first, second] = [enterOrder(scene), enterOrder(scene, { Contact: supplier('acme') })];
  expect(await sync(scene, first, second)).toEqual(['done', 'done']);
  expect(standing(scene).map(({ requisition }) => requisition)).toEqual(['770.00', '770.00']);

  const [fence, freight] = first.LineItems;
  let order = editOrder(scene, first, {
    LineItems: [{ ...fence!, Quantity: 100 }, goods('RNT-EXC', 2, 565), freight!],
  });
  await sync(scene, order);
  expect(standing(scene)[0]).toMatchObject({ status: 'Approved', total: '1575.00', requisition: '1575.00' });

  order = editOrder(scene, order, { LineItems: [order.LineItems[1]!], Status: 'SUBMITTED' });
  await sync(scene, order);
  expect(standing(scene)[0]).toMatchObject({ status: 'Submitted', total: '1130.00' });
  expect(requisitionsIn(scene, 'riverside')).toHaveLength(1);

  order = editOrder(scene, order, { LineItems: [{ ...order.LineItems[0]!, Quantity: 3 }] });
  await sync(scene, order);
  order = editOrder(scene, order, { Status: 'BILLED' });
  await sync(scene, order);
  expect(standing(scene)[0]).toMatchObject({ status: 'Approved', total: '1695.00', requisition: '1695.00' });

  order = editOrder(scene, order, { Status: 'DELETED' });
  await sync(scene, order);
  expect(await documentOf(scene, order)).toMatchObject({ state: 'left-out', code: 'deleted-in-xero' });
  expect(standing(scene)).toMatchObject([{ number: second.PurchaseOrderNumber, requisition: '770.00' }]);
}

describe('what Xero leaves open about tracking', () => {
  it('finds the project by the names of category and option where ids are missing', async () => {
    const scene = await newScene({
      xero: { limits: { minute: 1e9 }, unverified: { trackingOptionIds: false } },
    });
    const tracking = [choice('Project', 'Oak Street Apts'), choice('Cost Area', 'Concrete')];
    const order = enterOrder(scene, {
      LineItems: [
        {
          Description: 'Place slab',
          UnitAmount: 26900,
          AccountCode: '5100',
          TaxType: 'NONE',
          Tracking: tracking,
        },
      ],
    });
    await sync(scene, order);
    expect(standing(scene)).toMatchObject([
      { project: '1047', lines: [{ costCode: '03-300', costType: 'S' }] },
    ]);
  });
});

describe('what Xero leaves open about merged contacts', () => {
  it.each([true, false])(
    'keeps one vendor for both (merged-away contact archived: %s)',
    async (mergeArchivesContact) => {
      const scene = await newScene({
        xero: { limits: { minute: 1e9 }, unverified: { mergeArchivesContact, mergeTouchesDocuments: true } },
      });
      const [old, survivor] = [supplier('capitol').ContactID, supplier('travis').ContactID];
      const order = enterOrder(scene, { Contact: { ContactID: survivor } });
      await sync(scene, order);
      scene.clock.advance(60_000);
      scene.demo.xero.mergeContacts(CONTRACTOR.tenantId, old, survivor);
      const vendors = scene.company.vendors.size;
      const later = enterOrder(scene, { Contact: { ContactID: old } });
      await sync(scene, later);
      expect(scene.company.vendors.size).toBe(vendors);
      expect(new Set(contractsIn(scene, 'riverside').map(({ vendor_id }) => vendor_id)).size).toBe(1);
    },
  );
});
