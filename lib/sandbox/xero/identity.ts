import { Hono } from 'hono';
import type { App, Apps } from './apps.ts';
import { READ_SCOPES } from './apps.ts';
import { oauthError } from './refusals.ts';
import type { TokenAnswer, Tokens } from './tokens.ts';

/** The token endpoint. Clients sign in by HTTP Basic or in the form. */
export function identityRoutes(apps: Apps, tokens: Tokens): Hono {
  return new Hono().post('/connect/token', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const app = signedIn(apps, c.req.header('authorization'), form);
    if (!app) throw oauthError('invalid_client');
    c.header('cache-control', 'no-store');
    return c.json(answer(apps, tokens, app, form));
  });
}

function answer(apps: Apps, tokens: Tokens, app: App, form: URLSearchParams): TokenAnswer {
  const grant = form.get('grant_type');
  if (grant !== 'refresh_token' && grant !== 'client_credentials') throw oauthError('unsupported_grant_type');
  if (grant !== app.grant) throw oauthError('unauthorized_client');
  if (grant === 'refresh_token') return tokens.refresh(app, form.get('refresh_token') ?? '');
  // A custom connection that no organisation has authorised, or was edited since, gives no tokens.
  if (apps.connections(app.clientId).length === 0) throw oauthError('unauthorized_client');
  const asked = form.get('scope')?.split(' ').filter(Boolean);
  return tokens.clientCredentials(app, asked ?? READ_SCOPES.filter((scope) => scope !== 'offline_access'));
}

function signedIn(apps: Apps, header: string | undefined, form: URLSearchParams): App | undefined {
  const basic = /^Basic (.+)$/i.exec(header ?? '')?.[1];
  if (!basic) return apps.withSecret(form.get('client_id') ?? '', form.get('client_secret') ?? '');
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':').map(formDecoded);
  return apps.withSecret(id, secret);
}

/** OAuth 2 (RFC 6749, 2.3.1) form-encodes id and secret before they are joined. */
function formDecoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
