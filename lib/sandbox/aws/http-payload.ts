import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ACCOUNT } from './identity.ts';

/** Where a request arrived: what API Gateway or the function URL tells the function about it. */
export interface Arrival {
  apiId: string;
  routeKey: string;
  pathParameters?: Record<string, string>;
}

/** The event of payload format 2.0 for a request. */
export function toEvent(request: IncomingMessage, body: Buffer, arrival: Arrival): object {
  const [rawPath = '/', rawQueryString = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const { cookie, ...headers } = joinedHeaders(request);
  const query = joinedQuery(rawQueryString);
  return {
    version: '2.0',
    routeKey: arrival.routeKey,
    rawPath: decoded(rawPath),
    rawQueryString,
    ...(cookie && { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(query && { queryStringParameters: query }),
    ...(arrival.pathParameters && { pathParameters: arrival.pathParameters }),
    requestContext: requestContext(request, decoded(rawPath), arrival),
    ...bodyOf(body, headers),
  };
}

/** Sends what a function returned, by the rules of payload format 2.0; false where it is no valid answer. */
export function sendResult(response: ServerResponse, payload: unknown): boolean {
  const result: StructuredResult = isStructured(payload)
    ? payload
    : { statusCode: 200, headers: JSON_TYPE, body: JSON.stringify(payload) };
  const status = Number(result.statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return false;
  if (typeof (result.body ?? '') !== 'string') return false;
  const body = Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8');
  try {
    response.writeHead(status, responseHeaders(result, body)).end(body);
    return true;
  } catch {
    return false;
  }
}

/** Answers as the gateway itself does. */
export function sendMessage(response: ServerResponse, status: number, message: string) {
  response.writeHead(status, JSON_TYPE).end(JSON.stringify({ message }));
}

const JSON_TYPE = { 'content-type': 'application/json' };

interface StructuredResult {
  statusCode: unknown;
  headers?: Record<string, unknown>;
  cookies?: string[];
  body?: string | null;
  isBase64Encoded?: boolean;
}

function isStructured(payload: unknown): payload is StructuredResult {
  return typeof payload === 'object' && payload !== null && 'statusCode' in payload;
}

function responseHeaders({ headers = {}, cookies }: StructuredResult, body: Buffer) {
  const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    ...(body.length > 0 && { 'content-type': 'text/plain;charset=UTF-8' }),
    ...Object.fromEntries(given),
    ...(cookies && { 'set-cookie': cookies }),
    'content-length': body.length,
  };
}

function joinedHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values = []] of Object.entries(request.headersDistinct)) {
    headers[name] = values.join(name === 'cookie' ? '; ' : ',');
  }
  return headers;
}

function joinedQuery(rawQueryString: string): Record<string, string> | undefined {
  if (rawQueryString === '') return undefined;
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    query[name] = name in query ? `${query[name]},${value}` : value;
  }
  return query;
}

/** Only types that are known to be text travel as text; an encoded body never does. */
function bodyOf(body: Buffer, headers: Record<string, string>) {
  if (body.length === 0) return { isBase64Encoded: false };
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  const text =
    !headers['content-encoding'] &&
    /^(text\/.*|application\/(json|javascript|xml)|application\/.*\+(json|xml))$/.test(type);
  return { body: body.toString(text ? 'utf8' : 'base64'), isBase64Encoded: !text };
}

function requestContext(request: IncomingMessage, path: string, { apiId, routeKey }: Arrival) {
  const now = new Date();
  const host = request.headers.host ?? '';
  return {
    accountId: ACCOUNT,
    apiId,
    domainName: host.split(':')[0],
    domainPrefix: apiId,
    http: {
      method: request.method,
      path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.socket.remoteAddress ?? '',
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: randomUUID(),
    routeKey,
    stage: '$default',
    time: commonLogTime(now),
    timeEpoch: now.getTime(),
  };
}

/** As `12/Mar/2020:19:03:58 +0000`. */
function commonLogTime(at: Date): string {
  const [, day, month, year, time] = at.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
