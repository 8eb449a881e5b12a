import { beforeEach, describe, expect, it } from '@jest/globals';
import { openBooks } from '../../../lib/flows/clients.ts';
import { connect } from '../../../lib/flows/connect/connect.ts';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import { tokenSource } from '../../../lib/flows/tokens/access-tokens.ts';
import { refreshTokens } from '../../../lib/flows/tokens/refresh-tokens.ts';
import { openSecret, putSecret } from '../../../lib/flows/tokens/secrets.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes } from '../../support/scene.ts';

const newScene = scenes();
const MINUTE = 60_000;

let scene: Scene;
beforeEach(async () => {
  scene = await newScene();
});

const xeroCalls = () => scene.demo.xero.calls.count('POST /connect/token');
const procoreCalls = () => scene.demo.procore.calls.get('POST /oauth/token') ?? 0;

/** Asks Xero something, as a worker begun just now would. */
async function ask(deployment = scene.deployment): Promise<string> {
  const books = await openBooks(deployment, await connectionOf(scene));
  return (await books.organisation()).name;
}

async function secretText(purpose: Parameters<typeof openSecret>[2]): Promise<string> {
  return (await openSecret(scene.deployment, scene.connectionId, purpose))!.value.reveal();
}

/** The clock of a process among others: sleeping takes a moment, and moves nobody's time. */
function besideOthers(deployment: Deployment): Deployment {
  const { clock } = deployment;
  const sleep = () => new Promise<void>((resolve) => setTimeout(resolve, 40));
  return { ...deployment, clock: { now: () => clock.now(), sleep } };
}

describe('an access token', () => {
  it('is used as long as it lives, and renewed a minute before its end', async () => {
    const before = xeroCalls();
    scene.clock.advance(28 * MINUTE);
    expect(await ask()).toBe(CONTRACTOR.name);
    expect(xeroCalls()).toBe(before);
    scene.clock.advance(1.5 * MINUTE);
    expect(await ask()).toBe(CONTRACTOR.name);
    expect(xeroCalls()).toBe(before + 1);
    await ask();
    expect(xeroCalls()).toBe(before + 1);
  });

  it.each(['xero', 'procore'] as const)(
    'of %s is renewed once for fifty who need it at once',
    async (owner) => {
      const calls = owner === 'xero' ? xeroCalls : procoreCalls;
      scene.clock.advance(2 * 60 * MINUTE);
      const before = calls();
      const [deployment, connection] = [besideOthers(scene.deployment), await connectionOf(scene)];
      const sources = Array.from({ length: 50 }, () => tokenSource(deployment, connection, owner));
      const tokens = await Promise.all(sources.map((source) => source.current()));
      expect(new Set(tokens).size).toBe(1);
      expect(calls()).toBe(before + 1);

      // The same when the vendor refuses it before its time.
      const next = await Promise.all(sources.map((source) => source.refreshed()));
      expect(new Set(next).size).toBe(1);
      expect(next[0]).not.toBe(tokens[0]);
      expect(calls()).toBe(before + 2);
    },
  );
});

describe('the refresh token of Xero, which works once', () => {
  beforeEach(() => scene.clock.advance(30 * MINUTE));

  it('is durable before the access token that came with it is used', async () => {
    const order: string[] = [];
    const { secrets, fetch } = scene.deployment;
    const watched: Deployment = {
      ...scene.deployment,
      secrets: {
        ...secrets,
        async put(...given) {
          const revision = await secrets.put(...given);
          order.push(`stored ${given[1]}`);
          return revision;
        },
      },
      fetch: async (...call) => {
        const response = await fetch(...call);
        order.push(`asked ${new URL(String(call[0])).pathname}`);
        return response;
      },
    };
    await ask(watched);
    expect(order).toEqual([
      // Once more as it is: nobody who read it before can replace it any more.
      'stored xero-refresh-token',
      'asked /connect/token',
      'stored xero-refresh-token',
      'stored xero-access-token',
      'asked /api.xro/2.0/Organisation',
    ]);
  });

  it('survives that every answer to its renewal is lost', async () => {
    const old = await secretText('xero-refresh-token');
    scene.demo.xero.faults.add({ path: '/connect/token', do: 'drop', when: 'after', times: 4 });
    await expect(ask()).rejects.toMatchObject({ code: 'xero-unavailable' });
    expect(await secretText('xero-refresh-token')).toBe(old);
    scene.clock.advance(20 * MINUTE);
    expect(await ask()).toBe(CONTRACTOR.name);
    expect(await secretText('xero-refresh-token')).not.toBe(old);
  });

  it('survives a worker that dies between its renewal and keeping it', async () => {
    const { secrets } = scene.deployment;
    const dying = { ...secrets, put: () => Promise.reject(new Error('out of memory')) };
    await expect(ask({ ...scene.deployment, secrets: dying })).rejects.toThrow('out of memory');
    scene.clock.advance(20 * MINUTE);
    expect(await ask()).toBe(CONTRACTOR.name);
  });

  it('is not renewed in a hurry after a worker died holding the lease, but is in the end', async () => {
    const { leases } = scene.deployment;
    await leases.acquire(`xero-token:${scene.connectionId}`, 'a dead one', 70);
    const before = xeroCalls();
    await expect(ask()).rejects.toMatchObject({ code: 'lease-held' });
    expect(xeroCalls()).toBe(before);
    scene.clock.advance(2 * MINUTE);
    expect(await ask()).toBe(CONTRACTOR.name);
  });
});

