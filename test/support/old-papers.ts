import type { BackfillRequest } from '../../lib/core/backfill/backfill.ts';
import { toBeCarried } from '../../lib/core/backfill/list.ts';
import { listBackfill } from '../../lib/flows/backfill/list-backfill.ts';
import { pump } from '../../lib/flows/backfill/pump.ts';
import { startBackfill } from '../../lib/flows/backfill/start-backfill.ts';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { pollConnection } from '../../lib/flows/poll/poll-xero.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import { office } from './life.ts';
import { goods } from './orders.ts';
import type { Scene, SceneOptions } from './scene.ts';
import { connectionOf } from './scene.ts';
import { drain } from './world.ts';

/** Connected on 22 November, so that what is older stays out. */
export const CONNECTED_LATE: SceneOptions = {
  settings: { startDate: '2026-11-22', billingPeriods: 'create', budgetScope: 'off' },
};

export const EVERYTHING: BackfillRequest = {
  from: '2026-01-01',
  kinds: ['purchase-order', 'bill', 'credit-note'],
};

/** Orders of March on, each with a bill of half of it a month later; and one bill of no order. The connector has seen them all. */
export async function enterOldPapers(scene: Scene, orders: number) {
  const books = scene.demo.xero.organisations.get(CONTRACTOR.tenantId)!;
  for (const papers of [books.purchaseOrders, books.invoices, books.creditNotes]) papers.clear();
  const desk = office(scene);
  const entered = Array.from({ length: orders }, (_none, index) => {
    const month = String(3 + (index % 6)).padStart(2, '0');
    const next = String(4 + (index % 6)).padStart(2, '0');
    const order = desk.order({
      Date: `2026-${month}-10`,
      LineItems: [goods('RNT-FNC', 100 + index, 2)],
    });
    const { LineItemID: _own, ...line } = order.LineItems[0]!;
    const half = (100 + index) / 2;
    const bill = desk.billOf(order, { Date: `2026-${next}-10`, LineItems: [{ ...line, Quantity: half }] });
    return { order, bill };
  });
  const cost = desk.bill({
    ...{ Date: '2026-05-05', InvoiceNumber: 'HAUL-7', LineItems: [goods('FRT', 1, 300)] },
  });
  await pollConnection(await connectionOf(scene), scene.deployment);
  await drain(scene.cloud, scene.deployment);
  scene.clock.advance(60_000);
  return { desk, books, entered, cost };
}

export async function listed(scene: Scene, request = EVERYTHING) {
  return listBackfill(request, await connectionOf(scene), scene.deployment, () => {});
}

/** Lists and begins, as the command does. */
export async function begin(scene: Scene, request = EVERYTHING) {
  const documents = toBeCarried(await listed(scene, request));
  return startBackfill(request, documents, 'a test', scene.connectionId, scene.deployment);
}

export const runOf = async ({ deployment, connectionId }: Scene) =>
  (await deployment.backfills.get(connectionId))!;

/** The minute's tick, a minute later. */
export async function tick(scene: Scene, deployment: Deployment = scene.deployment): Promise<void> {
  scene.clock.advance(60_000);
  await pump(await connectionOf(scene), deployment);
}

/** Ticks and works the queue off until the backfill is over. Returns how many minutes that took. */
export async function untilOver(scene: Scene): Promise<number> {
  for (let minutes = 0; minutes < 200; minutes += 1) {
    if ((await runOf(scene)).state !== 'running') return minutes;
    await tick(scene);
    await drain(scene.cloud, scene.deployment);
  }
  throw new Error('the backfill does not end');
}
