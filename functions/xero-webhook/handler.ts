import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { openChangeQueue } from '../../lib/aws/queue.ts';
import { openVault } from '../../lib/aws/vault.ts';
import { systemClock } from '../../lib/core/ports.ts';
import { requireEnvironment } from '../../lib/flows/environment.ts';
import { receiveXeroWebhook } from '../../lib/flows/webhook/receive-xero-webhook.ts';
import { cacheDirectory } from '../../lib/flows/webhook/webhook-directory.ts';
import { openWebhookDirectory } from '../../lib/store/webhook-directory.ts';

// Built by hand and not through the whole deployment: this function's cold start is what Xero waits for.
const { TABLE_NAME, KEY_ID, QUEUE_URL } = requireEnvironment(
  process.env,
  'TABLE_NAME',
  'KEY_ID',
  'QUEUE_URL',
);
const directory = cacheDirectory(
  {
    directory: openWebhookDirectory(new DynamoDBClient(), TABLE_NAME),
    vault: openVault(new KMSClient(), KEY_ID),
  },
  systemClock,
);
const door = { directory, queue: openChangeQueue(new SQSClient(), QUEUE_URL), clock: systemClock };
const metrics = new Metrics({ namespace: 'MlConnector', serviceName: 'xero-webhook' });

export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(logMetrics(metrics))
  .handler(async (event) => {
    // Xero signs the bytes it sent, so the transport's base64 is undone and nothing else.
    const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
    const { status, code, counts } = await receiveXeroWebhook(body, event.headers['x-xero-signature'], door);
    metrics.addMetric('WebhookEvents', MetricUnit.Count, counts.events);
    metrics.addMetric('UnknownTenantEvents', MetricUnit.Count, counts.unknownTenant);
    metrics.addMetric('OtherCategoryEvents', MetricUnit.Count, counts.otherCategory);
    metrics.addMetric('RefusedWebhooks', MetricUnit.Count, status === 200 ? 0 : 1);
    if (code) metrics.addMetadata('code', code);
    return { statusCode: status, body: '' };
  });
