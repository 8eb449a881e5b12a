import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { openVault } from '../../../lib/aws/vault.ts';
import { addToDirectory } from '../../../lib/flows/webhook/webhook-directory.ts';
import { clientOptions } from '../../../lib/sandbox/aws/identity.ts';
import { openWebhookDirectory } from '../../../lib/store/webhook-directory.ts';
import type { TestAws } from '../../support/aws.ts';
import { startTestAws } from '../../support/aws.ts';
import { ACME, bodyOf, eventOf, orderId, sign, takeAll } from '../../support/xero-webhook.ts';

type Handler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

let aws: TestAws;
let handler: Handler;
const environment = { ...process.env };
const written = jest.spyOn(console, 'log').mockImplementation(() => {});

beforeAll(async () => {
  aws = await startTestAws();
  const queues = await endpointOf(aws.sqs);
  const { accessKeyId, secretAccessKey } = clientOptions.credentials;
  Object.assign(process.env, {
    TABLE_NAME: aws.tableName,
    KEY_ID: aws.keyId,
    QUEUE_URL: `${queues}${new URL(aws.queueUrl).pathname}`,
    AWS_REGION: clientOptions.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: await endpointOf(aws.dynamodb),
    AWS_ENDPOINT_URL_SQS: queues,
    AWS_ENDPOINT_URL_KMS: await endpointOf(aws.kms),
    // Metrics go to the console that this test listens to.
    POWERTOOLS_DEV: 'true',
    POWERTOOLS_METRICS_DISABLED: 'false',
  });
  const directory = openWebhookDirectory(aws.dynamodb, aws.tableName);
  await addToDirectory({ directory, vault: openVault(aws.kms, aws.keyId) }, ACME);
  ({ handler } = (await import('../../../functions/xero-webhook/handler.ts')) as unknown as {
    handler: Handler;
  });
});
beforeEach(async () => {
  written.mockClear();
  await taken();
});
afterAll(async () => {
  process.env = environment;
  written.mockRestore();
  await aws.close();
});

async function endpointOf({
  config,
}: TestAws['dynamodb'] | TestAws['sqs'] | TestAws['kms']): Promise<string> {
  const { protocol, hostname, port } = await config.endpoint!();
  return `${protocol}//${hostname}:${port}`;
}

const taken = () => takeAll(aws.sqs, aws.queueUrl);

/** What API Gateway hands over: text as it is, anything else in base64. */
function deliver(body: string | undefined, headers: Record<string, string>, isBase64Encoded = false) {
  const event = { version: '2.0', headers, isBase64Encoded, ...(body !== undefined && { body }) };
  return handler(event as unknown as APIGatewayProxyEventV2, { functionName: 'xero-webhook' } as Context);
}

/** The metrics of the last invocation. */
function metrics(): Record<string, unknown> {
  return JSON.parse(String(written.mock.calls.at(-1)?.[0]));
}

const accented = bodyOf([eventOf({ resourceId: orderId(3), tenantName: 'Béton Québec 東京' })]);

describe('the function behind the URL that Xero calls', () => {
  it('answers 200 with an empty body and no headers, cookies least of all', async () => {
    const answer = await deliver(accented.toString(), { 'x-xero-signature': sign(accented) });
    expect(answer).toEqual({ statusCode: 200, body: '' });
    expect((await taken()).map(({ id }) => id)).toEqual([orderId(3)]);
  });

  it('undoes the transport’s base64 before it verifies the bytes', async () => {
    const answer = await deliver(accented.toString('base64'), { 'x-xero-signature': sign(accented) }, true);
    expect(answer.statusCode).toBe(200);
    expect((await taken()).map(({ id }) => id)).toEqual([orderId(3)]);
  });

  it('takes a body in base64 that is not marked so for what it is: bytes that Xero did not sign', async () => {
    const answer = await deliver(accented.toString('base64'), { 'x-xero-signature': sign(accented) });
    expect(answer).toEqual({ statusCode: 401, body: '' });
    expect(await taken()).toEqual([]);
  });

  it.each<[string, string | undefined, Record<string, string>]>([
    ['no header', accented.toString(), {}],
    ['no body', undefined, { 'x-xero-signature': sign(accented) }],
    ['a forged signature', accented.toString(), { 'x-xero-signature': sign(accented, 'guessed') }],
  ])('answers 401 with an empty body on %s', async (_case, body, headers) => {
    expect(await deliver(body, headers)).toEqual({ statusCode: 401, body: '' });
    expect(metrics()).toMatchObject({ RefusedWebhooks: 1, WebhookEvents: 0, code: 'webhook-forged' });
    expect(await taken()).toEqual([]);
  });

  it('answers 400 with an empty body to what is larger than Xero ever sends', async () => {
    expect(await deliver(' '.repeat(1_048_577), {})).toEqual({ statusCode: 400, body: '' });
    expect(metrics()).toMatchObject({ RefusedWebhooks: 1, code: 'webhook-oversized' });
  });

  it('counts events, strangers among them and categories that are no document', async () => {
    const body = bodyOf([
      eventOf(),
      eventOf({ tenantId: 'not ours' }),
      eventOf({ eventCategory: 'PAYMENT' }),
    ]);
    expect((await deliver(body.toString(), { 'x-xero-signature': sign(body) })).statusCode).toBe(200);
    expect(metrics()).toMatchObject({
      WebhookEvents: 3,
      UnknownTenantEvents: 1,
      OtherCategoryEvents: 1,
      RefusedWebhooks: 0,
    });
    expect(await taken()).toHaveLength(1);
  });

  it('writes neither body nor signature into its log', async () => {
    await deliver(accented.toString(), { 'x-xero-signature': sign(accented) });
    const log = JSON.stringify(written.mock.calls);
    expect(log).not.toContain(orderId(3));
    expect(log).not.toContain(sign(accented));
    expect(log).not.toContain(ACME.tenantId);
  });
});
