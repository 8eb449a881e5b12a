import { randomBytes } from 'node:crypto';
import { guid } from '../../lib/sandbox/seed/identity.ts';
import { signature, webhookBody } from '../../lib/sandbox/xero/webhook-body.ts';

/** The one connection that the bench's webhooks belong to. */
export const CONNECTED = {
  tenantId: guid('tenant', 'bench'),
  webhookKey: randomBytes(64).toString('base64'),
  connectionId: 'bench',
};

/** A signed delivery of so many changed bills, to the byte as Xero writes it. */
export function delivery(events: number): { body: string; signature: string } {
  const queued = Array.from({ length: events }, (_, index) => ({
    tenantId: CONNECTED.tenantId,
    eventCategory: 'INVOICE' as const,
    eventType: 'UPDATE' as const,
    resourceId: guid('bill', String(index)),
    at: new Date('2026-11-20T10:11:12.345Z'),
  }));
  const body = webhookBody(queued, 1, events);
  return { body, signature: signature(body, CONNECTED.webhookKey) };
}

/** The delivery as API Gateway hands it to a function (payload format 2.0). */
export function gatewayEvent(events: number): object {
  const sent = delivery(events);
  return {
    version: '2.0',
    routeKey: 'POST /webhooks/xero',
    rawPath: '/webhooks/xero',
    rawQueryString: '',
    headers: {
      'content-length': String(sent.body.length),
      'content-type': 'application/json; charset=utf-8',
      host: 'abcdefghij.execute-api.us-east-1.amazonaws.com',
      'user-agent': 'Xero/1.0',
      'x-amzn-trace-id': 'Root=1-691ee6a0-0123456789abcdef01234567',
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      'x-xero-signature': sent.signature,
    },
    requestContext: {
      accountId: '000000000000',
      apiId: 'abcdefghij',
      domainName: 'abcdefghij.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'abcdefghij',
      http: {
        method: 'POST',
        path: '/webhooks/xero',
        protocol: 'HTTP/1.1',
        sourceIp: '203.0.113.7',
        userAgent: 'Xero/1.0',
      },
      requestId: 'UAbCdEfGoAMEJQw=',
      routeKey: 'POST /webhooks/xero',
      stage: '$default',
      time: '20/Nov/2026:10:11:13 +0000',
      timeEpoch: 1795255873000,
    },
    body: sent.body,
    isBase64Encoded: false,
  };
}
