import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { openDeployment } from '../../lib/flows/deployment.ts';
import { pollDueConnections, sweepConnections } from '../../lib/flows/poll/poll-xero.ts';
import { releaseWaiting } from '../../lib/flows/waiting-room.ts';

const logger = new Logger({ serviceName: 'poll-xero' });
const deployment = openDeployment(process.env, logger);

/** `poll` queues what has waited long enough and looks for changed orders where it is time to; `sweep`, once a day, for everything that was missed. */
export const handler = middy<{ job: 'poll' | 'sweep' }>()
  .use(injectLambdaContext(logger))
  .handler(async ({ job }, context) => {
    const secondsLeft = () => context.getRemainingTimeInMillis() / 1000;
    try {
      if (job === 'sweep') return await sweepConnections(deployment, secondsLeft);
      await releaseWaiting(deployment);
      await pollDueConnections(deployment, secondsLeft);
    } finally {
      await deployment.governor.rest();
    }
  });
