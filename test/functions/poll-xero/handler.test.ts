import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { startBackfill } from '../../../lib/flows/backfill/start-backfill.ts';
import { clientOptions } from '../../../lib/sandbox/aws/identity.ts';
import { keys } from '../../../lib/store/keys.ts';
import { openTable, putItem } from '../../../lib/store/table.ts';
import { EVERYTHING } from '../../support/old-papers.ts';
import type { Scene } from '../../support/scene.ts';
import { scenes } from '../../support/scene.ts';
import { takeAll } from '../../support/xero-webhook.ts';

const openScene = scenes();
const environment = { ...process.env };

let scene: Scene;
let handler: (event: { job: 'poll' | 'sweep' }, context: Context) => Promise<unknown>;

beforeAll(async () => {
  scene = await openScene();
  const { cloud, demo } = scene;
  const [queues, tables, keys, bus] = await Promise.all(
    [cloud.sqs, cloud.dynamodb, cloud.kms, cloud.eventBridge].map(async ({ config }) => {
      const { protocol, hostname, port } = await config.endpoint!();
      return `${protocol}//${hostname}:${port}`;
    }),
  );
  const { accessKeyId, secretAccessKey } = clientOptions.credentials;
  Object.assign(process.env, {
    TABLE_NAME: cloud.tableName,
    KEY_ID: cloud.keyId,
    QUEUE_URL: `${queues}${new URL(cloud.queueUrl).pathname}`,
    EVENT_BUS_NAME: 'connector',
    XERO_API_URL: demo.xero.url,
    XERO_IDENTITY_URL: demo.xero.url,
    AWS_REGION: clientOptions.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: tables,
    AWS_ENDPOINT_URL_SQS: queues,
    AWS_ENDPOINT_URL_KMS: keys,
    AWS_ENDPOINT_URL_EVENTBRIDGE: bus,
    POWERTOOLS_DEV: 'true',
  });
  ({ handler } = (await import('../../../functions/poll-xero/handler.ts')) as unknown as {
    handler: typeof handler;
  });
});
afterAll(() => {
  process.env = environment;
});

const context = { functionName: 'poll', getRemainingTimeInMillis: () => 60_000 } as Context;

it('moves backfills on every minute, also where the poll fails', async () => {
  const id = '5b1ecf1e-9a5c-4c5c-8d0c-2f8f4b1c0c11';
  const documents = [{ kind: 'purchase-order' as const, id }];
  await startBackfill(EVERYTHING, documents, 'a test', scene.connectionId, scene.deployment);
  await takeAll(scene.cloud.sqs, scene.cloud.queueUrl);
  const table = openTable(scene.cloud.dynamodb, scene.tableName);
  await putItem(table, { ...keys.cursor(scene.connectionId), nextPollAt: 'nonsense' });
  await expect(handler({ job: 'poll' }, context)).rejects.toThrow('1 connections failed');
  const taken = await takeAll(scene.cloud.sqs, scene.cloud.queueUrl);
  expect(taken).toMatchObject([{ connectionId: scene.connectionId, id, reason: 'backfill' }]);
});
