import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import { about, checksOf, withClockOff } from '../../support/examined.ts';
import type { Scene } from '../../support/scene.ts';
import { scenes } from '../../support/scene.ts';

const openScene = scenes();
let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});

const clockOff = (milliseconds: number, deployment = scene.deployment) =>
  about({ deployment: withClockOff(deployment, milliseconds) }, 'clock');

describe("this machine's clock", () => {
  it('agrees with the vendors to half a minute, which a slow answer may take', async () => {
    for (const milliseconds of [0, 25_000, -25_000]) {
      expect(await clockOff(milliseconds)).toMatchObject({
        level: 'ok',
        says: "This machine's clock agrees with Xero's and Procore's.",
      });
    }
  });

  it('that is a minute ahead or behind is worth a warning', async () => {
    expect(await clockOff(60_000)).toMatchObject({
      level: 'warning',
      ok: true,
      says: expect.stringContaining("is 60 seconds ahead of Xero's and 60 seconds ahead of Procore's."),
      fix: expect.stringContaining('NTP'),
    });
    expect(await clockOff(-60_000)).toMatchObject({
      level: 'warning',
      says: expect.stringMatching(/behind Xero's and .* behind Procore's\. Tokens and leases/),
    });
  });

  it('that is more than five minutes off is a problem: AWS refuses its requests', async () => {
    expect(await clockOff(6 * 60_000)).toMatchObject({
      level: 'problem',
      ok: false,
      says: expect.stringMatching(/6 minutes ahead of Xero's .* AWS refuses/),
    });
  });

  it('is held to the answer that differs least: one that was long on its way does not count', async () => {
    let slow = true;
    const fetch: Deployment['fetch'] = async (input, init) => {
      const response = await scene.deployment.fetch(input, init);
      if (slow) scene.clock.advance(120_000);
      slow = false;
      return response;
    };
    expect(await clockOff(0, { ...scene.deployment, fetch })).toMatchObject({ level: 'ok' });
  });

  it('names the one vendor that disagrees', async () => {
    const fetch: Deployment['fetch'] = async (input, init) => {
      const response = await scene.deployment.fetch(input, init);
      const { status } = response;
      const headers = new Headers(response.headers);
      if (String(input).startsWith(scene.demo.procore.url)) {
        headers.set('date', new Date(scene.clock.now().getTime() - 120_000).toUTCString());
      }
      return new Response(await response.text(), { status, headers });
    };
    expect(await clockOff(0, { ...scene.deployment, fetch })).toMatchObject({
      level: 'warning',
      says: expect.stringContaining("is 2 minutes ahead of Procore's. "),
    });
  });

  it('is not judged where nobody told the time', async () => {
    const fetch: Deployment['fetch'] = async () => {
      throw new TypeError('fetch failed');
    };
    expect(await checksOf({ deployment: { ...scene.deployment, fetch } })).not.toContain('clock');
  });
});
