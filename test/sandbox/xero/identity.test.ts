import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Desk } from './support.ts';
import {
  APP,
  ask,
  guid,
  ORGANISATION,
  OTHER_TENANT,
  openDesk,
  refresh,
  TENANT,
  tokenCall,
  withDesk,
} from './support.ts';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

describe('tokens of the Xero sandbox', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
  });
  afterEach(() => desk.sandbox.close());

  it('gives an access token for half an hour and a new refresh token each time', async () => {
    const { status, body } = await refresh(desk.sandbox, desk.refreshToken);
    expect(status).toBe(200);
    expect(body).toMatchObject({ expires_in: 1800, token_type: 'Bearer' });
    expect(body.refresh_token).not.toBe(desk.refreshToken);
    expect(body.scope).toContain('offline_access');
  });

  it('takes a replaced refresh token for another 30 minutes, for whoever lost the answer', async () => {
    await refresh(desk.sandbox, desk.refreshToken);
    desk.clock.advance(30 * MINUTE);
    expect((await refresh(desk.sandbox, desk.refreshToken)).status).toBe(200);
    desk.clock.advance(1);
    const late = await refresh(desk.sandbox, desk.refreshToken);
    expect([late.status, late.body]).toEqual([400, { error: 'invalid_grant' }]);
  });

  it('lets a refresh token die that nobody used for 60 days', async () => {
    desk.clock.advance(60 * DAY);
    const { body } = await refresh(desk.sandbox, desk.refreshToken);
    desk.clock.advance(60 * DAY + 1);
    expect((await refresh(desk.sandbox, body.refresh_token)).body).toEqual({ error: 'invalid_grant' });
  });

  it('takes client id and secret from the form as well', async () => {
    const { status } = await ask(`${desk.sandbox.url}/connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: desk.refreshToken,
        client_id: APP.clientId,
        client_secret: APP.clientSecret,
      }),
    });
    expect(status).toBe(200);
  });

  it('refuses a wrong secret, an unknown grant and a refresh token of another app', async () => {
    desk.sandbox.registerApp({ clientId: 'app-2', clientSecret: 'two', grant: 'refresh_token' });
    const form = { grant_type: 'refresh_token', refresh_token: desk.refreshToken };
    const answers = [
      await tokenCall(desk.sandbox, form, { ...APP, clientSecret: 'guess' }),
      await tokenCall(desk.sandbox, { grant_type: 'password' }),
      await tokenCall(desk.sandbox, form, { ...APP, clientId: 'app-2', clientSecret: 'two' }),
    ];
    expect(answers.map(({ status, body }) => [status, body.error])).toEqual([
      [400, 'invalid_client'],
      [400, 'unsupported_grant_type'],
      [400, 'invalid_grant'],
    ]);
  });

  it('ends a consent that was withdrawn, with the access tokens it gave', async () => {
    desk.sandbox.revoke(desk.refreshToken);
    expect((await refresh(desk.sandbox, desk.refreshToken)).body).toEqual({ error: 'invalid_grant' });
    expect((await desk.get('/Organisation')).status).toBe(401);
  });

  it('gives a custom connection an access token only, for its one organisation, tenant header or not', async () => {
    const custom = { clientId: 'custom', clientSecret: 'quiet', webhookKey: 'k' };
    desk.sandbox.addOrganisation({ ...ORGANISATION, tenantId: OTHER_TENANT, name: 'Second' });
    desk.sandbox.registerApp({ ...custom, grant: 'client_credentials' });
    const form = { grant_type: 'client_credentials' };
    expect((await tokenCall(desk.sandbox, form, custom)).body).toEqual({ error: 'unauthorized_client' });
    desk.sandbox.authoriseCustomConnection('custom', TENANT);
    desk.sandbox.authoriseCustomConnection('custom', OTHER_TENANT);
    const { body } = await tokenCall(desk.sandbox, form, custom);
    expect(body).not.toHaveProperty('refresh_token');
    const authorization = `Bearer ${body.access_token}`;
    const own = await desk.get('/Organisation', { authorization, 'xero-tenant-id': undefined });
    expect(own.body.Organisations[0].Name).toBe('Second');
    expect((await desk.get('/Organisation', { authorization })).status).toBe(403);
  });
});

describe('who may call the Xero sandbox', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
  });
  afterEach(() => desk.sandbox.close());

  it('says that a token expired once its half hour is over', async () => {
    desk.clock.advance(30 * MINUTE - 1);
    expect((await desk.get('/Organisation')).status).toBe(200);
    desk.clock.advance(1);
    const { status, body } = await desk.get('/Organisation');
    expect(status).toBe(401);
    expect(body.detail).toMatch(/^TokenExpired/);
  });

  it('writes problem keys with capitals where that is how Xero turns out to be', async () => {
    await withDesk({ unverified: { problemKeys: 'capital' } }, async (other) => {
      const { body } = await other.get('/Organisation', { 'xero-tenant-id': undefined });
      expect(body).toMatchObject({ Title: 'Forbidden', Status: 403, Detail: 'AuthenticationUnsuccessful' });
    });
  });

  it.each([
    ['missing', undefined],
    ['unknown', guid(1)],
    ['of an organisation that did not consent', OTHER_TENANT],
  ])('answers 403 where the tenant is %s', async (_why, tenantId) => {
    desk.sandbox.addOrganisation({ ...ORGANISATION, tenantId: OTHER_TENANT });
    const { status, body } = await desk.get('/PurchaseOrders', { 'xero-tenant-id': tenantId });
    expect(status).toBe(403);
    expect(body).toMatchObject({ title: 'Forbidden', status: 403, detail: 'AuthenticationUnsuccessful' });
    expect(body.instance).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('answers 403 from the moment a person disconnects the app', async () => {
    desk.sandbox.disconnect(APP.clientId, TENANT);
    expect((await desk.get('/Organisation')).status).toBe(403);
  });

  it('answers 401 to endpoints that the consent does not reach', async () => {
    const narrow = desk.sandbox.authorise(APP.clientId, TENANT, ['accounting.settings.read']);
    const { body } = await refresh(desk.sandbox, narrow);
    const authorization = `Bearer ${body.access_token}`;
    expect((await desk.get('/Accounts', { authorization })).status).toBe(200);
    const orders = await desk.get('/PurchaseOrders', { authorization });
    expect([orders.status, orders.body.detail]).toEqual([401, 'AuthorizationUnsuccessful']);
  });

  it('lists what is connected without a tenant header, and forgets what is removed', async () => {
    const headers = { authorization: `Bearer ${desk.token}` };
    const { body } = await ask(`${desk.sandbox.url}/connections`, { headers });
    expect(body).toHaveLength(1);
    expect(body[0]).toMatchObject({
      tenantId: TENANT,
      tenantType: 'ORGANISATION',
      tenantName: 'Harbour Builders',
      createdDateUtc: '2026-11-22T03:04:05.6000000',
    });
    const event = await ask(`${desk.sandbox.url}/connections?authEventId=${guid(5)}`, { headers });
    expect(event.body).toEqual([]);
    const removed = await ask(`${desk.sandbox.url}/connections/${body[0].id}`, { method: 'DELETE', headers });
    expect(removed.status).toBe(204);
    expect((await ask(`${desk.sandbox.url}/connections`, { headers })).body).toEqual([]);
    expect((await desk.get('/Organisation')).status).toBe(403);
  });

  it('answers XML to whoever forgets to ask for JSON', async () => {
    const { status, headers, text } = await desk.get('/Accounts', { accept: '*/*' });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('xml');
    expect(text).toMatch(/^<Response><Id>.*<Accounts><Account>.*<Name>Materials<\/Name>/);
  });

  it('answers 404 to a query that is too long, never to be read as a record that is gone', async () => {
    const ids = (count: number) => Array.from({ length: count }, (_, index) => guid(index)).join(',');
    expect((await desk.get(`/Invoices?IDs=${ids(55)}`)).status).toBe(200);
    expect((await desk.get(`/Invoices?IDs=${ids(56)}`)).status).toBe(404);
  });
});
