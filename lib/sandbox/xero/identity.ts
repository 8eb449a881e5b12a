import { Hono } from 'hono';
import type { App, Apps } from './apps.ts';
import type { Codes } from './codes.ts';
import type { TokenAnswer } from './issued-tokens.ts';
import { oauthError } from './refusals.ts';
import { mayAskFor, READ_SCOPES, scopesOf } from './scopes.ts';
import type { Tokens } from './tokens.ts';
import type { Unverified } from './unverified.ts';

interface Identity {
  apps: Apps;
  tokens: Tokens;
  codes: Codes;
  unverified: Unverified;
}

/** The token endpoints. Clients sign in by HTTP Basic or in the form. */
export function identityRoutes(identity: Identity): Hono {
  const { apps, tokens } = identity;
  const routes = new Hono();

  routes.post('/connect/token', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const app = signedIn(apps, c.req.header('authorization'), form);
    c.header('cache-control', 'no-store');
    return c.json(answer(identity, app, form));
  });

  /** Takes the person's connections to the app along. A token that is not known is as good as revoked. */
  routes.post('/connect/revocation', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const app = signedIn(apps, c.req.header('authorization'), form);
    if (!form.has('token')) throw oauthError('invalid_request');
    const consent = tokens.behind(app, form.get('token')!);
    if (consent) {
      tokens.end(consent);
      apps.disconnect(app.clientId, { personId: consent.personId! });
    }
    return c.body(null, 200);
  });
  return routes;
}

function answer({ apps, tokens, codes, unverified }: Identity, app: App, form: URLSearchParams): TokenAnswer {
  const grant = form.get('grant_type');
  if (grant !== 'refresh_token' && grant !== 'client_credentials' && grant !== 'authorization_code')
    throw oauthError('unsupported_grant_type');
  if ((grant === 'client_credentials') !== (app.grant === 'client_credentials'))
    throw oauthError('unauthorized_client');
  if (grant === 'authorization_code') return codes.redeem(app, form);
  if (grant === 'refresh_token') return tokens.refresh(app, form.get('refresh_token') ?? '');
  if (apps.connections(app.clientId).length === 0) throw oauthError(unverified.inactiveCustomConnection);
  const asked = scopesOf(form.get('scope'));
  if (!mayAskFor(app, asked)) throw oauthError('invalid_scope');
  return tokens.clientCredentials(app, asked.length > 0 ? asked : READ_SCOPES.slice(1));
}

/** The app that signs in. Throws `invalid_client`. */
function signedIn(apps: Apps, header: string | undefined, form: URLSearchParams): App {
  const basic = /^Basic (.+)$/i.exec(header ?? '')?.[1];
  const [id = '', secret = ''] = basic
    ? Buffer.from(basic, 'base64').toString('utf8').split(':').map(formDecoded)
    : [form.get('client_id') ?? '', form.get('client_secret') ?? ''];
  const app = apps.withSecret(id, secret);
  if (!app) throw oauthError('invalid_client');
  return app;
}

/** OAuth 2 (RFC 6749, 2.3.1) form-encodes id and secret before they are joined. */
function formDecoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
