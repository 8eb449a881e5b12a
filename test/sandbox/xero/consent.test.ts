import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Answer, Desk } from './support.ts';
import {
  APP,
  ask,
  CALLBACK,
  CONSENT,
  connectionsSeen,
  consented,
  consentUrl,
  guid,
  ORGANISATION,
  OTHER_TENANT,
  openDesk,
  PKCE,
  TENANT,
  withDesk,
} from './support.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  desk.sandbox.addOrganisation({ ...ORGANISATION, tenantId: OTHER_TENANT, name: 'Ridge & Sons' });
});
afterEach(() => desk.sandbox.close());

const open = (changes: Record<string, string | undefined> = {}) => ask(consentUrl(desk.sandbox, changes));
const sendForm = (form: string[][], changes = {}): Promise<Answer> =>
  ask(consentUrl(desk.sandbox, changes), {
    method: 'POST',
    body: new URLSearchParams(form as [string, string][]),
    redirect: 'manual',
  });
const sentBack = (url: URL) => [url.origin + url.pathname, Object.fromEntries(url.searchParams)];

describe('the consent page', () => {
  it('shows who asks, for what, and the organisations of the person as boxes to tick', async () => {
    const name = 'Ledger <to> Site';
    desk.sandbox.registerApp({ ...APP, name, grant: 'refresh_token', redirectUris: [CALLBACK] });
    const { status, headers, text } = await open();
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain('Ledger &lt;to&gt; Site wants access');
    for (const scope of CONSENT.scope.split(' ')) expect(text).toContain(`<code>${scope}</code>`);
    expect(text).toContain(`type="checkbox" name="organisation" value="${TENANT}"> Harbour Builders</label>`);
    expect(text).toContain(`value="${OTHER_TENANT}"> Ridge &amp; Sons</label>`);
    expect(text).toMatch(/<button name="decision" value="allow">Allow access<.*\n.*value="cancel">Cancel</);
  });

  it('needs no script and may not be framed, kept or told of', async () => {
    const { headers, text } = await open();
    expect(text).not.toContain('<script');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual([
      'no-store',
      'no-referrer',
    ]);
  });

  it('sends the browser back with code, scope and state, whatever else the address had', async () => {
    desk.sandbox.registerRedirectUri(APP.clientId, `${CALLBACK}?of=us`);
    const url = consentUrl(desk.sandbox, { redirect_uri: `${CALLBACK}?of=us`, ...PKCE });
    const [address, said] = sentBack(await desk.sandbox.consent(url, { organisations: [TENANT] }));
    expect(address).toBe(CALLBACK);
    expect(said).toEqual({
      of: 'us',
      code: expect.stringMatching(/^[\w-]{43}$/),
      scope: CONSENT.scope,
      session_state: expect.any(String),
      state: 'st&te',
    });
  });

  it('leaves state out where the app sent none', async () => {
    const url = consentUrl(desk.sandbox, { state: undefined });
    const target = await desk.sandbox.consent(url, { organisations: [TENANT] });
    expect(target.searchParams.has('state')).toBe(false);
  });

  it('sends a person who cancels back with access_denied, and connects nothing', async () => {
    desk.sandbox.disconnect(APP.clientId, TENANT);
    const choice = { organisations: [TENANT], allow: false };
    const target = await desk.sandbox.consent(consentUrl(desk.sandbox), choice);
    expect(sentBack(target)).toEqual([CALLBACK, { error: 'access_denied', state: 'st&te' }]);
    expect((await connectionsSeen(desk.sandbox, desk.token)).body).toEqual([]);
  });

  it('asks again where no organisation is ticked', async () => {
    const { status, text } = await sendForm([['decision', 'allow']]);
    expect(status).toBe(200);
    expect(text).toContain('<p role="alert">Choose at least one organisation.</p>');
  });

  it('connects nothing that the person does not have', async () => {
    const form = [TENANT, guid(404)].map((id) => ['organisation', id]);
    desk.sandbox.disconnect(APP.clientId, TENANT);
    expect((await sendForm([...form, ['decision', 'allow']])).status).toBe(400);
    expect((await connectionsSeen(desk.sandbox, desk.token)).body).toEqual([]);
  });
});

