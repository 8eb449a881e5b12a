import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Invocation } from './execution-environment.ts';
import type { Arrival } from './http-payload.ts';
import { sendMessage, sendResult, toEvent } from './http-payload.ts';
import type { Route } from './http-routes.ts';
import { matchRoute } from './http-routes.ts';
import { readBody } from './http-server.ts';

export type Invoke = (functionName: string, event: unknown) => Promise<Invocation>;

const MEGABYTE = 1024 * 1024;

/** Answers like an HTTP API: routes to functions, 404 for what has no route, at most 10 MB and 30 s. */
export function httpApi(routes: () => Route[], invoke: Invoke, otherwise?: RequestListener): RequestListener {
  return (request, response) => {
    const path = (request.url ?? '/').split('?')[0]!;
    const match = matchRoute(routes(), request.method ?? 'GET', path);
    if (!match) return (otherwise ?? notFound)(request, response);
    const { route, ...parameters } = match;
    void answer(request, response, {
      arrival: { apiId: route.apiId, routeKey: route.routeKey, ...parameters },
      invoke: (event) => invoke(route.functionArn, event),
      bytes: 10 * MEGABYTE,
      timeoutMilliseconds: Math.min(route.timeoutMilliseconds, 30_000),
      failure: [500, 'Internal Server Error'],
    });
  };
}

export interface FunctionUrl {
  id: string;
  functionArn: string;
  /** AWS_IAM demands a signed request; that there is a signature is all that is looked at here. */
  authType: string;
}

/** Answers like a function URL: every path and method goes to the one function, at most 6 MB. */
export function functionUrlListener(url: FunctionUrl, invoke: Invoke): RequestListener {
  return (request, response) => {
    const signed = request.headers.authorization?.startsWith('AWS4-');
    if (url.authType !== 'NONE' && !signed) return sendMessage(response, 403, 'Forbidden');
    void answer(request, response, {
      arrival: { apiId: url.id, routeKey: '$default' },
      invoke: (event) => invoke(url.functionArn, event),
      bytes: 6 * MEGABYTE,
      timeoutMilliseconds: 900_000,
      failure: [502, 'Internal Server Error'],
    });
  };
}

/** 404 as API Gateway says it. */
export const notFound: RequestListener = (_, response) => sendMessage(response, 404, 'Not Found');

interface Terms {
  arrival: Arrival;
  invoke(event: object): Promise<Invocation>;
  bytes: number;
  timeoutMilliseconds: number;
  /** Status and message where the function fails or returns no valid answer. */
  failure: [number, string];
}

async function answer(request: IncomingMessage, response: ServerResponse, terms: Terms) {
  const body = await readBody(request, terms.bytes).catch(() => undefined);
  if (!body) return sendMessage(response, 413, 'Request Entity Too Large');
  const timer = setTimeout(
    () => sendMessage(response, 503, 'Service Unavailable'),
    terms.timeoutMilliseconds,
  );
  const invocation = await terms.invoke(toEvent(request, body, terms.arrival));
  clearTimeout(timer);
  if (response.headersSent) return;
  if (!invocation.ok || !sendResult(response, invocation.payload)) sendMessage(response, ...terms.failure);
}
