import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { ChangeMessage } from '../../../lib/flows/sync/sync-documents.ts';
import { syncDocuments } from '../../../lib/flows/sync/sync-documents.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import { verify } from '../../../lib/store/audit.ts';
import { UNREADABLE } from '../../../lib/store/documents.ts';
import { documentOf, enterOrder, goods, sync, trailOf } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { messageAbout, scenes, seededOrder, standing, writeCalls } from '../../support/scene.ts';

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

describe('a message that cannot be read', () => {
  const connectionId = 'harlan';
  const whole = {
    connectionId,
    kind: 'purchase-order',
    id: randomUUID(),
    reason: 'poll',
    receivedAt: '2026-11-22T09:00:00.000Z',
  };
  const { kind: _kind, ...withoutKind } = whole;
  const bodies = {
    'message-malformed': [
      'no JSON',
      '',
      '[]',
      'null',
      JSON.stringify({ ...whole, kind: 'timesheet' }),
      JSON.stringify({ ...whole, id: 'PO-1201' }),
      JSON.stringify({ ...whole, receivedAt: 'yesterday' }),
      JSON.stringify(withoutKind),
    ],
    'connection-unknown': [JSON.stringify(whole)],
  };

  it('is parked where people see it, and is done with: its neighbours go on', async () => {
    const scene = await newScene();
    const expected = Object.entries(bodies).flatMap(([code, texts]) =>
      texts.map((body) => ({ code, message: { id: randomUUID(), body, receiveCount: 1 } })),
    );
    const good = enterOrder(scene);
    const messages = [...expected.map(({ message }) => message), messageAbout(scene, good.PurchaseOrderID)];
    const verdicts = await syncDocuments(messages, scene.deployment);
    expect([...verdicts.values()]).toEqual(messages.map(() => 'done'));
    for (const { code, message } of expected) {
      expect(await scene.deployment.documents.get(UNREADABLE, message.id)).toMatchObject({
        kind: 'message',
        state: 'parked',
        code,
      });
      expect(await scene.deployment.audit.list(UNREADABLE, message.id)).toMatchObject([
        { event: 'parked', detail: { code, body: message.body } },
      ]);
    }
    expect(await documentOf(scene, good)).toMatchObject({ state: 'posted' });
  });
});

describe('a message about something else', () => {
  it('lists neither a sales invoice nor a contact', async () => {
    const scene = await newScene();
    const { invoices, contacts } = scene.demo.xero.organisations.get(CONTRACTOR.tenantId)!;
    const sale = [...invoices.values()].find(({ Type }) => Type === 'ACCREC')!;
    const messages = [
      messageAbout(scene, sale.InvoiceID, 'bill'),
      messageAbout(scene, [...contacts.keys()][0]!, 'contact'),
    ];
    const verdicts = await syncDocuments(messages, scene.deployment);
    expect([...verdicts.values()]).toEqual(['done', 'done']);
    expect(await scene.deployment.documents.list(scene.connectionId)).toEqual([]);
    expect(writeCalls(scene)).toBe(0);
  });

  it('parks an order that Xero does not know', async () => {
    const scene = await newScene();
    const id = randomUUID();
    expect([...(await syncDocuments([messageAbout(scene, id)], scene.deployment)).values()]).toEqual([
      'done',
    ]);
    expect(await scene.deployment.documents.get(scene.connectionId, id)).toMatchObject({
      state: 'parked',
      code: 'document-vanished',
    });
  });
});

describe('a worker that runs out of time', () => {
  it('begins no further document; the rest comes again', async () => {
    const scene = await newScene();
    const orders = [enterOrder(scene), enterOrder(scene)];
    const messages = orders.map(({ PurchaseOrderID }) => messageAbout(scene, PurchaseOrderID));
    const left = [60, 10];
    const verdicts = await syncDocuments(messages, scene.deployment, () => left.shift() ?? 0);
    expect([...verdicts.values()]).toEqual(['done', 'retry']);
    expect(standing(scene)).toHaveLength(1);
  });
});

describe('a failure that nobody expected', () => {
  it('is tried again, and parked before the queue gives it up', async () => {
    const scene = await newScene();
    const order = enterOrder(scene);
    const broken = {
      ...scene.deployment,
      links: {
        ...scene.deployment.links,
        putCommitment: () => Promise.reject(new Error('the disk is full')),
      },
    };
    const message = messageAbout(scene, order.PurchaseOrderID);
    for (const receiveCount of [1, 2, 3]) {
      const verdicts = await syncDocuments([{ ...message, receiveCount }], broken);
      expect([...verdicts.values()]).toEqual(['retry']);
    }
    expect([...(await syncDocuments([{ ...message, receiveCount: 4 }], broken)).values()]).toEqual(['done']);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'parked', code: 'sync-failed' });
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    expect(standing(scene)).toHaveLength(1);
    expect(verify(await trailOf(scene, order))).toBeUndefined();
  });
});

describe('a worker that dies while it records what it did', () => {
  it.each(['audit', 'row'])('is followed by one that records both (dead at the %s)', async (where) => {
    const scene = await newScene();
    const order = enterOrder(scene);
    const { audit, documents } = scene.deployment;
    const die = () => Promise.reject(new Error('out of memory'));
    const append: typeof audit.append = (connectionId, id, entry) =>
      entry.event === 'posted' ? die() : audit.append(connectionId, id, entry);
    const dying =
      where === 'audit' ? { audit: { ...audit, append } } : { documents: { ...documents, put: die } };
    expect(await sync({ ...scene, deployment: { ...scene.deployment, ...dying } }, order)).toEqual(['retry']);

    const writes = writeCalls(scene);
    expect(await sync(scene, order)).toEqual(['done']);
    expect(writeCalls(scene)).toBe(writes);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    const trail = await trailOf(scene, order);
    expect(trail.at(-1)?.event).toBe('posted');
    expect(verify(trail)).toBeUndefined();
    expect(scene.events()).toHaveLength(1);
  });
});

/** Gives each worker its batch, and again what it could not do yet, until all is done. */
async function untilDone(scene: Scene, batches: ChangeMessage[][]): Promise<void> {
  const work = async (batch: ChangeMessage[]): Promise<void> => {
    for (let left = batch; left.length > 0; ) {
      const verdicts = await syncDocuments(left, scene.deployment);
      left = left.filter(({ id }) => verdicts.get(id) !== 'done');
    }
  };
  await Promise.all(batches.map(work));
}

/** Numbers between 0 and 1 that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
