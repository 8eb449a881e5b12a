import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { xeroAllowance } from '../../lib/xero/allowance.ts';
import { XERO_SCOPES } from '../../lib/xero/consent.ts';
import { probeXeroScopes } from '../../lib/xero/scope-probe.ts';
import { testClock } from '../support/clock.ts';
import type { Loopback } from '../support/loopback.ts';
import { startLoopback } from '../support/loopback.ts';

let site: Loopback;
let status = 200;
beforeAll(async () => {
  site = await startLoopback(() => ({ status, body: { Detail: 'AuthenticationUnsuccessful' } }));
});
afterAll(() => site.close());

const probe = () =>
  probeXeroScopes({
    apiUrl: site.url,
    tenantId: 'tenant',
    accessToken: 'token',
    clock: testClock('2026-11-22T09:00:00.000Z'),
  });

describe('the scopes that are probed', () => {
  it('are among those that a consent is asked for', async () => {
    const scopes = (await probe()).map(({ scope }) => scope);
    expect(scopes).toHaveLength(4);
    expect([...XERO_SCOPES]).toEqual(expect.arrayContaining(scopes));
  });

  it('are not what lacks where everything is refused: the organisation is', async () => {
    status = 403;
    await expect(probe()).rejects.toMatchObject({ code: 'xero-disconnected' });
  });
});

describe("what Xero's headers say is left", () => {
  it.each([
    [
      { 'X-DayLimit-Remaining': '4987', 'X-MinLimit-Remaining': '58' },
      { day: 4987, minute: 58 },
    ],
    [{ 'X-DayLimit-Remaining': '0' }, { day: 0 }],
    [{ 'X-AppMinLimit-Remaining': '9999' }, undefined],
    [{ 'X-DayLimit-Remaining': 'soon' }, undefined],
  ])('%j is %j', (headers, expected) => {
    expect(xeroAllowance(new Headers(headers))).toEqual(expected);
  });
});
