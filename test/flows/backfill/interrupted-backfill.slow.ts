import { describe, expect, it } from '@jest/globals';
import {
  cancelBackfill,
  pauseBackfill,
  resumeBackfill,
} from '../../../lib/flows/backfill/change-backfill.ts';
import { lookAtBackfill } from '../../../lib/flows/backfill/look-at-backfill.ts';
import { pump, pumpBackfills } from '../../../lib/flows/backfill/pump.ts';
import { pauseConnection, resumeConnection } from '../../../lib/flows/connections/pause-connection.ts';
import { removeConnection } from '../../../lib/flows/connections/remove-connection.ts';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import { begin, CONNECTED_LATE, enterOldPapers, runOf, tick, untilOver } from '../../support/old-papers.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes, standing, storyOf } from '../../support/scene.ts';
import { drain } from '../../support/world.ts';

const newScene = scenes();

async function sceneWith(orders: number) {
  const scene = await newScene(CONNECTED_LATE);
  return { scene, ...(await enterOldPapers(scene, orders)) };
}

const depth = async ({ deployment }: Scene) => (await deployment.queue.depth()).visible;

describe('a backfill that is paused', () => {
  it('stays paused, lets what is on its way arrive, and goes on where it was', async () => {
    const { scene } = await sceneWith(3);
    const { deployment, connectionId } = scene;
    await begin(scene);
    await tick(scene);
    await pauseBackfill(connectionId, 'Dana', deployment);
    await drain(scene.cloud, deployment);
    for (let minute = 0; minute < 5; minute += 1) {
      await tick(scene);
      expect(await depth(scene)).toBe(0);
    }
    const sight = await lookAtBackfill(await connectionOf(scene), deployment);
    expect(sight).toMatchObject({
      run: { state: 'paused' },
      progress: { settled: 3, onTheWay: 0, waiting: 4, outcomes: { posted: 3 } },
    });
    await resumeBackfill(connectionId, 'Dana', deployment);
    await untilOver(scene);
    expect(await runOf(scene)).toMatchObject({ state: 'done', outcomes: { posted: 7 } });
    expect((await storyOf(scene)).slice(1).map(({ event, detail }) => [event, detail.by])).toEqual([
      ['backfill-started', 'a test'],
      ['backfill-paused', 'Dana'],
      ['backfill-resumed', 'Dana'],
      ['backfill-done', undefined],
    ]);
  });

  it('waits with its connection', async () => {
    const { scene } = await sceneWith(1);
    await begin(scene);
    await pauseConnection(scene.deployment, scene.connectionId);
    await tick(scene);
    await pumpBackfills(scene.deployment);
    expect(await depth(scene)).toBe(0);
    await resumeConnection(scene.deployment, scene.connectionId);
    await pumpBackfills(scene.deployment);
    expect(await depth(scene)).toBe(1);
  });

  it('and ended leaves the rest where it was, and makes way for another', async () => {
    const { scene } = await sceneWith(2);
    const { deployment, connectionId } = scene;
    await begin(scene);
    await tick(scene);
    await drain(scene.cloud, deployment);
    await cancelBackfill(connectionId, 'Dana', deployment);
    await tick(scene);
    expect(await depth(scene)).toBe(0);
    expect(standing(scene).map(({ billed }) => billed)).toEqual([undefined, undefined]);
    for (const change of [pauseBackfill, resumeBackfill, cancelBackfill]) {
      await expect(change(connectionId, 'Dana', deployment)).rejects.toMatchObject({
        code: 'backfill-missing',
      });
    }
    await begin(scene);
    expect(await runOf(scene)).toMatchObject({ total: 3, state: 'running' });
  });

  it('is forgotten with its connection', async () => {
    const { scene } = await sceneWith(1);
    await begin(scene);
    await removeConnection(scene.deployment, scene.connectionId);
    expect(await scene.deployment.backfills.get(scene.connectionId)).toBeUndefined();
  });

  it('is not resumed by a pump that was at it', async () => {
    const { scene } = await sceneWith(1);
    const { deployment, connectionId } = scene;
    await begin(scene);
    const { backfills } = deployment;
    const overtaken: Deployment = {
      ...deployment,
      queue: {
        ...deployment.queue,
        send: async (...given) => {
          const run = await backfills.get(connectionId);
          await backfills.put({ ...run!, state: 'paused' });
          return deployment.queue.send(...given);
        },
      },
    };
    scene.clock.advance(60_000);
    await pump(await connectionOf(scene), overtaken);
    expect(await runOf(scene)).toMatchObject({ state: 'paused' });
  });
});
