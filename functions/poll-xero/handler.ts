import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { pumpBackfills } from '../../lib/flows/backfill/pump.ts';
import { openDeployment } from '../../lib/flows/deployment.ts';
import { pollDueConnections, sweepConnections } from '../../lib/flows/poll/poll-xero.ts';

const logger = new Logger({ serviceName: 'poll-xero' });
const deployment = openDeployment(process.env, logger);

/**
 * `poll` looks for changed orders where it is time to, and moves backfills on; `sweep`, once a day, looks for everything
 * that was missed.
 */
export const handler = middy<{ job: 'poll' | 'sweep' }>()
  .use(injectLambdaContext(logger))
  .handler(async ({ job }, context) => {
    const secondsLeft = () => context.getRemainingTimeInMillis() / 1000;
    if (job === 'sweep') return sweepConnections(deployment, secondsLeft);
    try {
      await pollDueConnections(deployment, secondsLeft);
    } finally {
      await pumpBackfills(deployment);
    }
  });
