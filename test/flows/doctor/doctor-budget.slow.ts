import { beforeAll, describe, expect, it } from '@jest/globals';
import { about, checksOf } from '../../support/examined.ts';
import type { Scene, SceneOptions } from '../../support/scene.ts';
import { scenes } from '../../support/scene.ts';

const openScene = scenes();

const calmly = { minute: 1e9 };
const xeroLeft = async (options: SceneOptions) => about(await openScene(options), 'xero calls left');

describe("Xero's calls of the day", () => {
  it('are told beside what the setting allows', async () => {
    expect(await xeroLeft({})).toMatchObject({
      level: 'ok',
      says: expect.stringMatching(
        /^Xero allows 49\d\d more calls today and \d+ within this minute; xeroDailyCalls says 5000 a day\.$/,
      ),
    });
  });

  it('are worth a warning once less than a fifth is left', async () => {
    const left = await xeroLeft({
      xero: { limits: { ...calmly, day: 100 } },
      settings: { xeroDailyCalls: 1000 },
    });
    expect(left).toMatchObject({
      level: 'warning',
      ok: true,
      says: expect.stringContaining('less than a fifth'),
    });
    expect(left.fix).not.toContain('Starter');
  });

  it('are few on the Starter tier, which a setting of 5000 does not fit', async () => {
    expect(await xeroLeft({ xero: { limits: { ...calmly, day: 1000 } } })).toMatchObject({
      level: 'warning',
      fix: expect.stringContaining('xeroDailyCalls 1000'),
    });
  });

  it('are a problem when none is left', async () => {
    const scene = await openScene({
      xero: { limits: { ...calmly, day: 12 } },
      settings: { xeroDailyCalls: 100 },
    });
    await about(scene, 'xero calls left');
    expect(await about(scene, 'xero calls left')).toMatchObject({
      level: 'problem',
      ok: false,
      code: 'xero-rate-limited',
      says: expect.stringContaining('Xero allows 0 more calls today'),
    });
  });

  it('that are more than the setting says make the connector needlessly sparing', async () => {
    expect(await xeroLeft({ settings: { xeroDailyCalls: 1000 } })).toMatchObject({
      level: 'warning',
      says: expect.stringContaining('more sparing'),
      fix: expect.stringMatching(/xeroDailyCalls as Xero allows them, at least 49\d\d/),
    });
  });
});

describe("Procore's calls of the hour", () => {
  let busy: Scene;
  beforeAll(async () => {
    busy = await openScene({ procore: { limits: { hourly: 45, spike: 1e9 } } });
  });

  it('are told', async () => {
    expect(await about(await openScene(), 'procore calls left')).toMatchObject({
      level: 'ok',
      says: expect.stringMatching(/^Procore allows \d+ of 1000000000 calls for the next 60 minutes\.$/),
    });
  });

  it('are worth a warning below a fifth, and a problem when none is left', async () => {
    const levels: string[] = [];
    for (let run = 0; run < 5; run += 1) levels.push((await about(busy, 'procore calls left')).level);
    expect([...new Set(levels)]).toEqual(['ok', 'warning', 'problem']);
    expect(await about(busy, 'procore calls left')).toMatchObject({
      code: 'procore-rate-limited',
      says: expect.stringMatching(
        /^Procore allows [012] of 45 calls for the next \d+ minutes\. Documents wait/,
      ),
    });
  });

  it('of ten seconds come and go: nearly all used is fine', async () => {
    const scene = await openScene({ procore: { limits: { hourly: 1e9, spike: 16 } } });
    expect(await about(scene, 'procore calls left')).toMatchObject({
      level: 'ok',
      says: expect.stringMatching(/of 16 calls for the next 10 seconds\.$/),
    });
  });
});

it('says nothing of calls where the vendors did not answer', async () => {
  const { deployment } = await openScene();
  const fetch = async () => {
    throw new TypeError('fetch failed');
  };
  const checks = await checksOf({ deployment: { ...deployment, fetch } });
  expect(checks.filter((check) => check.endsWith('calls left'))).toEqual([]);
});