describe('the function that renews tokens every twenty minutes', () => {
  it('keeps Xero fresh at every run and Procore from its sixtieth minute, for half a year', async () => {
    const xero: number[] = [];
    const procore: number[] = [];
    for (let run = 1; run <= 6; run += 1) {
      scene.clock.advance(20 * MINUTE);
      const before = [xeroCalls(), procoreCalls()] as const;
      await refreshTokens(scene.deployment);
      xero.push(xeroCalls() - before[0]);
      procore.push(procoreCalls() - before[1]);
    }
    expect(xero).toEqual([1, 1, 1, 1, 1, 1]);
    expect(procore).toEqual([0, 0, 1, 0, 0, 1]);

    for (let month = 1; month <= 6; month += 1) {
      scene.clock.advance(30 * 24 * 60 * MINUTE);
      await refreshTokens(scene.deployment);
    }
    expect(await ask()).toBe(CONTRACTOR.name);
    expect(await connectionOf(scene)).toMatchObject({ state: 'live' });
  });

  it('renews a custom connection, which has no refresh token, by its secret', async () => {
    const { clock, demo, deployment } = scene;
    const app = { clientId: 'CUSTOM', clientSecret: 'custom-secret', webhookKey: 'custom-key' };
    const tenantId = '7d1b1c5e-0f7c-4b7e-9b1e-2a9c6d1f0a11';
    demo.xero.addOrganisation({ tenantId, name: 'Harbor Homes', baseCurrency: 'USD', countryCode: 'US' });
    demo.xero.registerApp({ ...app, grant: 'client_credentials' });
    demo.xero.authoriseCustomConnection(app.clientId, tenantId);
    const { connectionFile: file } = demo;
    const xero = { grant: 'client_credentials', ...app, tenantId };
    const { connectionId } = await connect({ ...file, name: 'Harbor Homes', xero }, deployment);
    expect(await openSecret(deployment, connectionId, 'xero-refresh-token')).toBeUndefined();

    const token = async () =>
      (await openSecret(deployment, connectionId, 'xero-access-token'))!.value.reveal();
    const before = await token();
    clock.advance(20 * MINUTE);
    await refreshTokens(deployment);
    expect(await token()).not.toBe(before);
  });

  it('marks a connection broken whose consent is gone, tells it once, and goes on with Procore and others', async () => {
    scene.clock.advance(65 * MINUTE);
    const revoked = scene.demo.xero.authorise(DEMO_CREDENTIALS.xero.clientId, CONTRACTOR.tenantId);
    scene.demo.xero.revoke(revoked);
    await putSecret(scene.deployment, scene.connectionId, 'xero-refresh-token', revoked);
    await refreshTokens(scene.deployment);
    await refreshTokens(scene.deployment);
    expect(await connectionOf(scene)).toMatchObject({ state: 'broken', code: 'xero-consent-lost' });
    expect(scene.events()).toMatchObject([
      { type: 'ConnectionBroken', detail: { code: 'xero-consent-lost' } },
    ]);
  });

  it('leaves a connection live while the vendor is away', async () => {
    scene.clock.advance(20 * MINUTE);
    scene.demo.xero.faults.add({
      path: '/connect/token',
      do: 'answer',
      when: 'before',
      status: 503,
      times: 1,
    });
    await refreshTokens(scene.deployment);
    expect(await connectionOf(scene)).toMatchObject({ state: 'live' });
    await refreshTokens(scene.deployment);
    expect(await ask()).toBe(CONTRACTOR.name);
  });
});
