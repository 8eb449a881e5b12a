import { createHash, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { beginConsent } from '../../../lib/flows/consent/begin-consent.ts';
import { openConsentDeployment } from '../../../lib/flows/consent/consent-deployment.ts';
import { clientOptions } from '../../../lib/sandbox/aws/identity.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import { createTable } from '../../support/aws.ts';
import type { ConsentScene } from '../../support/consent.ts';
import { CONNECT_URL, formOf, HARBOR, openConsentScene, wordsOf } from '../../support/consent.ts';
import type { TestCloud } from '../../support/world.ts';
import { startTestCloud } from '../../support/world.ts';

type Answer = APIGatewayProxyStructuredResultV2;
type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<Answer>;

let cloud: TestCloud;
let scene: ConsentScene;
let handler: Handler;
let link: string;
const environment = { ...process.env };
const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
const written = methods.map((method) => jest.spyOn(console, method).mockImplementation(() => {}));

beforeAll(async () => {
  cloud = await startTestCloud();
  scene = await openConsentScene(cloud);
  const { accessKeyId, secretAccessKey } = clientOptions.credentials;
  Object.assign(process.env, {
    TABLE_NAME: await createTable(cloud.dynamodb),
    KEY_ID: cloud.keyId,
    QUEUE_URL: cloud.queueUrl,
    EVENT_BUS_NAME: 'connector',
    CONNECT_URL,
    XERO_API_URL: scene.demo.xero.url,
    XERO_IDENTITY_URL: scene.demo.xero.url,
    XERO_LOGIN_URL: scene.demo.xero.loginUrl,
    PROCORE_API_URL: scene.demo.procore.url,
    PROCORE_LOGIN_URL: scene.demo.procore.url,
    AWS_REGION: clientOptions.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: await endpointOf(cloud.dynamodb),
    AWS_ENDPOINT_URL_SQS: await endpointOf(cloud.sqs),
    AWS_ENDPOINT_URL_KMS: await endpointOf(cloud.kms),
    AWS_ENDPOINT_URL_EVENTBRIDGE: await endpointOf(cloud.eventBridge),
    // The log goes to the console that this test listens to.
    POWERTOOLS_DEV: 'true',
  });
  handler = ((await import('../../../functions/connect/handler.ts')) as unknown as { handler: Handler })
    .handler;
});
beforeEach(async () => {
  // The function goes by the machine's time.
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const deployment = openConsentDeployment(process.env, silent);
  scene.clock.advance(Date.now() - scene.clock.now().getTime());
  const file = { ...scene.file, name: randomUUID() };
  ({ link } = await beginConsent(file, deployment, { by: 'dana' }));
});
afterEach(() => {
  for (const spy of written) spy.mockClear();
});
afterAll(async () => {
  process.env = environment;
  for (const spy of written) spy.mockRestore();
  await scene.demo.close();
  await cloud.close();
});

async function endpointOf({
  config,
}: TestCloud['kms' | 'sqs' | 'dynamodb' | 'eventBridge']): Promise<string> {
  const { protocol, hostname, port } = await config.endpoint!();
  return `${protocol}//${hostname}:${port}`;
}

function call(routeKey: string, event: Partial<APIGatewayProxyEventV2> = {}): Promise<Answer> {
  const whole = {
    version: '2.0',
    routeKey,
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    ...event,
  };
  return handler(whole as unknown as APIGatewayProxyEventV2, { functionName: 'connect' } as Context);
}

const get = (routeKey: string, url: string | URL, cookies: string[] = []) =>
  call(routeKey, { rawQueryString: new URL(url).search.slice(1), cookies });
const open = (cookies?: string[]) => get('GET /connect/xero', link, cookies);
const cookieOf = (answer: Answer) => answer.cookies![0]!.split(';')[0]!;
const logged = () => JSON.stringify(written.flatMap(({ mock }) => mock.calls));

async function consented(
  tenantId: string = CONTRACTOR.tenantId,
): Promise<{ to: URL; cookie: string; page: Answer }> {
  const left = await open();
  const organisations = [tenantId];
  const to = await scene.demo.xero.consent(String(left.headers!.location), { organisations });
  const page = await get('GET /connect/xero/callback', to, [cookieOf(left)]);
  return { to, cookie: cookieOf(left), page };
}

const SAFE = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy': expect.stringMatching(
    /^default-src 'none'; style-src 'sha256-[\w+/]+='; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
  ),
};

