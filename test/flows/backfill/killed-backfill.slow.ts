import { describe, expect, it } from '@jest/globals';
import { procoreContent } from '../../../bin/local/procore-content.ts';
import { startBackfill } from '../../../lib/flows/backfill/start-backfill.ts';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import {
  begin,
  CONNECTED_LATE,
  EVERYTHING,
  enterOldPapers,
  listed,
  runOf,
  tick,
  untilOver,
} from '../../support/old-papers.ts';
import { scenes, standing } from '../../support/scene.ts';
import { drain } from '../../support/world.ts';

const newScene = scenes();

async function sceneWith(orders: number) {
  const scene = await newScene(CONNECTED_LATE);
  return { scene, ...(await enterOldPapers(scene, orders)) };
}

/** A process that dies at its n-th operation, before or after it took effect: from then on nothing works. */
function dying(deployment: Deployment, operation: number, when: 'before' | 'after'): Deployment {
  let done = 0;
  const wrap = <T extends object>(part: T): T =>
    new Proxy(part, {
      get: (target, name) => {
        const member = Reflect.get(target, name);
        // Listings only read.
        if (typeof member !== 'function' || name === 'items') return member;
        return async (...given: unknown[]) => {
          done += 1;
          if (done === operation && when === 'after') await member.apply(target, given);
          if (done >= operation) throw new Error('killed');
          return member.apply(target, given);
        };
      },
    });
  const { audit, backfills, connections, documents, queue } = deployment;
  return {
    ...deployment,
    audit: wrap(audit),
    backfills: wrap(backfills),
    connections: wrap(connections),
    documents: wrap(documents),
    queue: wrap(queue),
  };
}

describe('a backfill that is killed', () => {
  it.each(['before', 'after'] as const)(
    'at any of its steps, %s it took effect, goes on as if nothing had been',
    async (when) => {
      const { scene } = await sceneWith(3);
      await begin(scene);
      // Each minute's tick dies one operation later than the last, until one lives through it; then the next dies at its first.
      let deaths = 0;
      for (let operation = 1; (await runOf(scene)).state === 'running'; operation += 1) {
        expect(deaths).toBeLessThan(300);
        try {
          await tick(scene, dying(scene.deployment, operation, when));
          operation = 0;
        } catch (error) {
          expect(String(error)).toContain('killed');
          deaths += 1;
        }
        await drain(scene.cloud, scene.deployment);
      }
      expect(deaths).toBeGreaterThan(8);
      expect(await runOf(scene)).toMatchObject({ state: 'done', place: 7, outcomes: { posted: 7 } });
      expect(standing(scene).map(({ billed }) => billed)).toEqual(['100.00', '101.00', '102.00']);
      expect(procoreContent(scene.company).counts).toMatchObject({
        ...{ commitments: 3, requisitions: 3, directCosts: 1 },
      });
    },
    120_000,
  );

  it('while it begins, has not begun, and may begin again', async () => {
    const { scene } = await sceneWith(2);
    const documents = await listed(scene);
    for (let operation = 1; operation < 8; operation += 1) {
      const mortal = dying(scene.deployment, operation, 'before');
      await expect(
        startBackfill(EVERYTHING, documents, 'a test', scene.connectionId, mortal),
      ).rejects.toThrow('killed');
      expect(await scene.deployment.backfills.get(scene.connectionId)).toBeUndefined();
    }
    await begin(scene);
    await untilOver(scene);
    expect((await runOf(scene)).outcomes).toMatchObject({ posted: 5 });
  });
});
