import { afterEach, describe, expect, it } from '@jest/globals';
import type { ProcoreSandbox } from '../../../lib/sandbox/procore/server.ts';
import { manualClock } from './manual-clock.ts';
import type { Answer } from './open-sandbox.ts';
import { openSandbox } from './open-sandbox.ts';

let sandbox: ProcoreSandbox;
afterEach(() => sandbox.close());

function told({ headers }: Answer) {
  return ['Limit', 'Remaining', 'Reset'].map((name) => Number(headers.get(`X-Rate-Limit-${name}`)));
}

describe('rate limits', () => {
  it('tell of the window that is nearest to its end', async () => {
    const clock = manualClock();
    const caller = await openSandbox({ clock, limits: { hourly: 4, spike: 3 } });
    ({ sandbox } = caller);
    const now = clock.now().getTime() / 1000;
    expect(told(await caller.get('/rest/v1.0/me'))).toEqual([3, 2, now + 10]);
    clock.advance(10);
    await caller.get('/rest/v1.0/me');
    expect(told(await caller.get('/rest/v1.0/me'))).toEqual([4, 1, now + 3600]);
  });

  it('refuse calls beyond the spike until the ten seconds are over', async () => {
    const clock = manualClock();
    const caller = await openSandbox({ clock, limits: { hourly: 100, spike: 2 } });
    ({ sandbox } = caller);
    await caller.get('/rest/v1.0/me');
    await caller.get('/rest/v1.0/nothing-like-it');
    await caller.get('/rest/v1.0/me');
    clock.advance(4);
    const refused = await caller.get('/rest/v1.0/me');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('Retry-After')).toBe('6');
    expect(told(refused)[1]).toBe(0);
    clock.advance(6);
    expect((await caller.get('/rest/v1.0/me')).status).toBe(200);
  });

  it('hold for the hour as well, and come without Retry-After where Procore leaves it out', async () => {
    const clock = manualClock();
    const caller = await openSandbox({
      clock,
      limits: { hourly: 1, spike: 100 },
      unverified: { retryAfterOn429: false },
    });
    ({ sandbox } = caller);
    await caller.get('/rest/v1.0/me');
    clock.advance(3599);
    const refused = await caller.get('/rest/v1.0/me');
    expect(refused.status).toBe(429);
    expect(refused.headers.has('Retry-After')).toBe(false);
    clock.advance(1);
    expect((await caller.get('/rest/v1.0/me')).status).toBe(200);
  });

  it('count calls that were refused for other reasons', async () => {
    const caller = await openSandbox({ clock: manualClock(), limits: { hourly: 100, spike: 2 } });
    ({ sandbox } = caller);
    await caller.get('/rest/v1.0/cost_codes?project_id=1');
    await caller.get('/rest/v1.0/cost_codes?project_id=1');
    expect((await caller.get('/rest/v1.0/me')).status).toBe(429);
  });
});
