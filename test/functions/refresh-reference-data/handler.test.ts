import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import type { ReferenceChange } from '../../../lib/aws/reference-queue.ts';
import { clientOptions } from '../../../lib/sandbox/aws/identity.ts';
import type { Scene } from '../../support/scene.ts';
import { scenes } from '../../support/scene.ts';
import { takeAll } from '../../support/xero-webhook.ts';

type Handler = (event: unknown, context: Context) => Promise<SQSBatchResponse | undefined>;

const openScene = scenes();
const environment = { ...process.env };

let scene: Scene;
let handler: Handler;

beforeAll(async () => {
  scene = await openScene();
  const { cloud, demo } = scene;
  const [queues, tables, keys, bus] = await Promise.all(
    [cloud.sqs, cloud.dynamodb, cloud.kms, cloud.eventBridge].map(async ({ config }) => {
      const { protocol, hostname, port } = await config.endpoint!();
      return `${protocol}//${hostname}:${port}`;
    }),
  );
  const url = `${queues}${new URL(cloud.queueUrl).pathname}`;
  const { accessKeyId, secretAccessKey } = clientOptions.credentials;
  Object.assign(process.env, {
    TABLE_NAME: cloud.tableName,
    KEY_ID: cloud.keyId,
    QUEUE_URL: url,
    REFERENCE_QUEUE_URL: url,
    EVENT_BUS_NAME: 'connector',
    PROCORE_WEBHOOK_URL: 'https://connector.example/webhooks/procore',
    PROCORE_API_URL: demo.procore.url,
    PROCORE_LOGIN_URL: demo.procore.url,
    AWS_REGION: clientOptions.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: tables,
    AWS_ENDPOINT_URL_SQS: queues,
    AWS_ENDPOINT_URL_KMS: keys,
    AWS_ENDPOINT_URL_EVENTBRIDGE: bus,
    POWERTOOLS_DEV: 'true',
  });
  ({ handler } = (await import('../../../functions/refresh-reference-data/handler.ts')) as unknown as {
    handler: Handler;
  });
});
afterAll(() => {
  process.env = environment;
});

const context = { functionName: 'refresh', getRemainingTimeInMillis: () => 60_000 } as Context;
const taken = async () =>
  (await takeAll(scene.cloud.sqs, scene.cloud.queueUrl)) as unknown as ReferenceChange[];
const record = (messageId: string, what: ReferenceChange['what'], fields: object = {}) => {
  const receivedAt = new Date().toISOString();
  const body = JSON.stringify({ connectionId: scene.connectionId, what, receivedAt, ...fields });
  return { messageId, body };
};

describe('the function that reads reference data again', () => {
  it.each([
    ['daily', 'connected'],
    ['deployed', 'webhook'],
  ])('fills its queue at the job %s', async (job, what) => {
    await taken();
    expect(await handler({ job }, context)).toBeUndefined();
    expect(await taken()).toMatchObject([{ connectionId: scene.connectionId, what }]);
  });

  it('does what messages ask for and puts back what Procore has no time for', async () => {
    const { faults, calls } = scene.demo.procore;
    faults.add({
      path: '/rest/v1.0/line_item_types',
      effect: { status: 429, headers: { 'retry-after': '60' } },
    });
    const answer = await handler(
      { Records: [record('1', 'procore/vendors'), record('2', 'procore/cost-types')] },
      context,
    );
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(calls.get('GET /rest/v1.0/vendors')).toBe(1);
    const waiting = await scene.deployment.queue.depth();
    expect(waiting).toMatchObject({ delayed: 1 });
  });

  it('has those delivered again that it did not get to', async () => {
    const hurried = { ...context, getRemainingTimeInMillis: () => 1000 };
    expect(await handler({ Records: [record('3', 'procore/vendors')] }, hurried)).toEqual({
      batchItemFailures: [{ itemIdentifier: '3' }],
    });
  });
});
