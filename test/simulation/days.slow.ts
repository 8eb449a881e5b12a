import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TestCloud } from '../support/world.ts';
import { startTestCloud } from '../support/world.ts';
import { liveThrough } from './sixty-days.ts';
import { READINGS } from './token-world.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

it.each(READINGS)(
  'a connection lives through a day in which much goes wrong (a reused token gives a %s)',
  async (reading) => {
    const happened = await liveThrough(1, reading, 20_261_122, cloud);
    expect(Object.keys(happened).length).toBeGreaterThan(6);
  },
);
