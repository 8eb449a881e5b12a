import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { openDeployment } from '../../lib/flows/deployment.ts';
import { pollDueConnections, sweepConnections } from '../../lib/flows/poll/poll-xero.ts';

const logger = new Logger({ serviceName: 'poll-xero' });
const deployment = openDeployment(process.env, logger);

/** `poll` looks for changed orders where it is time to; `sweep`, once a day, for everything that was missed. */
export const handler = middy<{ job: 'poll' | 'sweep' }>()
  .use(injectLambdaContext(logger))
  .handler(({ job }, context) => {
    const run = job === 'sweep' ? sweepConnections : pollDueConnections;
    return run(deployment, () => context.getRemainingTimeInMillis() / 1000);
  });
