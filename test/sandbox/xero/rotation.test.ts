import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Unverified } from '../../../lib/sandbox/xero/unverified.ts';
import type { Desk } from './support.ts';
import {
  APP,
  ask,
  connectionsSeen,
  consented,
  guid,
  openDesk,
  refresh,
  TENANT,
  withDesk,
} from './support.ts';

const MINUTE = 60;

const works = async ({ sandbox }: Desk, token: string) => (await refresh(sandbox, token)).status === 200;
const reads = async (desk: Desk, token: string) =>
  (await desk.get('/Organisation', { authorization: `Bearer ${token}` })).status === 200;

describe('a refresh token that is used again in its half hour of grace', () => {
  const reading = (graceReuse: Unverified['graceReuse'], work: (desk: Desk) => Promise<void>) =>
    withDesk({ unverified: { graceReuse } }, work);

  it('gives a fresh pair, beside which the one given in between goes on for its own grace', async () => {
    await reading('fresh-pair', async (desk) => {
      const { body: between } = await refresh(desk.sandbox, desk.refreshToken);
      desk.clock.advance(20 * MINUTE);
      const { body: fresh } = await refresh(desk.sandbox, desk.refreshToken);
      expect(fresh.refresh_token).not.toBe(between.refresh_token);
      expect(await reads(desk, between.access_token)).toBe(true);
      desk.clock.advance(30 * MINUTE);
      expect(await works(desk, desk.refreshToken)).toBe(false);
      expect(await works(desk, between.refresh_token)).toBe(true);
      expect(await works(desk, fresh.refresh_token)).toBe(true);
    });
  });

  it('or gives the very pair that replaced it, however often', async () => {
    await reading('same-pair', async (desk) => {
      const { body: given } = await refresh(desk.sandbox, desk.refreshToken);
      desk.clock.advance(20 * MINUTE);
      const { body: again } = await refresh(desk.sandbox, desk.refreshToken);
      expect(again).toEqual({ ...given, expires_in: 10 * MINUTE });
      expect(await reads(desk, again.access_token)).toBe(true);
      desk.clock.advance(10 * MINUTE + 1);
      expect(await works(desk, desk.refreshToken)).toBe(false);
      expect(await works(desk, given.refresh_token)).toBe(true);
    });
  });

  it('or gives a fresh pair and ends every one given in between', async () => {
    await reading('fresh-pair-ends-between', async (desk) => {
      const { body: second } = await refresh(desk.sandbox, desk.refreshToken);
      const { body: third } = await refresh(desk.sandbox, second.refresh_token);
      const { body: fresh } = await refresh(desk.sandbox, desk.refreshToken);
      expect(await works(desk, second.refresh_token)).toBe(false);
      expect(await works(desk, third.refresh_token)).toBe(false);
      expect(await reads(desk, third.access_token)).toBe(false);
      expect(await reads(desk, desk.token)).toBe(true);
      expect(await reads(desk, fresh.access_token)).toBe(true);
      expect(await works(desk, fresh.refresh_token)).toBe(true);
    });
  });

  it('takes nothing from the pairs of another consent', async () => {
    await reading('fresh-pair-ends-between', async (desk) => {
      const { body: other } = await consented(desk.sandbox);
      await refresh(desk.sandbox, desk.refreshToken);
      await refresh(desk.sandbox, desk.refreshToken);
      expect(await works(desk, other.refresh_token)).toBe(true);
    });
  });
});

