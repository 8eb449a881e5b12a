/** One call of the API. */
export interface Call {
  /** `/rest/v1.0/…` */
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  /** Names the record in error messages: `vendor "Acme"`. */
  what: string;
}

/**
 * The call for the next page, from `Link: <…>; rel="next"`; undefined on the last one.
 * Only path and query of the link are taken: the token must not follow it to another host.
 */
export function nextPage(call: Call, headers: Headers): Call | undefined {
  const target = /<([^>]+)>\s*;[^,]*\brel="?next"?/i.exec(headers.get('link') ?? '')?.[1];
  if (!target) return undefined;
  const { pathname, search } = new URL(target, 'http://procore.invalid');
  return { path: `${pathname}${search}`, what: call.what };
}
