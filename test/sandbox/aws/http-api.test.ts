import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Invocation } from '../../../lib/sandbox/aws/execution-environment.ts';
import { functionUrlListener, httpApi } from '../../../lib/sandbox/aws/http-api.ts';
import type { RunningServer } from '../../../lib/sandbox/aws/http-server.ts';
import { listen } from '../../../lib/sandbox/aws/http-server.ts';

interface HttpEvent {
  routeKey: string;
  headers: Record<string, string>;
  body?: string;
  isBase64Encoded: boolean;
  [name: string]: unknown;
}

let answer: (functionArn: string, event: HttpEvent) => Promise<Invocation> | Invocation;
const servers: RunningServer[] = [];
let api = '';
let url = '';
const invoke = async (functionArn: string, event: unknown) => answer(functionArn, event as HttpEvent);
const route = (routeKey: string, timeoutMilliseconds = 30_000) => ({
  apiId: 'Api',
  routeKey,
  functionArn: `arn:${routeKey}`,
  timeoutMilliseconds,
});

beforeAll(async () => {
  const routes = [
    route('ANY /console/help'),
    route('ANY /console/{proxy+}'),
    route('GET /console/{page}'),
    route('GET /console/help'),
    route('POST /webhooks/xero'),
    route('GET /slow', 5),
  ];
  servers.push(await listen(httpApi(() => routes, invoke)));
  const functionUrl = { id: 'Url', functionArn: 'arn:url', authType: 'NONE' };
  servers.push(await listen(functionUrlListener(functionUrl, invoke)));
  servers.push(await listen(functionUrlListener({ ...functionUrl, authType: 'AWS_IAM' }, invoke)));
  api = servers[0]!.url;
  url = servers[1]!.url;
});
afterAll(() => Promise.all(servers.map((server) => server.close())));

/** Sends a request and gives the event that the function saw, with the response. */
async function exchange(path: string, init: RequestInit = {}, payload: unknown = { statusCode: 200 }) {
  const seen: { arn: string; event: HttpEvent }[] = [];
  answer = (arn, event) => {
    seen.push({ arn, event });
    return { ok: true, payload };
  };
  const response = await fetch(path.startsWith('http') ? path : `${api}${path}`, init);
  return { response, ...seen[0]! };
}

const post = (body: string | Uint8Array, headers: Record<string, string>) => ({
  method: 'POST',
  body,
  headers,
});

