import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../lib/core/connection.ts';
import { about, checksOf } from '../../support/examined.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes } from '../../support/scene.ts';

const openScene = scenes();
let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});

async function given(change: Partial<Connection>): Promise<void> {
  const { connections } = scene.deployment;
  await connections.update({ ...(await connections.get(scene.connectionId))!, ...change });
  scene.clock.advance(3 * 3_600_000);
}

describe('how a connection stands', () => {
  it('broken: why, since when, and the way back; the rest is examined all the same', async () => {
    await given({ state: 'broken', code: 'xero-consent-lost', brokenSince: '2026-11-22T08:00:00.000Z' });
    expect(await about(scene, 'connection')).toMatchObject({
      ok: false,
      code: 'xero-consent-lost',
      says: 'It broke 4 hours ago (2026-11-22 08:00 UTC). Xero no longer accepts the refresh token of this connection.',
      fix: expect.stringContaining('connections reconnect'),
    });
    expect(await checksOf(scene)).toEqual(
      expect.arrayContaining(['xero scopes', 'tool permissions', 'mapping coverage', 'clock']),
    );
  });

  it('broken and paused, with the projects that were lost', async () => {
    const since = '2026-11-22T08:00:00.000Z';
    await given({
      state: 'broken',
      code: 'procore-project-not-permitted',
      brokenSince: since,
      lostProjects: ['598134325511047'],
      pausedSince: since,
    });
    const { says } = await about(scene, 'connection');
    expect(says).toContain('Projects: 598134325511047. It was also paused, 4 hours ago');
  });

  it('paused: since when, and how it goes on', async () => {
    await given({ pausedSince: '2026-11-22T08:00:00.000Z' });
    expect(await about(scene, 'connection')).toMatchObject({
      level: 'warning',
      says: 'It was paused 4 hours ago (2026-11-22 08:00 UTC); its documents wait.',
      fix: 'Let it go on with `ml-connector connections resume "Harlan & Reyes Builders"`.',
    });
  });

  it('on a dry run', async () => {
    const { settings } = await connectionOf(scene);
    await given({ settings: { ...settings, dryRun: true } });
    expect(await about(scene, 'connection')).toMatchObject({
      level: 'warning',
      says: expect.stringContaining('dry run'),
    });
  });
});
