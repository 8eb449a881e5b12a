import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { openDeployment } from '../../lib/flows/deployment.ts';
import { refreshTokens } from '../../lib/flows/tokens/refresh-tokens.ts';

const logger = new Logger({ serviceName: 'refresh-tokens' });
const deployment = openDeployment(process.env, logger);

export const handler = middy()
  .use(injectLambdaContext(logger))
  .handler(() => refreshTokens(deployment));
