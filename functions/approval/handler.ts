import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { openApprovalDoor } from '../../lib/flows/approval/approval-door.ts';
import { handle } from './handle.ts';

const logger = new Logger({ serviceName: 'approval' });
const door = openApprovalDoor(process.env, logger);

export const handler = middy<LambdaFunctionURLEvent, LambdaFunctionURLResult>()
  .use(injectLambdaContext(logger))
  .handler((event) => handle(event, door));
