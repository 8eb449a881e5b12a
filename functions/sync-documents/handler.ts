import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { openDeployment } from '../../lib/flows/deployment.ts';
import { settleMessages } from '../../lib/flows/sync/settle-messages.ts';
import { syncDocuments } from '../../lib/flows/sync/sync-documents.ts';

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
    const verdicts = await syncDocuments(messages, deployment, secondsLeft).finally(deployment.governor.rest);
    const failed = await settleMessages(messages, verdicts, deployment);
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
