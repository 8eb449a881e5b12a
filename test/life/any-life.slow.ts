import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scenes } from '../support/scene.ts';
import { anyLife, live } from './any-life.ts';

const newScene = scenes();

it('long lives come to what the books say, too', async () => {
  await fc.assert(
    fc.asyncProperty(anyLife(25), async (acts) => {
      const scene = await newScene();
      await live(acts, scene).finally(() => scene.close());
    }),
    { numRuns: 15 },
  );
  expect.hasAssertions();
});
