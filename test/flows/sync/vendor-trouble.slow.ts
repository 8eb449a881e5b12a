import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Verdict } from '../../../lib/flows/settle.ts';
import type { Effect } from '../../../lib/sandbox/procore/faults.ts';
import type { PurchaseOrder } from '../../../lib/sandbox/xero/documents.ts';
import { verify } from '../../../lib/store/audit.ts';
import { requisitionsIn } from '../../support/by-hand.ts';
import { documentOf, editOrder, enterOrder, sync, trailOf } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { scenes, standing, writeCalls } from '../../support/scene.ts';

const newScene = scenes();

const CONTRACTS = '/rest/v1.0/purchase_order_contracts';
const LINES = `${CONTRACTS}/{purchase_order_contract_id}/line_items`;
const PROJECT = '/rest/v2.0/companies/{company_id}/projects/{project_id}';

/** Every write that the life of an order takes, deletion included. */
const WRITES: [method: string, path: string][] = [
  ['PATCH', '/rest/v1.0/vendors/sync'],
  ['POST', '/rest/v1.1/projects/{project_id}/vendors/{id}/actions/add'],
  ['PATCH', `${CONTRACTS}/sync`],
  ['PATCH', `${PROJECT}/commitment_contracts/{commitment_contract_id}`],
  ['PATCH', `${LINES}/sync`],
  ['PATCH', `${CONTRACTS}/{id}`],
  ['POST', '/rest/v1.1/requisitions'],
  ['DELETE', '/rest/v1.1/requisitions/{id}'],
  ['DELETE', `${LINES}/{id}`],
  ['DELETE', `${CONTRACTS}/{id}`],
];

/** More often than a call is repeated in place, so that each failure reaches the flow. */
const PERSISTENT = 3;

/** Syncs until done, waiting as told; returns how often it was told to wait. */
async function persist(scene: Scene, order: PurchaseOrder): Promise<number> {
  for (let waits = 0; waits < 50; waits += 1) {
    const [verdict] = await sync(scene, order);
    if (verdict === 'done') return waits;
    scene.clock.advance(secondsOf(verdict) * 1000);
  }
  throw new Error('never done');
}

function secondsOf(verdict: Verdict | undefined): number {
  if (typeof verdict !== 'object') throw new Error(`not postponed but ${verdict}`);
  return verdict.postponeSeconds;
}

describe('Procore failing at every write, time and again', () => {
  it.each<[string, Effect]>([
    ['answers 500 and did nothing', { status: 500 }],
    ['answers 500 after the work was done', { status: 500, after: true }],
    ['cuts the line before the work', { drop: 'before' }],
    ['cuts the line after the work', { drop: 'after' }],
  ])('ends right and has nothing twice: %s', async (_how, effect) => {
    const scene = await newScene();
    const vendors = scene.company.vendors.size;
    for (const [method, path] of WRITES) {
      scene.demo.procore.faults.add({ method, path, effect, times: PERSISTENT });
    }
    let order = enterOrder(scene);
    const waits = await persist(scene, order);
    expect(waits).toBeGreaterThanOrEqual(6);
    expect(standing(scene)).toMatchObject([
      { status: 'Approved', lines: [{ amount: '650.00' }, { amount: '120.00' }], requisition: '770.00' },
    ]);
    expect(requisitionsIn(scene, 'riverside')).toHaveLength(1);
    expect(scene.company.vendors.size).toBe(vendors + 1);

    order = editOrder(scene, order, { LineItems: [order.LineItems[0]!] });
    expect(await persist(scene, order)).toBeGreaterThanOrEqual(2);
    expect(standing(scene)).toMatchObject([{ status: 'Approved', total: '650.00', requisition: '650.00' }]);
    expect(requisitionsIn(scene, 'riverside')).toHaveLength(1);

    order = editOrder(scene, order, { Status: 'DELETED' });
    expect(await persist(scene, order)).toBeGreaterThanOrEqual(1);
    expect(standing(scene)).toEqual([]);
    expect(requisitionsIn(scene, 'riverside')).toEqual([]);
    expect(verify(await trailOf(scene, order))).toBeUndefined();
  });
});