describe('an HTTP API', () => {
  it('hands a JSON request to the function as it came, byte for byte, in payload format 2.0', async () => {
    const body = '{ "events": [],\n "größe": 1 }';
    const { event, arn } = await exchange(
      '/webhooks/xero?a=1&b=x%20y&a=2',
      post(body, { 'Content-Type': 'application/json; charset=utf-8', 'X-Xero-Signature': 'abc=' }),
    );
    expect(arn).toBe('arn:POST /webhooks/xero');
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /webhooks/xero',
      rawPath: '/webhooks/xero',
      rawQueryString: 'a=1&b=x%20y&a=2',
      queryStringParameters: { a: '1,2', b: 'x y' },
      headers: { 'x-xero-signature': 'abc=' },
      body,
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        apiId: 'Api',
        http: { method: 'POST', path: '/webhooks/xero', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        routeKey: 'POST /webhooks/xero',
        stage: '$default',
        time: expect.stringMatching(/^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/),
        timeEpoch: expect.any(Number),
      },
    });
  });

  it.each([
    ['an octet stream', { 'Content-Type': 'application/octet-stream' }],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['a compressed body', { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }],
  ])('carries %s in base64, so that no byte is lost', async (_, headers) => {
    const bytes = Buffer.from([0, 255, 128, 10, 61]);
    const { event } = await exchange('/webhooks/xero', post(bytes, headers));
    expect(event.isBase64Encoded).toBe(true);
    expect(Buffer.from(event.body!, 'base64')).toEqual(bytes);
  });

  it('moves cookies out of the headers and leaves an empty body out', async () => {
    const { event } = await exchange('/console/help', { headers: { Cookie: 'a=1; b=2' } });
    expect(event.cookies).toEqual(['a=1', 'b=2']);
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event).not.toHaveProperty('body');
    expect(event).not.toHaveProperty('queryStringParameters');
  });

  it.each([
    ['GET', '/console/help', 'GET /console/help', undefined],
    ['PUT', '/console/help', 'ANY /console/help', undefined],
    ['GET', '/console/maps', 'GET /console/{page}', { page: 'maps' }],
    ['POST', '/console/maps', 'ANY /console/{proxy+}', { proxy: 'maps' }],
    ['GET', '/console/a/b', 'ANY /console/{proxy+}', { proxy: 'a/b' }],
  ])('chooses the closest route for %s %s', async (method, path, routeKey, parameters) => {
    const { event } = await exchange(path, { method });
    expect(event.routeKey).toBe(routeKey);
    expect(event.pathParameters).toEqual(parameters);
  });

  it.each([
    ['GET', '/webhooks/xero'],
    ['POST', '/webhooks/xero/'],
    ['POST', '/other'],
  ])('answers 404 to %s %s, which has no route', async (method, path) => {
    const response = await fetch(`${api}${path}`, { method });
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('{"message":"Not Found"}');
  });

  it('sends a browser elsewhere, with a cookie, as the function says', async () => {
    const { event, response } = await exchange(
      '/console/help?state=a%2Bb&code=1',
      { redirect: 'manual', headers: { Cookie: 'browser=x=y' } },
      {
        statusCode: 302,
        headers: { location: 'https://login.example.com/authorize?state=a%2Bb' },
        cookies: ['__Host-browser=1; Path=/; Secure; HttpOnly; SameSite=Lax'],
      },
    );
    expect(event.queryStringParameters).toEqual({ state: 'a+b', code: '1' });
    expect(event.cookies).toEqual(['browser=x=y']);
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('https://login.example.com/authorize?state=a%2Bb');
    expect(response.headers.getSetCookie()).toEqual([
      '__Host-browser=1; Path=/; Secure; HttpOnly; SameSite=Lax',
    ]);
  });

  it('sends status, headers, cookies and a base64 body as the function says', async () => {
    const { response } = await exchange(
      '/console/help',
      {},
      {
        statusCode: 201,
        headers: { 'Content-Type': 'image/png', 'X-Count': 2 },
        cookies: ['a=1', 'b=2'],
        body: Buffer.from([1, 2, 255]).toString('base64'),
        isBase64Encoded: true,
      },
    );
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('x-count')).toBe('2');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from([1, 2, 255]));
  });

  it('sends an empty answer with neither body nor cookies', async () => {
    const { response } = await exchange('/webhooks/xero', post('{}', {}), { statusCode: 401 });
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
    expect(response.headers.get('content-length')).toBe('0');
    expect(response.headers.has('content-type')).toBe(false);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it('sends what has no status as JSON with 200', async () => {
    const { response } = await exchange('/console/help', {}, { hello: 'world' });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ hello: 'world' });
  });

  it.each([
    ['fails', { ok: false, error: { errorType: 'Error', errorMessage: 'secret reason' } }],
    ['answers with no valid status', { ok: true, payload: { statusCode: 'many' } }],
    ['answers with an object as body', { ok: true, payload: { statusCode: 200, body: { a: 1 } } }],
    [
      'answers with a header that cannot be',
      { ok: true, payload: { statusCode: 200, headers: { a: 'x\ny' } } },
    ],
  ] as [string, Invocation][])(
    'answers 500 without the reason when the function %s',
    async (_, invocation) => {
      answer = () => invocation;
      const response = await fetch(`${api}/console/help`);
      expect(response.status).toBe(500);
      expect(await response.text()).toBe('{"message":"Internal Server Error"}');
    },
  );

  it('answers 503 when the function is not done within the limit of its integration', async () => {
    let release: (value: Invocation) => void = () => {};
    answer = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    const response = await fetch(`${api}/slow`);
    release({ ok: true, payload: { statusCode: 200 } });
    expect(response.status).toBe(503);
  });

  it('refuses a body above 10 MB before any function sees it', async () => {
    const { response, event } = await exchange(
      '/webhooks/xero',
      post(new Uint8Array(30 * 1024 * 1024), { 'Content-Type': 'application/json' }),
    );
    expect(response.status).toBe(413);
    expect(event).toBeUndefined();
  });
});

describe('a function URL', () => {
  it('hands every path and method to its function', async () => {
    const { event, arn } = await exchange(`${url}/approve/a%20b?token=1`, { method: 'PUT' });
    expect(arn).toBe('arn:url');
    expect(event).toMatchObject({ routeKey: '$default', rawPath: '/approve/a b', rawQueryString: 'token=1' });
  });

  it('answers 502 when the function fails', async () => {
    answer = () => ({ ok: false, error: { errorType: 'Error', errorMessage: 'x' } });
    expect((await fetch(url)).status).toBe(502);
  });

  it('that is behind IAM refuses an unsigned request', async () => {
    expect((await fetch(servers[2]!.url)).status).toBe(403);
  });
});
