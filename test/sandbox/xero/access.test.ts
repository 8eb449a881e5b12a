import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Desk } from './support.ts';
import {
  APP,
  connectionsSeen,
  consentUrl,
  ORGANISATION,
  OTHER_TENANT,
  openDesk,
  refresh,
  TENANT,
  tokenCall,
  withDesk,
} from './support.ts';

describe('access that people take away in Xero and give back', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
  });
  afterEach(() => desk.sandbox.close());
  const statusOfCall = async () => (await desk.get('/Organisation')).status;

  it('is 403 from a disconnected app until it is connected again, whatever the tokens', async () => {
    const [before] = (await connectionsSeen(desk.sandbox, desk.token)).body;
    desk.sandbox.disconnect(APP.clientId, TENANT);
    expect(await statusOfCall()).toBe(403);
    expect((await refresh(desk.sandbox, desk.refreshToken)).status).toBe(200);
    expect((await connectionsSeen(desk.sandbox, desk.token)).body).toEqual([]);
    desk.sandbox.reconnect(APP.clientId, TENANT);
    expect(await statusOfCall()).toBe(200);
    const [after] = (await connectionsSeen(desk.sandbox, desk.token)).body;
    expect([after.tenantId, after.id === before.id]).toEqual([TENANT, false]);
  });

  it('is 403 while the person is no user of the organisation, though the connection is listed', async () => {
    desk.sandbox.loseAccess(TENANT);
    expect(await statusOfCall()).toBe(403);
    expect((await connectionsSeen(desk.sandbox, desk.token)).body).toHaveLength(1);
    await expect(desk.sandbox.consent(consentUrl(desk.sandbox), { organisations: [TENANT] })).rejects.toThrow(
      `does not offer ${TENANT}`,
    );
    desk.sandbox.regainAccess(TENANT);
    expect(await statusOfCall()).toBe(200);
  });

  it('is not listed either, where that is how Xero turns out to be', async () => {
    await withDesk({ unverified: { lostAccessIsListed: false } }, async ({ sandbox, token }) => {
      sandbox.loseAccess(TENANT);
      expect((await connectionsSeen(sandbox, token)).body).toEqual([]);
    });
  });
});

describe('a custom connection', () => {
  const CUSTOM = { clientId: 'custom', clientSecret: 'quiet', webhookKey: 'k' };
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
    desk.sandbox.addOrganisation({ ...ORGANISATION, tenantId: OTHER_TENANT, name: 'Second' });
    desk.sandbox.registerApp({ ...CUSTOM, grant: 'client_credentials' });
    desk.sandbox.authoriseCustomConnection('custom', TENANT);
  });
  afterEach(() => desk.sandbox.close());

  const askToken = (form = {}, { sandbox } = desk) =>
    tokenCall(sandbox, { grant_type: 'client_credentials', ...form }, CUSTOM);
  const call = (token: string, tenantId?: string) =>
    desk.get('/Organisation', { authorization: `Bearer ${token}`, 'xero-tenant-id': tenantId });

  it('that was edited in the portal gives no tokens and no data until it is authorised again', async () => {
    const { body: early } = await askToken();
    desk.sandbox.editCustomConnection('custom');
    const { status, body } = await askToken();
    expect([status, body]).toEqual([400, { error: 'unauthorized_client' }]);
    expect((await call(early.access_token)).status).toBe(403);
    desk.sandbox.authoriseCustomConnection('custom', TENANT);
    expect((await call((await askToken()).body.access_token, TENANT)).status).toBe(200);
  });

  it.each(['invalid_client', 'invalid_grant'] as const)(
    'that was edited is told %s, where that is how Xero turns out to be',
    async (inactiveCustomConnection) => {
      await withDesk({ unverified: { inactiveCustomConnection } }, async (other) => {
        other.sandbox.registerApp({ ...CUSTOM, grant: 'client_credentials' });
        expect((await askToken({}, other)).body).toEqual({ error: inactiveCustomConnection });
      });
    },
  );

  it('that is authorised for another organisation reads that one alone, silently where no tenant is named', async () => {
    const { body: early } = await askToken();
    desk.sandbox.authoriseCustomConnection('custom', OTHER_TENANT);
    expect((await call(early.access_token, TENANT)).status).toBe(403);
    expect((await call(early.access_token)).body.Organisations[0].Name).toBe('Second');
    const { body } = await askToken();
    const { body: seen } = await connectionsSeen(desk.sandbox, body.access_token);
    expect(seen.map(({ tenantId }: { tenantId: string }) => tenantId)).toEqual([OTHER_TENANT]);
    expect((await call(body.access_token, TENANT)).status).toBe(403);
  });

  it.each([
    ['offline_access', 'offline_access accounting.invoices.read'],
    ['a broad scope', 'accounting.transactions.read'],
  ])('may not ask for %s', async (_what, scope) => {
    expect((await askToken({ scope })).body).toEqual({ error: 'invalid_scope' });
  });

  it('gets the scopes that it asks for', async () => {
    const { body } = await askToken({ scope: 'accounting.settings.read' });
    expect(body.scope).toBe('accounting.settings.read');
    const authorization = `Bearer ${body.access_token}`;
    expect((await desk.get('/Contacts', { authorization })).status).toBe(401);
  });

  it('has broad scopes where it is older than 29 April 2026', async () => {
    const scope = 'accounting.transactions.read';
    desk.sandbox.registerApp({ ...CUSTOM, createdOn: '2026-04-28', grant: 'client_credentials' });
    expect((await askToken({ scope })).status).toBe(200);
    desk.sandbox.registerApp({ ...CUSTOM, createdOn: '2026-04-29', grant: 'client_credentials' });
    expect((await askToken({ scope })).status).toBe(400);
  });
});
