import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scenes } from '../support/scene.ts';
import { anyLife, live } from './any-life.ts';

const newScene = scenes();

it('committed, billed and paid come to what the books say, whatever is done in Xero and in whatever order it becomes known', async () => {
  await fc.assert(
    fc.asyncProperty(anyLife(12), async (acts) => {
      const scene = await newScene();
      await live(acts, scene).finally(() => scene.close());
    }),
    { numRuns: 2 },
  );
  expect.hasAssertions();
}, 120_000);
