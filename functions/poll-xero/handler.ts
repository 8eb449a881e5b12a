import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { pumpBackfills } from '../../lib/flows/backfill/pump.ts';
import { openDeployment } from '../../lib/flows/deployment.ts';
import { pollDueConnections, sweepConnections } from '../../lib/flows/poll/poll-xero.ts';
import { releaseWaiting } from '../../lib/flows/waiting-room.ts';

const logger = new Logger({ serviceName: 'poll-xero' });
const deployment = openDeployment(process.env, logger);

/**
 * `poll` queues what has waited long enough, looks for changed orders where it is time to, and moves backfills on;
 * `sweep`, once a day, looks for everything that was missed.
 */
export const handler = middy<{ job: 'poll' | 'sweep' }>()
  .use(injectLambdaContext(logger))
  .handler(async ({ job }, context) => {
    const secondsLeft = () => context.getRemainingTimeInMillis() / 1000;
    try {
      await (job === 'sweep' ? sweepConnections(deployment, secondsLeft) : eachMinute(secondsLeft));
    } finally {
      await deployment.governor.rest();
    }
  });

async function eachMinute(secondsLeft: () => number): Promise<void> {
  await releaseWaiting(deployment);
  try {
    await pollDueConnections(deployment, secondsLeft);
  } finally {
    await pumpBackfills(deployment);
  }
}
