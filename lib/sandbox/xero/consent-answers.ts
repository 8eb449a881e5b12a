import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import { page, pageHeaders } from './page.ts';

/** Sends the browser back to the app: made to be thrown inside a route. */
export function redirected(
  { redirectUri, state }: { redirectUri: string; state?: string },
  said: Record<string, string>,
): HTTPException {
  const target = new URL(redirectUri);
  const all = { ...said, ...(state !== undefined && { state }) };
  for (const [name, value] of Object.entries(all)) target.searchParams.set(name, value);
  const headers = { location: target.href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
  return new HTTPException(302, { res: new Response(null, { status: 302, headers }) });
}

/** What a person sees where nobody can be sent back: made to be thrown inside a route. */
export function consentErrorPage(error: string, reason: string): HTTPException {
  const body = page('Sorry, something went wrong', html`<p>Error: ${error}</p><p>${reason}</p>`);
  return new HTTPException(400, { res: new Response(String(body), { status: 400, headers: pageHeaders }) });
}
