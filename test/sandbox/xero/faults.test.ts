import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Desk } from './support.ts';
import {
  APP,
  ask,
  codeOf,
  connectionsSeen,
  consentUrl,
  exchange,
  openDesk,
  refresh,
  TENANT,
} from './support.ts';

describe('faults of the Xero sandbox', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
    desk.sandbox.calls.reset();
  });
  afterEach(() => desk.sandbox.close());

  it('answers as told for as many calls as told, then goes on as before', async () => {
    desk.sandbox.faults.add({
      method: 'GET',
      path: '/Accounts',
      times: 2,
      do: 'answer',
      when: 'before',
      status: 503,
      headers: { 'retry-after': '7' },
      body: '<h1>Planned outage</h1>',
    });
    const first = await desk.get('/Accounts');
    expect([first.status, first.headers.get('retry-after'), first.text]).toEqual([
      503,
      '7',
      '<h1>Planned outage</h1>',
    ]);
    expect((await desk.get('/Items')).status).toBe(200);
    expect((await desk.get('/Accounts')).status).toBe(503);
    expect((await desk.get('/Accounts')).status).toBe(200);
  });

  it('loses the answer after the refresh token has rotated', async () => {
    desk.sandbox.faults.add({ path: '/connect/token', times: 1, do: 'drop', when: 'after' });
    await expect(refresh(desk.sandbox, desk.refreshToken)).rejects.toThrow();
    desk.clock.advance(30 * 60 + 1);
    expect((await refresh(desk.sandbox, desk.refreshToken)).body).toEqual({ error: 'invalid_grant' });
  });

  it('does nothing where the connection drops before the work', async () => {
    desk.sandbox.faults.add({ path: '/connect/token', times: 1, do: 'drop', when: 'before' });
    await expect(refresh(desk.sandbox, desk.refreshToken)).rejects.toThrow();
    desk.clock.advance(30 * 60 + 1);
    expect((await refresh(desk.sandbox, desk.refreshToken)).status).toBe(200);
  });

  it('answers 500 after the refresh token has rotated', async () => {
    desk.sandbox.faults.add({ path: /token$/, times: 1, do: 'answer', when: 'after', status: 500 });
    expect((await refresh(desk.sandbox, desk.refreshToken)).status).toBe(500);
    desk.clock.advance(30 * 60 + 1);
    expect((await refresh(desk.sandbox, desk.refreshToken)).status).toBe(400);
  });

  it('loses the answer after the code was traded, which leaves it used up', async () => {
    const target = await desk.sandbox.consent(consentUrl(desk.sandbox), { organisations: [TENANT] });
    desk.sandbox.faults.add({ path: '/connect/token', times: 1, do: 'drop', when: 'after' });
    await expect(exchange(desk.sandbox, codeOf(target))).rejects.toThrow();
    expect((await exchange(desk.sandbox, codeOf(target))).body).toEqual({ error: 'invalid_grant' });
  });

  it('loses the list of connections, and the answer to a removal that was done', async () => {
    const { body } = await connectionsSeen(desk.sandbox, desk.token);
    desk.sandbox.faults.add({ path: /^\/connections/, times: 2, do: 'drop', when: 'after' });
    await expect(connectionsSeen(desk.sandbox, desk.token)).rejects.toThrow();
    const headers = { authorization: `Bearer ${desk.token}` };
    const removal = ask(`${desk.sandbox.url}/connections/${body[0].id}`, { method: 'DELETE', headers });
    await expect(removal).rejects.toThrow();
    expect((await connectionsSeen(desk.sandbox, desk.token)).body).toEqual([]);
  });

  it('loses the answer to a revocation that was done', async () => {
    desk.sandbox.faults.add({ path: '/connect/revocation', times: 1, do: 'drop', when: 'after' });
    const form = { token: desk.refreshToken, client_id: APP.clientId, client_secret: APP.clientSecret };
    const body = new URLSearchParams(form);
    await expect(ask(`${desk.sandbox.url}/connect/revocation`, { method: 'POST', body })).rejects.toThrow();
    expect((await refresh(desk.sandbox, desk.refreshToken)).status).toBe(400);
  });

  it('fails the consent page too, and counts its calls', async () => {
    desk.sandbox.faults.add({ path: '/authorize', times: 1, do: 'answer', when: 'before', status: 503 });
    const consent = () => desk.sandbox.consent(consentUrl(desk.sandbox), { organisations: [TENANT] });
    await expect(consent()).rejects.toThrow('answered 503');
    await consent();
    expect(desk.sandbox.calls.count('GET /identity/connect/authorize')).toBe(2);
    expect(desk.sandbox.calls.count('POST /identity/connect/authorize')).toBe(1);
  });

  it('is slow where told to be, slower than an impatient client waits', async () => {
    desk.sandbox.faults.add({ path: '/connect/token', times: 1, do: 'delay', milliseconds: 40 });
    const url = `${desk.sandbox.url}/connect/token`;
    await expect(fetch(url, { method: 'POST', signal: AbortSignal.timeout(5) })).rejects.toThrow('timeout');
    expect((await refresh(desk.sandbox, desk.refreshToken)).status).toBe(200);
  });

  it('stops when faults are cleared', async () => {
    desk.sandbox.faults.add({ path: '/Accounts', do: 'answer', when: 'before', status: 500 });
    expect((await desk.get('/Accounts')).status).toBe(500);
    desk.sandbox.faults.clear();
    expect((await desk.get('/Accounts')).status).toBe(200);
  });

  it('counts calls by endpoint, whatever became of them', async () => {
    desk.sandbox.faults.add({ path: '/Items', times: 1, do: 'drop', when: 'before' });
    await expect(desk.get('/Items')).rejects.toThrow();
    await desk.get('/PurchaseOrders/PO-1');
    await desk.get('/PurchaseOrders/PO-2?page=3');
    await refresh(desk.sandbox, desk.refreshToken);
    expect(Object.fromEntries(desk.sandbox.calls.counts)).toEqual({
      'GET /Items': 1,
      'GET /PurchaseOrders/{id}': 2,
      'POST /connect/token': 1,
    });
    expect(
      desk.sandbox.calls.latest.map(({ path, query, status }) => [path, query, status]).slice(0, 3),
    ).toEqual([
      ['/api.xro/2.0/Items', {}, 0],
      ['/api.xro/2.0/PurchaseOrders/PO-1', {}, 404],
      ['/api.xro/2.0/PurchaseOrders/PO-2', { page: '3' }, 404],
    ]);
    expect(desk.sandbox.calls.total()).toBe(4);
  });
});
