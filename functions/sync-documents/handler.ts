import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { openDeployment } from '../../lib/flows/deployment.ts';
import { workOff } from '../../lib/flows/sync/work-off.ts';

const logger = new Logger({ serviceName: 'sync-documents' });
const deployment = openDeployment(process.env, logger);

export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(injectLambdaContext(logger))
  .handler(async ({ Records }, context) => {
    const messages = Records.map(({ messageId, body, attributes }) => ({
      id: messageId,
      body,
      receiveCount: Number(attributes.ApproximateReceiveCount),
    }));
    const secondsLeft = () => context.getRemainingTimeInMillis() / 1000;
    const failed = await workOff(messages, deployment, secondsLeft).finally(deployment.governor.rest);
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
