import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { systemClock } from '../../lib/core/ports.ts';
import { levelSubscriptions } from '../../lib/flows/approval/level-subscriptions.ts';
import { openDesk } from '../../lib/flows/approval/open-desk.ts';
import { remindApprovers, reviewHeld } from '../../lib/flows/approval/remind-approvers.ts';
import { newClients, openDeployment } from '../../lib/flows/deployment.ts';

const logger = new Logger({ serviceName: 'remind-approvers' });
const clients = newClients();
const deployment = {
  ...openDeployment(process.env, logger, systemClock, clients),
  desk: openDesk(process.env, clients.kms),
};

/** `remind`, by the hour, looks after those who were asked; `review`, by night, at everything that is held. */
export const handler = middy<{ job: 'remind' | 'review' }>()
  .use(injectLambdaContext(logger))
  .handler(async ({ job }) => {
    if (job === 'review') return reviewHeld(deployment);
    await levelSubscriptions(deployment);
    return remindApprovers(deployment);
  });
