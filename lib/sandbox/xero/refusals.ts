import { randomUUID } from 'node:crypto';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Answers with which Xero turns a call away: each is made to be thrown inside a route. */

type Headers = Record<string, string>;

/** Problem JSON of the gateway: tokens, tenants, limits. */
export function problem(
  status: ContentfulStatusCode,
  title: string,
  detail: string,
  { keys = 'lower', headers = {} }: { keys?: 'lower' | 'capital'; headers?: Headers } = {},
): HTTPException {
  const body = { type: null, title, status, detail, instance: randomUUID(), extensions: {} };
  const named =
    keys === 'lower'
      ? body
      : Object.fromEntries(Object.entries(body).map(([key, value]) => [capital(key), value]));
  return answer(status, JSON.stringify(named), { 'content-type': 'application/problem+json', ...headers });
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** A bad parameter or a record that breaks a rule. */
export function invalid(message: string): HTTPException {
  return apiError(400, 10, 'ValidationException', 'A validation exception occurred', [message]);
}

/** A `where` or `order` that cannot be read. */
export function unreadableQuery(message: string): HTTPException {
  return apiError(400, 16, 'QueryParseException', message);
}

export function notImplemented(): HTTPException {
  return apiError(501, 20, 'ApiMethodNotImplementedException', 'The Api Method called is not implemented');
}

function apiError(
  status: ContentfulStatusCode,
  ErrorNumber: number,
  Type: string,
  Message: string,
  reasons: string[] = [],
): HTTPException {
  const Elements = [{ ValidationErrors: reasons.map((reason) => ({ Message: reason })) }];
  const body = { ErrorNumber, Type, Message, ...(reasons.length > 0 && { Elements }) };
  return answer(status, JSON.stringify(body), { 'content-type': 'application/json; charset=utf-8' });
}

/** Not JSON, as on the real server. */
export function notFound(): HTTPException {
  return answer(404, "The resource you're looking for cannot be found", {
    'content-type': 'text/html; charset=utf-8',
  });
}

/** What the web server in front says to an over-long address: 404, not 414. */
export function tooLong(): HTTPException {
  return answer(404, '<html><head><title>404 - File or directory not found.</title></head></html>', {
    'content-type': 'text/html',
  });
}

/** A file is answered only to whoever asks for its type. */
export function notAcceptable(): HTTPException {
  return answer(406, '', {});
}

export function badPrecondition(): HTTPException {
  return answer(412, '', {});
}

/** An error of the token endpoint. */
export function oauthError(error: string): HTTPException {
  return answer(400, JSON.stringify({ error }), { 'content-type': 'application/json' });
}

function answer(status: ContentfulStatusCode, body: string, headers: Headers): HTTPException {
  return new HTTPException(status, { res: new Response(body, { status, headers }) });
}
