import { afterEach, describe, expect, it } from '@jest/globals';
import type { Desk } from './support.ts';
import { APP, ask, ORGANISATION, OTHER_TENANT, openDesk, refresh, TENANT } from './support.ts';

const HOUR = 3600;

describe('rate limits of the Xero sandbox', () => {
  let desk: Desk;
  afterEach(() => desk.sandbox.close());

  const call = (headers = {}) => desk.get('/Organisation', headers);
  const spend = async (calls: number) => {
    for (let count = 0; count < calls; count++) await call();
  };

  it('says on every answer what is left of the day, the minute and the app, failed answers too', async () => {
    desk = await openDesk();
    const left = (headers: Headers) =>
      ['X-DayLimit-Remaining', 'X-MinLimit-Remaining', 'X-AppMinLimit-Remaining'].map((name) =>
        headers.get(name),
      );
    expect(left((await call()).headers)).toEqual(['4999', '59', '9999']);
    expect(left((await desk.get('/PurchaseOrders/nobody')).headers)).toEqual(['4998', '58', '9998']);
    const { headers } = await ask(`${desk.sandbox.url}/connections`, {
      headers: { authorization: `Bearer ${desk.token}` },
    });
    expect(left(headers)).toEqual([null, null, '9997']);
  });

  it('lets 60 calls through in a minute and says how long to wait', async () => {
    desk = await openDesk();
    await spend(60);
    const refused = await call();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('X-Rate-Limit-Problem')).toBe('minute');
    const wait = Number(refused.headers.get('Retry-After'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    desk.clock.advance(wait);
    expect((await call()).headers.get('X-MinLimit-Remaining')).toBe('59');
  });

  it('closes for the rest of the day when the day is spent, however long that is', async () => {
    desk = await openDesk({ limits: { day: 3 } });
    await spend(3);
    const refused = await call();
    expect(refused.headers.get('X-Rate-Limit-Problem')).toBe('day');
    const wait = Number(refused.headers.get('Retry-After'));
    expect(wait).toBeGreaterThan(60);
    expect(wait).toBeLessThanOrEqual(24 * HOUR);
    desk.clock.advance(wait - 1);
    const { body } = await refresh(desk.sandbox, desk.refreshToken);
    const authorization = `Bearer ${body.access_token}`;
    expect((await call({ authorization })).status).toBe(429);
    desk.clock.advance(1);
    expect((await call({ authorization })).status).toBe(200);
  });

  it('counts organisations apart, and the app across all of them', async () => {
    desk = await openDesk({ limits: { minute: 2, appMinute: 3 } });
    desk.sandbox.addOrganisation({ ...ORGANISATION, tenantId: OTHER_TENANT });
    desk.sandbox.authorise(APP.clientId, OTHER_TENANT);
    const other = () => call({ 'xero-tenant-id': OTHER_TENANT });
    await spend(2);
    expect((await call()).headers.get('X-Rate-Limit-Problem')).toBe('minute');
    expect((await other()).status).toBe(200);
    expect((await other()).headers.get('X-Rate-Limit-Problem')).toBe('appminute');
  });

  it('turns away the sixth call in flight without saying when to come back', async () => {
    desk = await openDesk();
    let release = () => {};
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    desk.sandbox.faults.add({ path: '/Accounts', do: 'hold', until, times: 5 });
    const held = Array.from({ length: 5 }, () => desk.get('/Accounts'));
    const sixth = await untilRefused();
    expect(sixth.headers.get('X-Rate-Limit-Problem')).toBe('concurrent');
    expect(sixth.headers.get('Retry-After')).toBeNull();
    release();
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect((await call()).status).toBe(200);
  });

  /** The five held calls reach the server in their own time. */
  async function untilRefused() {
    for (let tries = 0; tries < 50; tries++) {
      const answer = await call();
      if (answer.status === 429) return answer;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    throw new Error('No call was refused');
  }

  it('opens its minutes at another moment for every organisation', async () => {
    desk = await openDesk({ limits: { minute: 1 } });
    desk.sandbox.addOrganisation({ ...ORGANISATION, tenantId: OTHER_TENANT });
    desk.sandbox.authorise(APP.clientId, OTHER_TENANT);
    const waits: (string | null)[] = [];
    for (const tenantId of [TENANT, OTHER_TENANT]) {
      await call({ 'xero-tenant-id': tenantId });
      waits.push((await call({ 'xero-tenant-id': tenantId })).headers.get('Retry-After'));
    }
    expect(waits[0]).not.toBe(waits[1]);
  });
});
