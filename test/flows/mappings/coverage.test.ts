import { beforeEach, describe, expect, it } from '@jest/globals';
import { coverageInWords } from '../../../bin/cli/coverage-table.ts';
import { mappingCoverage } from '../../../lib/flows/mappings/coverage.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes } from '../../support/scene.ts';

const openScene = scenes();
let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
describe('x', () => {
  it('y', async () => {
    const report = await mappingCoverage(await connectionOf(scene), 90, scene.deployment, () => {});
    console.log(coverageInWords(report));
    expect(1).toBe(1);
  });
});