describe('a new consent of the same person for the same app', () => {
  it('leaves earlier refresh tokens alone', async () => {
    await withDesk({}, async (desk) => {
      const { body } = await consented(desk.sandbox);
      desk.clock.advance(40 * MINUTE);
      expect(await works(desk, desk.refreshToken)).toBe(true);
      expect(await works(desk, body.refresh_token)).toBe(true);
    });
  });

  it('ends earlier refresh tokens, where that is how Xero turns out to be', async () => {
    await withDesk({ unverified: { newConsentEndsEarlier: true } }, async (desk) => {
      desk.sandbox.addPerson({ id: guid(801), name: 'Mika Lund' });
      const { body: others } = await consented(desk.sandbox, { as: guid(801) });
      const owner = desk.sandbox.people()[0]!.id;
      const { body } = await consented(desk.sandbox, { as: owner });
      expect(await works(desk, desk.refreshToken)).toBe(false);
      expect(await works(desk, body.refresh_token)).toBe(true);
      expect(await works(desk, others.refresh_token)).toBe(true);
    });
  });
});

describe('revoking in the Xero sandbox', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
  });
  afterEach(() => desk.sandbox.close());

  const revoke = (form: Record<string, string>, app = APP) =>
    ask(`${desk.sandbox.url}/connect/revocation`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`,
      },
      body: new URLSearchParams(form),
    });

  it('a refresh token ends its consent and the connections of the person', async () => {
    const { status, text } = await revoke({ token: desk.refreshToken });
    expect([status, text]).toEqual([200, '']);
    expect((await refresh(desk.sandbox, desk.refreshToken)).body).toEqual({ error: 'invalid_grant' });
    expect((await connectionsSeen(desk.sandbox, desk.token)).status).toBe(401);
    const { body } = await consented(desk.sandbox, { tenantIds: [TENANT] });
    expect((await connectionsSeen(desk.sandbox, body.access_token)).body).toHaveLength(1);
  });

  it('takes the connections of the person along, not those of others', async () => {
    desk.sandbox.addPerson({ id: guid(801), name: 'Mika Lund' });
    const { body: others } = await consented(desk.sandbox, { as: guid(801) });
    const earlier = desk.sandbox.authorise(APP.clientId, TENANT);
    await revoke({ token: earlier });
    expect((await connectionsSeen(desk.sandbox, desk.token)).body).toEqual([]);
    expect((await desk.get('/Organisation')).status).toBe(403);
    expect((await connectionsSeen(desk.sandbox, others.access_token)).body).toHaveLength(1);
  });

  it('does nothing to a token that is unknown or of another app, and says so no more than Xero', async () => {
    desk.sandbox.registerApp({ clientId: 'app-2', clientSecret: 'two', grant: 'refresh_token' });
    const other = { ...APP, clientId: 'app-2', clientSecret: 'two' };
    expect((await revoke({ token: 'made-up' })).status).toBe(200);
    expect((await revoke({ token: desk.refreshToken }, other)).status).toBe(200);
    expect((await refresh(desk.sandbox, desk.refreshToken)).status).toBe(200);
  });

  it('refuses a wrong secret and a call without token', async () => {
    const wrong = await revoke({ token: desk.refreshToken }, { ...APP, clientSecret: 'guess' });
    expect([wrong.status, wrong.body]).toEqual([400, { error: 'invalid_client' }]);
    expect((await revoke({})).body).toEqual({ error: 'invalid_request' });
    expect((await refresh(desk.sandbox, desk.refreshToken)).status).toBe(200);
  });

  it('in Xero ends the consent, and every access token of the person', async () => {
    const later = desk.sandbox.authorise(APP.clientId, TENANT);
    desk.sandbox.revoke(later);
    expect((await refresh(desk.sandbox, later)).body).toEqual({ error: 'invalid_grant' });
    expect((await desk.get('/Organisation')).status).toBe(401);
    expect((await refresh(desk.sandbox, desk.refreshToken)).status).toBe(200);
  });

  it('everything that a person gave an app ends every token of theirs', async () => {
    const { body } = await consented(desk.sandbox);
    desk.sandbox.revokeConsent(APP.clientId);
    expect((await refresh(desk.sandbox, desk.refreshToken)).body).toEqual({ error: 'invalid_grant' });
    expect((await refresh(desk.sandbox, body.refresh_token)).body).toEqual({ error: 'invalid_grant' });
    expect((await desk.get('/Organisation')).status).toBe(401);
  });
});
