import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { newConsentProof, redeemXeroConsent, xeroConsentUrl } from '../../lib/xero/consent.ts';
import { testClock } from '../support/clock.ts';
import type { Loopback, Reply } from '../support/loopback.ts';
import { startLoopback } from '../support/loopback.ts';

const open: Loopback[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

const REDIRECT = 'https://connector.example/connect/xero/callback';
const proof = { state: 'state-1', codeVerifier: 'v'.repeat(43) };

async function redeem(query: Record<string, string>, reply: Reply = {}) {
  const server = await startLoopback(() => reply);
  open.push(server);
  const client = {
    identityUrl: server.url,
    clientId: 'app-1',
    clientSecret: 'secret-1',
    clock: testClock('2026-11-22T08:00:00.000Z'),
    redirectUri: REDIRECT,
    proof,
  };
  const outcome = await redeemXeroConsent(new URLSearchParams(query), client).catch((error) => error);
  return { outcome, received: server.received };
}

const answer = { state: 'state-1', code: 'code-1' };
const claims = (content: object) => `h.${Buffer.from(JSON.stringify(content)).toString('base64url')}.s`;
const tokens = (access_token: string) => ({
  body: { access_token, token_type: 'Bearer', expires_in: 1800, refresh_token: 'refresh-1' },
});

describe('the way to consent', () => {
  it('is the same each time but for what proves it, which is 256 bits each', async () => {
    const proofs = Array.from({ length: 50 }, newConsentProof);
    for (const { state, codeVerifier } of proofs) {
      for (const text of [state, codeVerifier]) expect(Buffer.from(text, 'base64url')).toHaveLength(32);
    }
    expect(new Set(proofs.flatMap(({ state, codeVerifier }) => [state, codeVerifier])).size).toBe(100);
  });

  it('shows the hash of the verifier and never the verifier, and blanks as %20', async () => {
    const loginUrl = 'https://login.xero.com/identity/';
    const url = await xeroConsentUrl({ loginUrl, clientId: 'app-1', redirectUri: REDIRECT, proof });
    expect(url).toMatch(/^https:\/\/login\.xero\.com\/identity\/connect\/authorize\?response_type=code&/);
    const challenge = createHash('sha256').update(proof.codeVerifier).digest('base64url');
    expect(new URL(url).searchParams.get('code_challenge')).toBe(challenge);
    expect(url).not.toContain(proof.codeVerifier);
    expect(url).toContain('scope=offline_access%20accounting.invoices.read%20');
  });
});

describe('the code of a consent', () => {
  it('is traded with verifier, redirect URI and secret, and names the consent', async () => {
    const token = claims({ authentication_event_id: 'event-1' });
    const { outcome, received } = await redeem(answer, tokens(token));
    expect(outcome).toEqual({
      accessToken: token,
      expiresAt: new Date('2026-11-22T08:30:00.000Z'),
      refreshToken: 'refresh-1',
      authEventId: 'event-1',
    });
    const [request] = received;
    expect(request).toMatchObject({ method: 'POST', path: '/connect/token' });
    expect(request!.headers.authorization).toBe(`Basic ${btoa('app-1:secret-1')}`);
    expect(Object.fromEntries(new URLSearchParams(request!.body))).toEqual({
      grant_type: 'authorization_code',
      code: 'code-1',
      redirect_uri: REDIRECT,
      code_verifier: proof.codeVerifier,
    });
  });

  it.each(['opaque', 'a.b.c', claims({}), claims({ authentication_event_id: 7 })])(
    'may come to a token that does not name the consent: %s',
    async (token) => {
      expect((await redeem(answer, tokens(token))).outcome).not.toHaveProperty('authEventId');
    },
  );

  it.each<[string, Record<string, string>]>([
    ['of another state', { ...answer, state: 'state-2' }],
    ['without a state', { code: 'code-1' }],
    ['that is missing', { state: 'state-1' }],
    ['that is empty', { state: 'state-1', code: '' }],
    ['of another issuer', { ...answer, iss: 'https://evil.example' }],
  ])('%s is not sent to Xero', async (_case, query) => {
    const { outcome, received } = await redeem(query);
    expect(outcome).toMatchObject({ name: 'BadInput', code: 'consent-unknown' });
    expect(received).toEqual([]);
  });

  it('is not kept without a refresh token: the connection would end in half an hour', async () => {
    const { outcome } = await redeem(answer, {
      body: { access_token: 'a', token_type: 'Bearer', expires_in: 1800 },
    });
    expect(outcome).toMatchObject({ code: 'xero-scope-missing', facts: { scope: 'offline_access' } });
  });

  it.each<[string, Reply, string]>([
    ['used or too old', { status: 400, body: { error: 'invalid_grant' } }, 'consent-expired'],
    [
      'of a client with a wrong secret',
      { status: 400, body: { error: 'invalid_client' } },
      'xero-client-refused',
    ],
    ['while Xero is out', { status: 503, body: '<html>' }, 'xero-unavailable'],
    ['whose answer is lost', { hangUp: true }, 'xero-unavailable'],
  ])('%s says so, and shows no secret', async (_case, reply, code) => {
    const { outcome } = await redeem(answer, reply);
    expect(outcome).toMatchObject({ code });
    const { inspect } = await import('node:util');
    expect(inspect(outcome, { depth: 9, showHidden: true })).not.toMatch(/secret-1|code-1|vvvvv/);
  });
});
