import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { syncDocuments } from '../../../lib/flows/sync/sync-documents.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import { verify } from '../../../lib/store/audit.ts';
import { UNREADABLE } from '../../../lib/store/documents.ts';
import { documentOf, enterOrder, sync, trailOf } from '../../support/orders.ts';
import { messageAbout, scenes, standing, writeCalls } from '../../support/scene.ts';

const newScene = scenes();

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
    const left = [60, 60, 10];
    const verdicts = await syncDocuments(messages, scene.deployment, () => left.shift() ?? 0);
    expect(messages.map(({ id }) => verdicts.get(id))).toEqual(['done', { postponeSeconds: 0 }]);
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
