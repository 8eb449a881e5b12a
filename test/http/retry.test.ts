import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { retryAfterSeconds } from '../../lib/http/limits.ts';
import type { HttpRequest } from '../../lib/http/request.ts';
import { sendPatiently } from '../../lib/http/retry.ts';
import type { TestClock } from '../support/clock.ts';
import { testClock } from '../support/clock.ts';
import type { Loopback } from '../support/loopback.ts';
import { startLoopback } from '../support/loopback.ts';

const START = '2026-11-22T03:04:05.000Z';
let server: Loopback;
let clock: TestClock;

beforeEach(async () => {
  server = await startLoopback(() => ({ body: 'done' }));
  clock = testClock(START);
});

afterEach(() => server.close());

function ask(request: Partial<HttpRequest> = {}) {
  const limit = ({ status, headers }: { status: number; headers: Headers }, now: Date) =>
    [429, 503].includes(status) ? retryAfterSeconds(headers, now) : undefined;
  return sendPatiently(
    { method: 'GET', url: server.url, repeatable: true, ...request },
    { clock, limit, random: () => 1 },
  );
}

const elapsed = () => clock.now().getTime() - Date.parse(START);
const write = { method: 'POST', repeatable: false } as const;

describe('a request with patience', () => {
  it.each([408, 500, 502, 503, 504])('reads again after a passing %i', async (status) => {
    server.next({ status });
    expect(await ask()).toMatchObject({ kind: 'answer', status: 200, text: 'done' });
    expect(server.received).toHaveLength(2);
  });

  it('reads again after a cut connection', async () => {
    server.next({ hangUp: true });
    expect(await ask()).toMatchObject({ status: 200 });
  });

  it('gives up after two more tries, with longer waits in between', async () => {
    server.next({ status: 500 }, { status: 500 }, { status: 500 });
    expect(await ask()).toMatchObject({ kind: 'answer', status: 500 });
    expect(server.received).toHaveLength(3);
    expect(elapsed()).toBe(500 + 2000);
  });

  it.each([400, 401, 403, 404, 409, 422, 501])('takes a %i for an answer at once', async (status) => {
    server.next({ status });
    expect(await ask()).toMatchObject({ status });
    expect(server.received).toHaveLength(1);
  });

  it.each([{ status: 500 }, { status: 503, headers: { 'retry-after': '1' } }, { hangUp: true }])(
    'never sends a write twice where the first may have got through: %j',
    async (reply) => {
      server.next(reply);
      expect((await ask(write)).kind).not.toBe('limited');
      expect(server.received).toHaveLength(1);
    },
  );

  it('waits for a short limit in place, and sends even a write again after a 429', async () => {
    server.next({ status: 429, headers: { 'retry-after': '9' } });
    expect(await ask(write)).toMatchObject({ status: 200 });
    expect(elapsed()).toBe(9000);
  });

  it('hands a long limit back with its seconds', async () => {
    server.next({ status: 429, headers: { 'retry-after': '13' } });
    expect(await ask()).toMatchObject({ kind: 'limited', seconds: 13, answer: { status: 429 } });
    expect(elapsed()).toBe(0);
  });

  it('does not wait longer than twelve seconds all in all', async () => {
    const limited = { status: 429, headers: { 'retry-after': '5' } };
    server.next(limited, limited, limited);
    expect(await ask()).toMatchObject({ kind: 'limited', seconds: 5 });
    expect(elapsed()).toBe(10_000);
  });

  it('does not hammer a server that says to come back at once', async () => {
    server.next(...Array(20).fill({ status: 429, headers: { 'retry-after': '0' } }));
    expect(await ask()).toMatchObject({ kind: 'limited' });
    expect(server.received.length).toBeLessThanOrEqual(14);
  });
});

describe('Retry-After', () => {
  const read = (text: string) => retryAfterSeconds(new Headers({ 'retry-after': text }), new Date(START));

  it('is read as seconds or as a date', () => {
    expect(read('66975')).toBe(66975);
    expect(read('Sun, 22 Nov 2026 03:04:15 GMT')).toBe(10);
    expect(read('Sun, 22 Nov 2026 03:00:00 GMT')).toBe(0);
  });

  it('is nothing where it is absent or cannot be read', () => {
    expect(read('soon')).toBeUndefined();
    expect(retryAfterSeconds(new Headers(), new Date(START))).toBeUndefined();
  });
});