describe('a request for consent', () => {
  it.each([
    ['an unknown client', { client_id: 'nobody' }],
    ['no client', { client_id: undefined }],
    ['an address that nobody registered', { redirect_uri: 'https://evil.example/callback' }],
    ['an address that is a little longer', { redirect_uri: `${CALLBACK}/` }],
    ['no address', { redirect_uri: undefined }],
  ])('with %s gets an error page and nobody is sent anywhere', async (_what, changes) => {
    const answers = [
      await ask(consentUrl(desk.sandbox, changes), { redirect: 'manual' }),
      await sendForm([['decision', 'allow']], changes),
    ];
    for (const { status, headers, text } of answers) {
      expect([status, headers.get('location')]).toEqual([400, null]);
      expect(text).toContain('Error: unauthorized_client');
    }
  });

  it('of a custom connection gets an error page: it has no consent in the browser', async () => {
    const custom = { clientId: 'custom', clientSecret: 'quiet', grant: 'client_credentials' as const };
    desk.sandbox.registerApp({ ...custom, redirectUris: [CALLBACK] });
    expect((await open({ client_id: 'custom' })).status).toBe(400);
  });

  it.each([
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['no response type', { response_type: undefined }, 'invalid_request'],
    ['an unknown scope', { scope: 'accounting.invoices.read accounting.everything' }, 'invalid_scope'],
    ['no scope', { scope: undefined }, 'invalid_scope'],
    ['the broad scope of old', { scope: 'accounting.transactions.read' }, 'invalid_scope'],
    ['the broad scope of reports', { scope: 'accounting.reports.read' }, 'invalid_scope'],
    ['a plain challenge', { ...PKCE, code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge without method', { ...PKCE, code_challenge_method: undefined }, 'invalid_request'],
    ['a method without challenge', { ...PKCE, code_challenge: undefined }, 'invalid_request'],
    ['a challenge that is no hash', { ...PKCE, code_challenge: 'short' }, 'invalid_request'],
  ])('with %s is sent back with its error', async (_what, changes, error) => {
    const target = await desk.sandbox.consent(consentUrl(desk.sandbox, changes), { organisations: [TENANT] });
    expect(sentBack(target)).toEqual([CALLBACK, { error, state: 'st&te' }]);
  });

  it('that says a thing twice is sent back', async () => {
    const target = await desk.sandbox.consent(`${consentUrl(desk.sandbox)}&scope=offline_access`, {});
    expect(target.searchParams.get('error')).toBe('invalid_request');
  });

  it('shows what is wrong to the person alone, where that is how Xero turns out to be', async () => {
    await withDesk({ unverified: { consentErrors: 'page' } }, async ({ sandbox }) => {
      const answer = await ask(consentUrl(sandbox, { scope: 'all' }), { redirect: 'manual' });
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
      expect(answer.text).toContain('Error: invalid_scope');
    });
  });

  it.each([
    ['2026-03-01', undefined],
    ['2026-03-02', 'invalid_scope'],
  ])('of an app made on %s for broad scopes: %s', async (createdOn, error) => {
    desk.sandbox.registerApp({ ...APP, createdOn, grant: 'refresh_token', redirectUris: [CALLBACK] });
    const scope = 'accounting.transactions accounting.reports.read accounting.contacts';
    const target = await desk.sandbox.consent(consentUrl(desk.sandbox, { scope }), {
      organisations: [TENANT],
    });
    expect(target.searchParams.get('error') ?? undefined).toBe(error);
  });

  it('is answered under the name of the token issuer, where that is how Xero turns out to be', async () => {
    await withDesk({ unverified: { consentNamesIssuer: true } }, async ({ sandbox }) => {
      const target = await sandbox.consent(consentUrl(sandbox), { organisations: [TENANT] });
      expect(target.searchParams.get('iss')).toBe(sandbox.url);
    });
  });
});

describe('redirect URIs of an app', () => {
  it.each(['https://a.example/cb', 'http://localhost:8080/cb', 'http://127.0.0.1:8080/cb'])(
    'may be %s',
    async (uri) => {
      desk.sandbox.registerRedirectUri(APP.clientId, uri);
      expect((await open({ redirect_uri: uri })).status).toBe(200);
    },
  );

  it.each([
    'http://a.example/cb',
    'ftp://localhost/cb',
    'https://a.example/cb#part',
    'http://localhost.a.example/',
  ])('may not be %s', (uri) => {
    expect(() => desk.sandbox.registerRedirectUri(APP.clientId, uri)).toThrow('is no redirect URI');
  });
});

describe('organisations that a person lets an app into', () => {
  it('are connected under one event, which the access token names', async () => {
    const { body } = await consented(desk.sandbox, { tenantIds: [TENANT, OTHER_TENANT] });
    const claims = JSON.parse(Buffer.from(body.access_token.split('.')[1], 'base64url').toString());
    const event = claims.authentication_event_id;
    const seen = await connectionsSeen(desk.sandbox, body.access_token, `?authEventId=${event}`);
    expect(seen.body.map(({ tenantId }: { tenantId: string }) => tenantId)).toEqual([TENANT, OTHER_TENANT]);
  });

  it('stay connected beside those of an earlier consent, told apart by the event', async () => {
    const first = await consented(desk.sandbox);
    const { body: before } = await connectionsSeen(desk.sandbox, first.body.access_token);
    desk.clock.advance(60);
    const { body } = await consented(desk.sandbox, { tenantIds: [OTHER_TENANT] });
    const { body: seen } = await connectionsSeen(desk.sandbox, body.access_token);
    expect(seen).toHaveLength(2);
    expect(seen[0]).toEqual(before[0]);
    expect(seen[1].authEventId).not.toBe(seen[0].authEventId);
    const latest = await connectionsSeen(
      desk.sandbox,
      body.access_token,
      `?authEventId=${seen[1].authEventId}`,
    );
    expect(latest.body).toEqual([seen[1]]);
  });

  it('keep their connection where they are consented to again, with a new event and a new date', async () => {
    const { body: first } = await consented(desk.sandbox);
    const [before] = (await connectionsSeen(desk.sandbox, first.access_token)).body;
    desk.clock.advance(60);
    const { body: second } = await consented(desk.sandbox);
    const [after] = (await connectionsSeen(desk.sandbox, second.access_token)).body;
    expect([after.id, after.createdDateUtc]).toEqual([before.id, before.createdDateUtc]);
    expect(after.authEventId).not.toBe(before.authEventId);
    expect(after.updatedDateUtc > before.updatedDateUtc).toBe(true);
  });
});

describe('several people', () => {
  const BOOKKEEPER = { id: guid(801), name: 'Mika Lund', organisations: [OTHER_TENANT] };

  it('say who they are before they are asked, and are offered what is theirs', async () => {
    desk.sandbox.addPerson(BOOKKEEPER);
    const { text } = await open();
    expect(text).not.toContain('<form');
    const [, href] = /href="([^"]+)">Mika Lund</.exec(text)!;
    const own = await ask(desk.sandbox.url + href!.replaceAll('&amp;', '&'));
    expect(own.text).toContain('You are Mika Lund');
    expect(own.text).toContain(OTHER_TENANT);
    expect(own.text).not.toContain(TENANT);
  });

  it('must be logged in to allow anything', async () => {
    desk.sandbox.addPerson(BOOKKEEPER);
    const form = [
      ['organisation', TENANT],
      ['decision', 'allow'],
    ];
    expect((await sendForm(form)).status).toBe(400);
  });

  it('see and remove only the connections that they made', async () => {
    desk.sandbox.addPerson(BOOKKEEPER);
    const mine = await consented(desk.sandbox, { tenantIds: [OTHER_TENANT], as: BOOKKEEPER.id });
    const { body: seen } = await connectionsSeen(desk.sandbox, mine.body.access_token);
    expect(seen).toHaveLength(1);
    const authorization = `Bearer ${mine.body.access_token}`;
    expect((await desk.get('/Organisation', { authorization })).status).toBe(403);
    const own = await desk.get('/Organisation', { authorization, 'xero-tenant-id': OTHER_TENANT });
    expect(own.status).toBe(200);
    const others = await ask(`${desk.sandbox.url}/connections/${seen[0].id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${desk.token}` },
    });
    expect(others.status).toBe(404);
  });
});
