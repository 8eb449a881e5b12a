import type { Call } from './api.ts';

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