describe('the function behind the consent page', () => {
  it('sends the browser to Xero, bound by a cookie that no other site can read or plant', async () => {
    const { statusCode, headers, cookies, body } = await open();
    expect(statusCode).toBe(302);
    expect(headers).toMatchObject({ ...SAFE, location: expect.stringContaining('/connect/authorize?') });
    expect(cookies).toEqual([
      expect.stringMatching(
        /^__Host-ml-connector-consent=[\w-]{43}; Path=\/; Max-Age=7200; HttpOnly; SameSite=Lax; Secure$/,
      ),
    ]);
    expect(body).toBe('');
  });

  it('keeps the cookie that a browser has, for its other tabs', async () => {
    const cookie = cookieOf(await open());
    expect(cookieOf(await open(['other=1', cookie]))).toBe(cookie);
    expect(cookieOf(await open(['__Host-ml-connector-consent=planted']))).not.toContain('planted');
  });

  it('leads to the connection, form in base64 as API Gateway sends it', async () => {
    const { cookie, page } = await consented(HARBOR.tenantId);
    expect(page).toMatchObject({
      statusCode: 200,
      headers: { ...SAFE, 'content-type': 'text/html; charset=utf-8' },
    });
    const body = Buffer.from(formOf(page.body!, 'Harbor').toString()).toString('base64');
    const done = await call('POST /connect/xero/organisation', {
      body,
      isBase64Encoded: true,
      cookies: [cookie],
    });
    expect(done).toMatchObject({ statusCode: 200, headers: SAFE });
    expect(wordsOf(done.body!)).toMatch(/^Connected Xero organisation Harbor Homes/);
  });

  it('logs neither query nor code nor state, whatever happens', async () => {
    const { to, cookie, page } = await consented();
    await get('GET /connect/xero/callback', to);
    to.searchParams.set('state', `x${to.searchParams.get('state')}`);
    await get('GET /connect/xero/callback', to, [cookie]);
    await call('POST /connect/xero/organisation', { body: formOf(page.body!, 'Harlan').toString() });
    expect(logged()).toContain('consent-other-browser');
    expect(logged()).toContain('consent-unknown');
    const secrets = [...to.searchParams.values(), cookie.split('=')[1]!, new URL(link).search.slice(9)];
    for (const secret of secrets) expect(logged()).not.toContain(secret);
  });

  it('shows what it does not know as a page, and logs it', async () => {
    const send = jest.spyOn(cloud.kms.constructor.prototype, 'send').mockImplementation(() => {
      throw new Error('KMS is out');
    });
    const answer = await open();
    send.mockRestore();
    expect(answer).toMatchObject({ statusCode: 500, headers: SAFE });
    expect(wordsOf(answer.body!)).toContain('Code: unexpected');
    expect(answer.body).not.toContain('KMS is out');
    expect(logged()).toContain('KMS is out');
  });

  it('has nothing at other addresses', async () => {
    expect(await call('GET /connect')).toMatchObject({ statusCode: 404, headers: SAFE, body: '' });
  });
});

describe('its pages', () => {
  it('allow exactly the style that they carry', async () => {
    const { page } = await consented();
    const style = /<style>([\s\S]*?)<\/style>/.exec(page.body!)![1]!;
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page.headers!['content-security-policy']).toContain(`'sha256-${hash}'`);
    expect(page.body).not.toMatch(/<script|\son\w+=|\sstyle=/);
  });

  it('can be read by a screen reader: language, title, one heading, a legend, labels', async () => {
    const { page } = await consented();
    expect(page.body).toContain('<html lang="en">');
    expect(page.body).toMatch(/<title>[^<]+<\/title>/);
    expect(page.body!.match(/<h1>/g)).toHaveLength(1);
    expect(page.body).toMatch(/<fieldset>\s*<legend>Xero organisation<\/legend>/);
    expect(page.body).toMatch(/<label class="choice">\s*<input type="radio"/);
  });
});
