import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { send } from '../../lib/http/request.ts';
import type { Loopback } from '../support/loopback.ts';
import { startLoopback } from '../support/loopback.ts';

let server: Loopback;

beforeEach(async () => {
  server = await startLoopback();
});

afterEach(() => server.close());

describe('a request', () => {
  it('brings back status, headers and body, whatever the status', async () => {
    server.next({ status: 422, headers: { 'x-told': 'yes' }, body: { errors: {} } });
    const outcome = await send({
      method: 'POST',
      url: `${server.url}/things`,
      headers: { 'content-type': 'application/json' },
      body: '{"name":"Ä"}',
      repeatable: false,
    });
    expect(outcome).toMatchObject({ kind: 'answer', status: 422, text: '{"errors":{}}' });
    expect(outcome.kind === 'answer' && outcome.headers.get('x-told')).toBe('yes');
    expect(server.received[0]).toMatchObject({ method: 'POST', path: '/things', body: '{"name":"Ä"}' });
  });

  it('reports a connection that is cut as no answer', async () => {
    server.next({ hangUp: true });
    const outcome = await send({ method: 'GET', url: server.url, repeatable: true });
    expect(outcome).toMatchObject({ kind: 'no-answer', cause: expect.anything() });
  });

  it('gives up on a server that does not answer in time', async () => {
    const never = (_url: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    const request = { method: 'GET', url: server.url, repeatable: true } as const;
    // An unreferenced timer would not keep the process alive on its own.
    const alive = setTimeout(() => {}, 1000);
    const outcome = await send(request, { fetch: never as typeof fetch, timeoutMilliseconds: 5 });
    clearTimeout(alive);
    expect(outcome).toMatchObject({ kind: 'no-answer', cause: { name: 'TimeoutError' } });
  });

  it('does not carry its token along a redirect', async () => {
    server.next({ status: 302, headers: { location: '/elsewhere' } });
    const headers = { authorization: 'Bearer secret' };
    const outcome = await send({ method: 'GET', url: server.url, headers, repeatable: true });
    expect(outcome).toMatchObject({ kind: 'answer', status: 302 });
    expect(server.received).toHaveLength(1);
  });
});
