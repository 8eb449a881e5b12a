import { describe, expect, it } from '@jest/globals';
import { pump } from '../../../lib/flows/backfill/pump.ts';
import { startBackfill } from '../../../lib/flows/backfill/start-backfill.ts';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import { withWaitingRoom } from '../../../lib/flows/patient-queue.ts';
import { releaseWaiting } from '../../../lib/flows/waiting-room.ts';
import { clockQueue } from '../../support/clock-queue.ts';
import {
  begin,
  CONNECTED_LATE,
  EVERYTHING,
  enterOldPapers,
  runOf,
  tick,
  untilOver,
} from '../../support/old-papers.ts';
import { goods } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes, standing } from '../../support/scene.ts';

/** Enough to connect and to list, and for some of the documents. */
const DAYS_CALLS = 21;

const newScene = scenes();

async function sceneWith(orders: number) {
  const scene = await newScene(CONNECTED_LATE);
  return { scene, ...(await enterOldPapers(scene, orders)) };
}

const depth = async ({ deployment }: Scene) => (await deployment.queue.depth()).visible;

describe('a backfill in the background', () => {
  it('never has more than a hundred and twenty documents in the way of live work', async () => {
    const { scene, desk } = await sceneWith(0);
    const { deployment, connectionId } = scene;
    const old = Array.from({ length: 140 }, () =>
      desk.order({ Date: '2026-03-01', Status: 'DRAFT', LineItems: [] }),
    );
    const documents = old.map(({ PurchaseOrderID }) => ({
      kind: 'purchase-order' as const,
      id: PurchaseOrderID,
    }));
    await startBackfill(EVERYTHING, documents, 'a test', connectionId, deployment);
    await tick(scene);
    await tick(scene);
    expect(await depth(scene)).toBe(120);
    await desk.carry(desk.order({ LineItems: [goods('FRT', 1, 100)] }));
    expect(standing(scene)).toHaveLength(1);
    await untilOver(scene);
    expect(await runOf(scene)).toMatchObject({ state: 'done', outcomes: { 'left-out': 140 } });
  });

  it('asks nothing of a day that is spent', async () => {
    const { scene } = await sceneWith(1);
    await begin(scene);
    const connection = await connectionOf(scene);
    const left = (calls: number): Deployment => {
      const { governor } = scene.deployment;
      return {
        ...scene.deployment,
        governor: { ...governor, xeroDay: async () => ({ calls, minutes: 600 }) },
      };
    };
    await pump(connection, left(0));
    expect(await depth(scene)).toBe(0);
    await pump(connection, left(1));
    expect(await depth(scene)).toBe(1);
  });

  it('goes on the next day where Xero allows no more calls today', async () => {
    const scene = await newScene({ ...CONNECTED_LATE, xero: { limits: { minute: 1e9, day: DAYS_CALLS } } });
    await enterOldPapers(scene, 12);
    const waiting = clockQueue(scene.clock);
    const { waitingRoom } = scene.deployment;
    const queue = withWaitingRoom(waiting.queue, waitingRoom, scene.clock);
    const deployment = { ...scene.deployment, queue };
    await begin(scene);
    const places: number[] = [];
    for (let quarter = 0; (await runOf(scene)).state === 'running'; quarter += 1) {
      expect(quarter).toBeLessThan(3 * 96);
      scene.clock.advance(15 * 60_000);
      await releaseWaiting(deployment);
      await pump(await connectionOf(scene), deployment);
      await waiting.workOff(deployment);
      places.push((await runOf(scene)).place);
    }
    // It is stuck for hours, and ends.
    expect(places.filter((place) => place === places[8]).length).toBeGreaterThan(8);
    expect(await runOf(scene)).toMatchObject({ state: 'done', outcomes: { posted: 25 } });
    expect([waiting.deadLetters, waiting.expired, waiting.length()]).toEqual([[], [], 0]);
  });
});
