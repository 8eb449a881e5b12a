import { afterEach, describe, expect, it } from '@jest/globals';
import { procoreClientCredentials } from '../../lib/procore/oauth.ts';
import { testClock } from '../support/clock.ts';
import type { Reply } from '../support/loopback.ts';
import { startLoopback } from '../support/loopback.ts';
import { openCompany, START } from './company.ts';

const open: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function ask(reply: Reply) {
  const server = await startLoopback(() => reply);
  open.push(server);
  const client = {
    loginUrl: `${server.url}/`,
    clientId: 'app',
    clientSecret: 'secret',
    clock: testClock(START),
  };
  return { server, tokens: procoreClientCredentials(client) };
}

describe('the token of the service account', () => {
  it('lasts ninety minutes', async () => {
    const { sandbox, client } = await openCompany();
    open.push(sandbox);
    const tokens = await procoreClientCredentials(client);
    expect(tokens.expiresAt).toEqual(new Date('2026-11-22T09:30:00.000Z'));
    expect(tokens.accessToken).toMatch(/^\S{20,}$/);
  });

  it('is asked for with a form', async () => {
    const body = { access_token: 'a', token_type: 'bearer', expires_in: 5400, created_at: 1795334400 };
    const { server, tokens } = await ask({ body });
    await tokens;
    expect(server.received[0]).toMatchObject({
      path: '/oauth/token',
      headers: { 'content-type': expect.stringContaining('application/x-www-form-urlencoded') },
    });
    expect(Object.fromEntries(new URLSearchParams(server.received[0]?.body))).toMatchObject({
      grant_type: 'client_credentials',
      client_id: 'app',
      client_secret: 'secret',
    });
  });

  it('is refused to a wrong secret', async () => {
    const { sandbox, client } = await openCompany();
    open.push(sandbox);
    await expect(procoreClientCredentials({ ...client, clientSecret: 'wrong' })).rejects.toMatchObject({
      name: 'Stop',
      code: 'procore-client-refused',
    });
  });

  it.each<Reply>([
    { status: 401, headers: { 'www-authenticate': 'Bearer realm="Procore", error="invalid_client"' } },
    { status: 401, body: '<html>' },
    { status: 400, body: { error: 'unauthorized_client' } },
  ])('is refused in other words, too: %j', async (reply) => {
    await expect((await ask(reply)).tokens).rejects.toMatchObject({ code: 'procore-client-refused' });
  });

  it.each<Reply>([{ status: 502, body: '<html>' }, { hangUp: true }])(
    'is tried later after %j',
    async (reply) => {
      await expect((await ask(reply)).tokens).rejects.toMatchObject({
        name: 'RetryLater',
        code: 'procore-unavailable',
      });
    },
  );
});
