import { gatewayEvent } from './webhook-delivery.ts';

export interface FirstEvent {
  event: object;
  /** What a function says that dealt with it. */
  answer: string;
  /** A person waits for it. */
  page?: boolean;
}

/**
 * The first thing that each function hears of, by its logical id: something usual with as little to do about it as there
 * can be, so that what is measured is the start. There is no connection in the table.
 */
export const FIRST_EVENTS: Record<string, FirstEvent> = {
  XeroWebhook: { event: gatewayEvent(1), answer: '200' },
  // Without Procore's secret: refused once the directory was read.
  ProcoreWebhook: { event: gatewayEvent(1), answer: '401' },
  // Two reads and a note of what nobody can deal with.
  SyncDocuments: { event: sqsEvent(change()), answer: 'done' },
  RefreshReferenceData: { event: { job: 'daily' }, answer: 'done' },
  PollXero: { event: { job: 'poll' }, answer: 'done' },
  RefreshTokens: { event: {}, answer: 'done' },
  RemindApprovers: { event: { job: 'remind' }, answer: 'done' },
  Approval: { event: pageEvent('GET', '/no-link'), answer: '404', page: true },
  Connect: { event: pageEvent('GET', '/connect/xero'), answer: '400', page: true },
};

function change() {
  const receivedAt = '2026-11-20T10:11:12.000Z';
  const id = 'd69fb31d-097e-45e2-8c95-03f854c16ffb';
  return { connectionId: 'unknown', kind: 'bill', id, reason: 'webhook', receivedAt };
}

function sqsEvent(body: object): object {
  const attributes = { ApproximateReceiveCount: '1' };
  return { Records: [{ messageId: '1', receiptHandle: '1', body: JSON.stringify(body), attributes }] };
}

function pageEvent(method: string, path: string): object {
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: {},
    requestContext: { http: { method, path }, requestId: 'bench', routeKey: `${method} ${path}` },
    isBase64Encoded: false,
  };
}
