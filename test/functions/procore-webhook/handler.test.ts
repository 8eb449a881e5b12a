import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { openVault } from '../../../lib/aws/vault.ts';
import { changeEntry } from '../../../lib/flows/webhook/procore-directory.ts';
import { clientOptions } from '../../../lib/sandbox/aws/identity.ts';
import { openProcoreDirectory } from '../../../lib/store/webhook-directory.ts';
import type { TestAws } from '../../support/aws.ts';
import { startTestAws } from '../../support/aws.ts';
import { takeAll } from '../../support/xero-webhook.ts';

type Handler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

const COMPANY = '598134325510147';
const authorization = 'Bearer vZb2cTqv0lxmmqQKzY2dXLXw1Y0Yk1mJc9o3u8y4e1s';

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
    REFERENCE_QUEUE_URL: `${queues}${new URL(aws.queueUrl).pathname}`,
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
  const sealing = {
    procoreDirectory: openProcoreDirectory(aws.dynamodb, aws.tableName),
    vault: openVault(aws.kms, aws.keyId),
  };
  await changeEntry(sealing, COMPANY, () => ({
    secrets: [authorization],
    connections: [{ id: 'acme', userId: '77' }],
  }));
  ({ handler } = (await import('../../../functions/procore-webhook/handler.ts')) as unknown as {
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

let sent = 0;
function eventOf(fields: Record<string, unknown> = {}): string {
  const id = `01JMYXMZRBVKK0PC6XS8SA4Q${++sent}`;
  const resource_type = 'Direct Costs';
  return JSON.stringify({ id, company_id: COMPANY, project_id: '9', user_id: '5', resource_type, ...fields });
}

/** What API Gateway hands over: text as it is, anything else in base64. */
function deliver(body: string | undefined, headers: Record<string, string>, isBase64Encoded = false) {
  const event = { version: '2.0', headers, isBase64Encoded, ...(body !== undefined && { body }) };
  return handler(event as unknown as APIGatewayProxyEventV2, { functionName: 'procore-webhook' } as Context);
}

/** The metrics of the last invocation. */
function metrics(): Record<string, unknown> {
  return JSON.parse(String(written.mock.calls.at(-1)?.[0]));
}

describe('the function behind the URL that Procore calls', () => {
  it('answers 200 with an empty body and enqueues which list to read', async () => {
    expect(await deliver(eventOf(), { authorization })).toEqual({ statusCode: 200, body: '' });
    expect(await taken()).toMatchObject([
      { connectionId: 'acme', what: 'procore/direct-costs/P', projectId: '9' },
    ]);
    expect(metrics()).toMatchObject({ WebhookEvents: 1, RefusedWebhooks: 0 });
  });

  it('undoes the transport’s base64', async () => {
    await deliver(Buffer.from(eventOf()).toString('base64'), { authorization }, true);
    expect(await taken()).toHaveLength(1);
  });

  it.each<[string, string | undefined, Record<string, string>]>([
    ['no secret', eventOf(), {}],
    ['no secret and no body', undefined, {}],
    ['a forged secret', eventOf(), { authorization: 'Bearer guessed' }],
  ])('answers 401 with an empty body on %s', async (_case, body, headers) => {
    expect(await deliver(body, headers)).toEqual({ statusCode: 401, body: '' });
    expect(metrics()).toMatchObject({ RefusedWebhooks: 1, WebhookEvents: 0, code: 'webhook-forged' });
    expect(await taken()).toEqual([]);
  });

  it('counts own writes, strangers, resources of no concern and repetitions', async () => {
    const counted = async (body: string) => {
      await deliver(body, { authorization });
      return metrics();
    };
    expect(await counted(eventOf({ user_id: '77' }))).toMatchObject({ OwnWriteEvents: 1 });
    expect(await counted(eventOf({ company_id: '1' }))).toMatchObject({ UnknownCompanyEvents: 1 });
    expect(await counted(eventOf({ resource_type: 'RFIs' }))).toMatchObject({ OtherResourceEvents: 1 });
    expect(await taken()).toEqual([]);
    const twice = eventOf();
    expect(await counted(twice)).toMatchObject({ RepeatedEvents: 0 });
    expect(await counted(twice)).toMatchObject({ RepeatedEvents: 1 });
    expect(await counted('<html>')).toMatchObject({ RefusedWebhooks: 1, code: 'webhook-malformed' });
    expect(await taken()).toHaveLength(1);
  });

  it('writes neither body nor secret into its log', async () => {
    await deliver(eventOf({ resource_id: '424242424242' }), { authorization });
    const log = JSON.stringify(written.mock.calls);
    expect(log).not.toContain('424242424242');
    expect(log).not.toContain(authorization.slice('Bearer '.length));
  });
});
