import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { openReferenceQueue } from '../../lib/aws/reference-queue.ts';
import { openVault } from '../../lib/aws/vault.ts';
import { systemClock } from '../../lib/core/ports.ts';
import { requireEnvironment } from '../../lib/flows/environment.ts';
import { keepProcoreDirectory } from '../../lib/flows/webhook/procore-directory.ts';
import { receiveProcoreWebhook } from '../../lib/flows/webhook/receive-procore-webhook.ts';
import { openProcoreEvents } from '../../lib/store/procore-events.ts';
import { openProcoreDirectory } from '../../lib/store/webhook-directory.ts';

// Built by hand and not through the whole deployment: this function's cold start is what Procore waits for.
const { TABLE_NAME, KEY_ID, REFERENCE_QUEUE_URL } = requireEnvironment(
  process.env,
  'TABLE_NAME',
  'KEY_ID',
  'REFERENCE_QUEUE_URL',
);
const dynamodb = new DynamoDBClient();
const sealing = {
  procoreDirectory: openProcoreDirectory(dynamodb, TABLE_NAME),
  vault: openVault(new KMSClient(), KEY_ID),
};
const door = {
  directory: keepProcoreDirectory(sealing, systemClock),
  events: openProcoreEvents(dynamodb, TABLE_NAME, systemClock),
  queue: openReferenceQueue(new SQSClient(), REFERENCE_QUEUE_URL),
  clock: systemClock,
};
const metrics = new Metrics({ namespace: 'MlConnector', serviceName: 'procore-webhook' });

export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(logMetrics(metrics))
  .handler(async (event) => {
    const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
    const { status, code, counts } = await receiveProcoreWebhook(body, event.headers.authorization, door);
    metrics.addMetric('WebhookEvents', MetricUnit.Count, counts.events);
    metrics.addMetric('UnknownCompanyEvents', MetricUnit.Count, counts.unknownCompany);
    metrics.addMetric('OtherResourceEvents', MetricUnit.Count, counts.otherResource);
    metrics.addMetric('OwnWriteEvents', MetricUnit.Count, counts.ownWrite);
    metrics.addMetric('RepeatedEvents', MetricUnit.Count, counts.repeated);
    metrics.addMetric('RefusedWebhooks', MetricUnit.Count, code === undefined ? 0 : 1);
    if (code) metrics.addMetadata('code', code);
    return { statusCode: status, body: '' };
  });
