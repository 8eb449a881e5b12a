import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { parseReferenceChange } from '../../lib/aws/reference-queue.ts';
import { systemClock } from '../../lib/core/ports.ts';
import { newClients, openDeployment } from '../../lib/flows/deployment.ts';
import { requireEnvironment } from '../../lib/flows/environment.ts';
import { queueDaily, queueDeployed } from '../../lib/flows/reference/queue-everything.ts';
import { openReferenceData } from '../../lib/flows/reference/reference-data.ts';
import { refreshReferenceData } from '../../lib/flows/reference/refresh-reference-data.ts';
import { settle } from '../../lib/flows/settle.ts';

const logger = new Logger({ serviceName: 'refresh-reference-data' });
const { TABLE_NAME, PROCORE_WEBHOOK_URL, REFERENCE_QUEUE_URL } = requireEnvironment(
  process.env,
  'TABLE_NAME',
  'PROCORE_WEBHOOK_URL',
  'REFERENCE_QUEUE_URL',
);
const clients = newClients();
const deployment = openDeployment(process.env, logger, systemClock, clients);
const reference = openReferenceData(deployment, clients, {
  tableName: TABLE_NAME,
  webhookUrl: PROCORE_WEBHOOK_URL,
  referenceQueueUrl: REFERENCE_QUEUE_URL,
});

type Job = { job: 'daily' | 'deployed' };

/** Messages of the reference-changes queue; and the daily round and the deployment, which fill that queue. */
export const handler = middy<SQSEvent | Job, SQSBatchResponse | undefined>()
  .use(injectLambdaContext(logger))
  .handler(async (event, context) => {
    if (!('Records' in event)) {
      await (event.job === 'deployed' ? queueDeployed : queueDaily)(reference);
      return undefined;
    }
    const messages = event.Records.map(({ messageId, body }) => ({ id: messageId, body }));
    const secondsLeft = () => context.getRemainingTimeInMillis() / 1000;
    const verdicts = await refreshReferenceData(messages, reference, secondsLeft).finally(
      deployment.governor.rest,
    );
    const failed = await settle(messages, verdicts, (bodies, delaySeconds) =>
      reference.referenceQueue.send(bodies.map(parseReferenceChange), { delaySeconds }),
    );
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
