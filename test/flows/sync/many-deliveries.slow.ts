import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { syncDocuments } from '../../../lib/flows/sync/sync-documents.ts';
import type { ChangeMessage } from '../../../lib/flows/sync/works.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import { verify } from '../../../lib/store/audit.ts';
import { UNREADABLE } from '../../../lib/store/documents.ts';
import { documentOf, enterOrder, goods } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { messageAbout, scenes, seededOrder, standing, untilDone, writeCalls } from '../../support/scene.ts';

const newScene = scenes();

/** One of each kind: two projects, a vendor to create, one to match, a parked one, a left-out one, a bill, a deaf one. */
function manyMessages(scene: Scene): ChangeMessage[] {
  const numbers = ['PO-1227', 'PO-1206', 'PO-1225', 'PO-1230', 'PO-1239', 'PO-1234'];
  const { invoices } = scene.demo.xero.organisations.get(CONTRACTOR.tenantId)!;
  const bill = [...invoices.values()].find(({ InvoiceNumber }) => InvoiceNumber === 'MOP-54077')!;
  return [
    ...numbers.map((number) => messageAbout(scene, seededOrder(scene, number).PurchaseOrderID)),
    messageAbout(scene, bill.InvoiceID, 'bill'),
    { id: randomUUID(), body: 'hello', receiveCount: 1 },
  ];
}

/** Everything that a replay must leave alone. */
async function traces(scene: Scene) {
  const { documents, audit } = scene.deployment;
  const all = [...(await documents.list(scene.connectionId)), ...(await documents.list(UNREADABLE))];
  const entries = await Promise.all(all.map(({ connectionId, id }) => audit.list(connectionId, id)));
  return {
    documents: all,
    entries: entries.flat().length,
    broken: entries.map(verify).filter((at) => at !== undefined),
    commitments: standing(scene),
    writeCalls: writeCalls(scene),
    events: scene.events().length,
    vendors: scene.company.vendors.size,
  };
}

describe('messages that come again', () => {
  it('change nothing: ten times, in any order, to several workers at once', async () => {
    const scene = await newScene();
    const messages = manyMessages(scene);
    await syncDocuments(messages, scene.deployment);
    const once = await traces(scene);
    expect(once.commitments).toHaveLength(5);
    expect(once.broken).toEqual([]);

    const random = seeded(7);
    for (let round = 1; round <= 10; round += 1) {
      scene.clock.advance(60_000);
      const shuffled = messages
        .map((message) => ({ message, at: random() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ message }) => message);
      const verdicts =
        round % 5 === 0
          ? await Promise.all([
              syncDocuments(shuffled, scene.deployment),
              syncDocuments(messages, scene.deployment),
            ])
          : [await syncDocuments(shuffled, scene.deployment)];
      if (round % 5 !== 0) expect([...verdicts[0]!.values()]).toEqual(messages.map(() => 'done'));
    }
    expect(await traces(scene)).toEqual(once);
  });

  it('are worked off by several workers at once, each document once', async () => {
    const [alone, together] = [await newScene(), await newScene()];
    await untilDone(alone, [manyMessages(alone)]);
    const messages = manyMessages(together);
    await untilDone(together, [messages, messages.toReversed(), messages]);
    const [one, other] = [await traces(alone), await traces(together)];
    expect(other.commitments).toEqual(one.commitments);
    expect(other).toMatchObject({ vendors: one.vendors, events: one.events, broken: [] });
    for (const { id } of await together.deployment.documents.list(together.connectionId)) {
      const ends = (await together.deployment.audit.list(together.connectionId, id)).filter(({ event }) =>
        ['posted', 'parked', 'left-out'].includes(event),
      );
      expect(ends).toHaveLength(1);
    }
  });

  it('make one vendor of one supplier whose ten first orders come at once', async () => {
    const scene = await newScene();
    const vendors = scene.company.vendors.size;
    const orders = Array.from({ length: 10 }, (_, index) =>
      enterOrder(scene, {
        LineItems: [goods('RNT-FNC', index + 1, 3.25, { project: index % 2 ? 'oak' : 'riverside' })],
      }),
    );
    const messages = orders.map(({ PurchaseOrderID }) => messageAbout(scene, PurchaseOrderID));
    await untilDone(scene, [messages.slice(0, 3), messages.slice(3, 6), messages.slice(6)]);
    expect(scene.company.vendors.size).toBe(vendors + 1);
    expect(scene.demo.procore.calls.get('PATCH /rest/v1.0/vendors/sync')).toBe(1);
    expect(standing(scene)).toHaveLength(10);
    expect(new Set(standing(scene).map(({ vendor }) => vendor)).size).toBe(1);
    for (const order of orders) expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
  });
});

/** Numbers between 0 and 1 that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
