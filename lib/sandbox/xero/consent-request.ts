import type { App, Apps } from './apps.ts';
import { consentErrorPage, redirected } from './consent-answers.ts';
import { mayAskFor, scopesOf } from './scopes.ts';
import type { Unverified } from './unverified.ts';

/** What an app asks a person for, found to be in order. */
export interface ConsentRequest {
  app: App;
  redirectUri: string;
  scopes: string[];
  state?: string;
  /** SHA-256 of the code verifier, base64url. */
  challenge?: string;
}

/**
 * Reads the query of the authorize address. Throws an error page where the app or its redirect URI is not known, since
 * nobody may be sent to an unknown address; whatever else is wrong goes to the app by redirect.
 */
export function readConsentRequest(
  query: URLSearchParams,
  apps: Apps,
  unverified: Unverified,
): ConsentRequest {
  const app = apps.withId(only(query, 'client_id') ?? '');
  if (app?.grant !== 'refresh_token') throw consentErrorPage('unauthorized_client', 'Unknown client');
  const redirectUri = only(query, 'redirect_uri');
  if (redirectUri === undefined || !app.redirectUris?.includes(redirectUri))
    throw consentErrorPage('unauthorized_client', 'Invalid redirect_uri');

  const state = only(query, 'state');
  const scopes = scopesOf(query.get('scope'));
  const challenge = only(query, 'code_challenge');
  const request = {
    app,
    redirectUri,
    scopes,
    ...(state !== undefined && { state }),
    ...(challenge !== undefined && { challenge }),
  };
  const error = wrongWith(query, request);
  if (error === undefined) return request;
  if (unverified.consentErrors === 'page') throw consentErrorPage(error, 'The request is not in order');
  throw redirected(request, { error });
}

/** The OAuth error word, if there is one to say. */
function wrongWith(query: URLSearchParams, { app, scopes, challenge }: ConsentRequest): string | undefined {
  if ([...query.keys()].some((name) => query.getAll(name).length > 1)) return 'invalid_request';
  if (!query.has('response_type')) return 'invalid_request';
  if (query.get('response_type') !== 'code') return 'unsupported_response_type';
  if (scopes.length === 0 || !mayAskFor(app, scopes)) return 'invalid_scope';
  const method = query.get('code_challenge_method');
  if (challenge === undefined) return method === null ? undefined : 'invalid_request';
  return method === 'S256' && /^[\w-]{43}$/.test(challenge) ? undefined : 'invalid_request';
}

/** The parameter, unless it is missing or there are several. */
function only(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}