describe('a vendor that does not answer for now', () => {
  let scene: Scene;
  let order: PurchaseOrder;
  beforeEach(async () => {
    scene = await newScene();
    order = enterOrder(scene);
  });
  const procoreAnswers = (status: number, headers = {}) =>
    scene.demo.procore.faults.add({ path: `${CONTRACTS}/sync`, effect: { status, headers }, times: 1 });
  const xeroAnswers = (status: number, headers = {}, times = 1) =>
    scene.demo.xero.faults.add({
      path: /PurchaseOrders/,
      do: 'answer',
      when: 'before',
      status,
      headers,
      times,
    });

  it('is waited for where Procore asks for seconds', async () => {
    procoreAnswers(429, { 'Retry-After': '7' });
    const before = scene.clock.now().getTime();
    expect(await sync(scene, order)).toEqual(['done']);
    expect(scene.clock.now().getTime() - before).toBe(7000);
    expect(standing(scene)).toHaveLength(1);
  });

  it('has the work put back for as long as Procore says, and nothing parked', async () => {
    procoreAnswers(429, { 'Retry-After': '1800' });
    expect(await sync(scene, order)).toEqual([{ postponeSeconds: 1800 }]);
    expect(await documentOf(scene, order)).toBeUndefined();
    expect(scene.events()).toEqual([]);
    scene.clock.advance(1_800_000);
    expect(await sync(scene, order)).toEqual(['done']);
    expect(standing(scene)).toHaveLength(1);
  });

  it('has the work put back where the hour of Procore is used up', async () => {
    const busy = await newScene({ procore: { limits: { hourly: 14, spike: 100 } } });
    const late = enterOrder(busy);
    const [verdict] = await sync(busy, late);
    expect(secondsOf(verdict)).toBeGreaterThan(3000);
    expect(await persist(busy, late)).toBeGreaterThan(0);
    expect(standing(busy)).toMatchObject([{ requisition: '770.00' }]);
  });

  it.each([true, false])(
    'is given time by a short window of Procore (Retry-After: %s)',
    async (retryAfterOn429) => {
      const busy = await newScene({
        procore: { limits: { hourly: 1e9, spike: 6 }, unverified: { retryAfterOn429 } },
      });
      const late = enterOrder(busy);
      await persist(busy, late);
      expect(standing(busy)).toMatchObject([{ status: 'Approved', requisition: '770.00' }]);
      expect(await documentOf(busy, late)).toMatchObject({ state: 'posted' });
    },
  );

  it('is asked again where Xero is away for a moment, and later where it stays away', async () => {
    xeroAnswers(503);
    expect(await sync(scene, order)).toEqual(['done']);
    xeroAnswers(503, {}, PERSISTENT);
    expect(await sync(scene, order)).toEqual([{ postponeSeconds: 60 }]);
    expect(await sync(scene, order)).toEqual(['done']);
  });

  it("is left alone until Xero's day begins anew", async () => {
    xeroAnswers(429, { 'Retry-After': '41000', 'X-Rate-Limit-Problem': 'day' });
    expect(await sync(scene, order)).toEqual([{ postponeSeconds: 41_000 }]);
    expect(await documentOf(scene, order)).toBeUndefined();
    expect(writeCalls(scene)).toBe(0);
  });

  it.each(['concurrent', 'Concurrency', 'something new'])(
    'is asked again where Xero is asked too much at once: %s',
    async (concurrentProblem) => {
      xeroAnswers(429, { 'X-Rate-Limit-Problem': concurrentProblem });
      await persist(scene, order);
      expect(standing(scene)).toHaveLength(1);
    },
  );

  it('sends no requisition twice where the answer to the first is lost', async () => {
    scene.demo.procore.faults.add({
      method: 'POST',
      path: '/rest/v1.1/requisitions',
      effect: { drop: 'after' },
      times: 1,
    });
    expect(await sync(scene, order)).toEqual([{ postponeSeconds: 30 }]);
    expect(requisitionsIn(scene, 'riverside')).toHaveLength(1);
    expect(await sync(scene, order)).toEqual(['done']);
    expect(requisitionsIn(scene, 'riverside')).toHaveLength(1);
    expect(scene.demo.procore.calls.get('POST /rest/v1.1/requisitions')).toBe(1);
    expect(standing(scene)).toMatchObject([{ requisition: '770.00' }]);
    expect((await documentOf(scene, order))?.procore).toContainEqual({
      type: 'requisition',
      id: String(requisitionsIn(scene, 'riverside')[0]?.id),
    });
  });
});
