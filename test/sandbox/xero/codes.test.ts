import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Desk } from './support.ts';
import {
  APP,
  CALLBACK,
  codeOf,
  connectionsSeen,
  consented,
  consentUrl,
  exchange,
  openDesk,
  PKCE,
  refresh,
  TENANT,
  tokenCall,
  VERIFIER,
  withDesk,
} from './support.ts';

const REFUSED = [400, { error: 'invalid_grant' }];
const OTHER_APP = { clientId: 'app-2', clientSecret: 'two', webhookKey: 'k' };

describe('authorization codes of the Xero sandbox', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
  });
  afterEach(() => desk.sandbox.close());

  async function code(changes: Record<string, string> = {}): Promise<string> {
    return codeOf(await desk.sandbox.consent(consentUrl(desk.sandbox, changes), { organisations: [TENANT] }));
  }
  const traded = async (...asked: Parameters<typeof exchange>) => {
    const { status, body } = await exchange(...asked);
    return [status, body];
  };

  it('give an access token and a refresh token for what was consented', async () => {
    const { status, headers, body } = await exchange(desk.sandbox, await code());
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toMatchObject({
      expires_in: 1800,
      token_type: 'Bearer',
      scope: 'offline_access accounting.invoices.read accounting.settings.read',
    });
    const authorization = `Bearer ${body.access_token}`;
    expect((await desk.get('/Accounts', { authorization })).status).toBe(200);
    expect((await refresh(desk.sandbox, body.refresh_token)).status).toBe(200);
  });

  it('reach no endpoint outside the scopes that were consented', async () => {
    const { body } = await exchange(desk.sandbox, await code());
    const { status, body: said } = await desk.get('/Contacts', {
      authorization: `Bearer ${body.access_token}`,
    });
    expect([status, said.detail]).toEqual([401, 'AuthorizationUnsuccessful']);
  });

  it('give no refresh token without offline_access', async () => {
    const { body } = await exchange(desk.sandbox, await code({ scope: 'accounting.invoices.read' }));
    expect(body).not.toHaveProperty('refresh_token');
    expect(body.scope).toBe('accounting.invoices.read');
  });

  it('live for five minutes', async () => {
    const [timely, late] = [await code(), await code()];
    desk.clock.advance(5 * 60);
    expect((await exchange(desk.sandbox, timely)).status).toBe(200);
    desk.clock.advance(1);
    expect(await traded(desk.sandbox, late)).toEqual(REFUSED);
  });

  it('work once; the second time ends what the first gave', async () => {
    const used = await code();
    const { body } = await exchange(desk.sandbox, used);
    expect(await traded(desk.sandbox, used)).toEqual(REFUSED);
    expect((await refresh(desk.sandbox, body.refresh_token)).status).toBe(400);
    expect((await connectionsSeen(desk.sandbox, body.access_token)).status).toBe(401);
    expect((await connectionsSeen(desk.sandbox, desk.token)).status).toBe(200);
  });

  it('are not spent by an app that they were not given to', async () => {
    desk.sandbox.registerApp({ ...OTHER_APP, grant: 'refresh_token', redirectUris: [CALLBACK] });
    const given = await code();
    expect(await traded(desk.sandbox, given, {}, OTHER_APP)).toEqual(REFUSED);
    expect((await exchange(desk.sandbox, given)).status).toBe(200);
  });

  it('are refused with another address than the one they were sent to', async () => {
    const other = `${CALLBACK}/2`;
    desk.sandbox.registerRedirectUri(APP.clientId, other);
    expect(await traded(desk.sandbox, await code(), { redirect_uri: other })).toEqual(REFUSED);
  });

  it.each([
    ['the verifier of their challenge', PKCE, { code_verifier: VERIFIER }, 200],
    ['another verifier', PKCE, { code_verifier: `${VERIFIER}x` }, 400],
    ['no verifier for a challenge', PKCE, {}, 400],
    ['a verifier without a challenge', {}, { code_verifier: VERIFIER }, 400],
  ])('traded with %s', async (_what, asked: object, proof: object, status) => {
    expect((await exchange(desk.sandbox, await code({ ...asked }), { ...proof })).status).toBe(status);
  });

  it('are spent by a wrong attempt of their own app', async () => {
    const tried = await code(PKCE);
    await exchange(desk.sandbox, tried, { code_verifier: 'guess' });
    expect(await traded(desk.sandbox, tried, { code_verifier: VERIFIER })).toEqual(REFUSED);
  });

  it('are refused where they were never given, or are missing', async () => {
    expect(await traded(desk.sandbox, 'made-up')).toEqual(REFUSED);
    const { body } = await tokenCall(desk.sandbox, { grant_type: 'authorization_code' });
    expect(body).toEqual({ error: 'invalid_request' });
  });

  it('are nothing for a custom connection', async () => {
    const custom = { clientId: 'custom', clientSecret: 'quiet', webhookKey: 'k' };
    desk.sandbox.registerApp({ ...custom, grant: 'client_credentials' });
    expect(await traded(desk.sandbox, await code(), {}, custom)).toEqual([
      400,
      { error: 'unauthorized_client' },
    ]);
  });

  it('leave what they gave alone when they come twice, where that is how Xero turns out to be', async () => {
    await withDesk({ unverified: { replayedCodeRevokes: false } }, async ({ sandbox }) => {
      const target = await sandbox.consent(consentUrl(sandbox), { organisations: [TENANT] });
      const { body } = await exchange(sandbox, codeOf(target));
      expect(await traded(sandbox, codeOf(target))).toEqual(REFUSED);
      expect((await refresh(sandbox, body.refresh_token)).status).toBe(200);
    });
  });

  it('give the scopes of earlier consents, too, until these are revoked', async () => {
    const scope = 'offline_access accounting.contacts.read';
    await consented(desk.sandbox);
    const both = 'offline_access accounting.contacts.read accounting.invoices.read accounting.settings.read';
    expect((await consented(desk.sandbox, { scope })).body.scope).toBe(both);
    desk.sandbox.revokeConsent(APP.clientId);
    expect((await consented(desk.sandbox, { scope })).body.scope).toBe(scope);
  });

  it('give the scopes of this consent alone, where that is how Xero turns out to be', async () => {
    await withDesk({ unverified: { scopesAddUp: false } }, async ({ sandbox }) => {
      await consented(sandbox);
      const scope = 'accounting.contacts.read';
      expect((await consented(sandbox, { scope })).body.scope).toBe(scope);
    });
  });
});
