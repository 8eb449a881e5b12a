import { beforeEach, describe, expect, it } from '@jest/globals';
import { refreshTokens } from '../../../lib/flows/tokens/refresh-tokens.ts';
import { about } from '../../support/examined.ts';
import type { Scene } from '../../support/scene.ts';
import { scenes } from '../../support/scene.ts';

const openScene = scenes();
let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});

const minutes = (count: number) => scene.clock.advance(count * 60_000);

describe('stored access tokens', () => {
  it('say when they were renewed and run out', async () => {
    minutes(20);
    expect(await about(scene, 'xero token renewal')).toMatchObject({
      level: 'ok',
      says: "Xero's access token was renewed 20 minutes ago and runs out in 10 minutes.",
    });
    expect(await about(scene, 'procore token renewal')).toMatchObject({
      level: 'ok',
      says: "Procore's access token was renewed 20 minutes ago and runs out in 70 minutes.",
    });
  });

  it('are never found overdue while refresh-tokens comes every 20 minutes', async () => {
    for (let run = 0; run < 12; run += 1) {
      minutes(20);
      for (const check of ['xero token renewal', 'procore token renewal']) {
        const { expiresAt } = (await scene.deployment.secrets.get(
          scene.connectionId,
          `${check.split(' ')[0]}-access-token`,
        ))!;
        expect(Date.parse(expiresAt!) - scene.clock.now().getTime()).toBeGreaterThanOrEqual(10 * 60_000);
      }
      await refreshTokens(scene.deployment);
    }
    expect(await about(scene, 'xero token renewal')).toMatchObject({ level: 'ok' });
  });

  it('that nobody renewed in time tell that refresh-tokens does not run', async () => {
    minutes(40);
    const finding = {
      level: 'problem',
      ok: false,
      says: "Xero's access token was renewed 40 minutes ago and ran out 10 minutes ago: refresh-tokens, which comes every 20 minutes, did not renew it.",
      fix: expect.stringContaining('schedule'),
    };
    expect(await about(scene, 'xero token renewal')).toMatchObject(finding);
    // Looking renewed it.
    expect(await about(scene, 'xero token renewal')).toMatchObject({ level: 'ok' });
    minutes(48);
    expect(await about(scene, 'procore token renewal')).toMatchObject({
      level: 'problem',
      says: expect.stringContaining(
        "Procore's access token was renewed 88 minutes ago and runs out in 2 minutes:",
      ),
    });
  });

  const brokenBy = async (code: string) => {
    const { connections } = scene.deployment;
    const live = (await connections.get(scene.connectionId))!;
    await connections.update({ ...live, state: 'broken', code, brokenSince: live.createdAt });
    minutes(40);
    return about(scene, 'xero token renewal');
  };

  it('of a broken connection wait until it is mended', async () => {
    expect(await brokenBy('xero-consent-lost')).toMatchObject({
      level: 'ok',
      says: expect.stringContaining('wait until it is mended'),
    });
  });

  it('of a connection that only lost projects are renewed as ever', async () => {
    expect(await brokenBy('procore-project-not-permitted')).toMatchObject({ level: 'problem' });
  });
});
