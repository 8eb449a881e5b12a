import { afterEach, describe, expect, it } from '@jest/globals';
import { refreshXeroTokens, xeroClientCredentials, xeroConnections } from '../../lib/xero/oauth.ts';
import { testClock } from '../support/clock.ts';
import type { Loopback, Reply } from '../support/loopback.ts';
import { startLoopback } from '../support/loopback.ts';
import type { XeroOffice } from './office.ts';
import { openOffice, START, TENANT } from './office.ts';

const open: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function office(): Promise<XeroOffice> {
  const opened = await openOffice();
  open.push(opened.sandbox);
  return opened;
}

async function tokenServer(reply: Reply): Promise<Loopback> {
  const server = await startLoopback(() => reply);
  open.push(server);
  return server;
}

const clientOf = (server: { url: string }) => ({
  identityUrl: server.url,
  clientId: 'app-1',
  clientSecret: 'secret-1',
  refreshToken: 'refresh-1',
  clock: testClock(START),
});

describe('the refresh of Xero tokens', () => {
  it('gives a new pair that lasts half an hour', async () => {
    const { client, refreshToken, sandbox } = await office();
    const tokens = await refreshXeroTokens({ ...client, refreshToken: refreshToken() });
    expect(tokens.refreshToken).not.toBe(refreshToken());
    expect(tokens.expiresAt).toEqual(new Date('2026-11-22T08:30:00.000Z'));
    const tenants = await xeroConnections({ apiUrl: sandbox.url, accessToken: tokens.accessToken });
    expect(tenants).toMatchObject([{ tenantId: TENANT, type: 'ORGANISATION', name: 'Lone Star Builders' }]);
  });

  it('stops where the consent was revoked', async () => {
    const { client, refreshToken, sandbox } = await office();
    sandbox.revoke(refreshToken());
    await expect(refreshXeroTokens({ ...client, refreshToken: refreshToken() })).rejects.toMatchObject({
      name: 'Stop',
      code: 'xero-consent-lost',
    });
  });

  it('stops where the secret is wrong', async () => {
    const { client, refreshToken } = await office();
    const wrong = { ...client, clientSecret: 'wrong', refreshToken: refreshToken() };
    await expect(refreshXeroTokens(wrong)).rejects.toMatchObject({ code: 'xero-client-refused' });
  });

  it('keeps the old refresh token where the answer brings none', async () => {
    const server = await tokenServer({ body: { access_token: 'a', token_type: 'Bearer', expires_in: 1800 } });
    expect((await refreshXeroTokens(clientOf(server))).refreshToken).toBe('refresh-1');
  });

  it('signs in by HTTP Basic and names the grant', async () => {
    const server = await tokenServer({ body: { access_token: 'a', token_type: 'Bearer', expires_in: 1800 } });
    await refreshXeroTokens(clientOf(server));
    const [request] = server.received;
    expect(request?.path).toBe('/connect/token');
    expect(request?.headers.authorization).toBe(`Basic ${btoa('app-1:secret-1')}`);
    expect(new URLSearchParams(request?.body).get('refresh_token')).toBe('refresh-1');
  });

  it.each<[string, Reply]>([
    ['a server error', { status: 500, body: '<html>' }],
    ['a server error that speaks OAuth', { status: 503, body: { error: 'temporarily_unavailable' } }],
    ['a success that is no JSON', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }],
    ['a cut connection', { hangUp: true }],
  ])('is tried later after %s', async (_name, reply) => {
    await expect(refreshXeroTokens(clientOf(await tokenServer(reply)))).rejects.toMatchObject({
      name: 'RetryLater',
      code: 'xero-unavailable',
      afterSeconds: 60,
    });
  });

  it('is tried later, when the server says so', async () => {
    const server = await tokenServer({
      status: 429,
      headers: { 'retry-after': '90' },
      body: { error: 'slow' },
    });
    await expect(refreshXeroTokens(clientOf(server))).rejects.toMatchObject({ afterSeconds: 90 });
  });

  it('never shows its secrets in an error', async () => {
    const server = await tokenServer({ status: 400, body: { error: 'invalid_client' } });
    const error = await refreshXeroTokens(clientOf(server)).catch((thrown: Error) => thrown);
    expect(JSON.stringify([error, String(error), error])).not.toMatch(/secret-1|refresh-1/);
  });

  it('speaks plain HTTP with this machine alone', async () => {
    const client = {
      ...clientOf({ url: 'http://identity.example' }),
      fetch: () => Promise.reject(new Error()),
    };
    const error = await refreshXeroTokens(client).catch((thrown: { cause: Error }) => thrown);
    expect(error).toMatchObject({ cause: { message: expect.stringMatching(/only requests to HTTPS/i) } });
  });
});

describe('a custom connection', () => {
  it('gets a token for its one organisation', async () => {
    const { client, sandbox } = await office();
    const custom = {
      clientId: 'custom-1',
      clientSecret: 'custom-secret',
      grant: 'client_credentials',
    } as const;
    sandbox.registerApp(custom);
    sandbox.authoriseCustomConnection('custom-1', TENANT);
    const { accessToken } = await xeroClientCredentials({ ...client, ...custom });
    expect(await xeroConnections({ apiUrl: sandbox.url, accessToken })).toMatchObject([{ tenantId: TENANT }]);
  });

  it('stops where no organisation authorised it', async () => {
    const { client, sandbox } = await office();
    const custom = {
      clientId: 'custom-1',
      clientSecret: 'custom-secret',
      grant: 'client_credentials',
    } as const;
    sandbox.registerApp(custom);
    await expect(xeroClientCredentials({ ...client, ...custom })).rejects.toMatchObject({
      code: 'xero-custom-connection-inactive',
    });
  });
});
