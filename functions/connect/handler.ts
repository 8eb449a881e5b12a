import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { chooseOrganisation } from '../../lib/flows/consent/choose-organisation.ts';
import { openConsentDeployment } from '../../lib/flows/consent/consent-deployment.ts';
import { openConsent } from '../../lib/flows/consent/open-consent.ts';
import { PAGE_HEADERS } from '../../lib/flows/consent/page.ts';
import { receiveCallback } from '../../lib/flows/consent/receive-callback.ts';

const logger = new Logger({ serviceName: 'connect' });
const deployment = openConsentDeployment(process.env, logger);

export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(injectLambdaContext(logger))
  .handler(async (event) => {
    const answer = await route(event);
    if (answer === undefined) return { statusCode: 404, headers: PAGE_HEADERS, body: '' };
    if ('redirect' in answer) {
      const headers = { ...PAGE_HEADERS, location: answer.redirect };
      return { statusCode: 302, headers, cookies: [answer.setCookie], body: '' };
    }
    const headers = { ...PAGE_HEADERS, 'content-type': 'text/html; charset=utf-8' };
    return { statusCode: answer.status, headers, body: answer.page };
  });

function route({
  routeKey,
  rawQueryString,
  cookies = [],
  body = '',
  isBase64Encoded,
}: APIGatewayProxyEventV2) {
  const query = new URLSearchParams(rawQueryString);
  if (routeKey === 'GET /connect/xero') {
    return openConsent(query.get('attempt') ?? undefined, cookies, deployment);
  }
  if (routeKey === 'GET /connect/xero/callback') return receiveCallback(query, cookies, deployment);
  if (routeKey === 'POST /connect/xero/organisation') {
    const form = new URLSearchParams(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString('utf8'));
    return chooseOrganisation(form, cookies, deployment);
  }
  return undefined;
}
