import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { DomainEvents } from '../../lib/aws/events.ts';
import { systemClock } from '../../lib/core/ports.ts';
import { askAbout } from '../../lib/flows/approval/ask-approvers.ts';
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

type Told = { detail: DomainEvents['ApprovalRequested'] };

/**
 * Asks about what the bus tells of; `remind`, by the hour, looks after those who were asked; `review`, by night, looks
 * again at everything that is held.
 */
export const handler = middy<{ job: 'remind' | 'review' } | Told>()
  .use(injectLambdaContext(logger))
  .handler(async (event) => {
    if ('detail' in event) return askAbout(event.detail, deployment);
    if (event.job === 'review') return reviewHeld(deployment);
    await levelSubscriptions(deployment);
    return remindApprovers(deployment);
  });
