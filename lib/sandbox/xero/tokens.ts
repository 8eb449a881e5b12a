import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../core/ports.ts';
import type { App } from './apps.ts';
import { oauthError } from './refusals.ts';

const ACCESS_SECONDS = 1800;
const GRACE_SECONDS = 30 * 60;
const IDLE_SECONDS = 60 * 24 * 3600;

interface AccessToken {
  app: App;
  scopes: string[];
  expiresAt: Date;
}

interface RefreshToken {
  app: App;
  scopes: string[];
  /** All refresh tokens that go back to one consent. */
  consent: string;
  issuedAt: Date;
  /** When a newer one of the consent took its place. */
  replacedAt?: Date;
}

export interface TokenAnswer {
  access_token: string;
  expires_in: number;
  token_type: 'Bearer';
  refresh_token?: string;
  scope: string;
}

/** Issues tokens as Xero does: access for 30 minutes, refresh tokens that rotate and die after 60 idle days. */
export function createTokens(clock: Clock) {
  const access = new Map<string, AccessToken>();
  const refresh = new Map<string, RefreshToken>();

  function issueAccess(app: App, scopes: string[]): TokenAnswer {
    const expiresAt = after(clock.now(), ACCESS_SECONDS);
    const token = jwt(app, scopes, clock.now(), expiresAt);
    access.set(token, { app, scopes, expiresAt });
    return { access_token: token, expires_in: ACCESS_SECONDS, token_type: 'Bearer', scope: scopes.join(' ') };
  }

  function issueRefresh(app: App, scopes: string[], consent: string): string {
    for (const earlier of refresh.values())
      if (earlier.consent === consent) earlier.replacedAt ??= clock.now();
    const token = randomBytes(32).toString('base64url');
    refresh.set(token, { app, scopes, consent, issuedAt: clock.now() });
    return token;
  }

  return {
    /** The first refresh token of a new consent. */
    consent(app: App, scopes: string[]): string {
      return issueRefresh(app, scopes, randomUUID());
    },

    /** Rotates. A replaced token works for 30 more minutes, for callers who lost the answer. Throws `invalid_grant`. */
    refresh(app: App, token: string): TokenAnswer {
      const held = refresh.get(token);
      const limit = held?.replacedAt
        ? after(held.replacedAt, GRACE_SECONDS)
        : held && after(held.issuedAt, IDLE_SECONDS);
      if (!held || held.app !== app || !limit || clock.now() > limit) throw oauthError('invalid_grant');
      const refresh_token = issueRefresh(app, held.scopes, held.consent);
      return { ...issueAccess(app, held.scopes), refresh_token };
    },

    clientCredentials: issueAccess,

    /** What the access token stands for; `expired` where its time is over. */
    read(token: string): AccessToken | 'unknown' | { expired: Date } {
      const held = access.get(token);
      if (!held) return 'unknown';
      return clock.now() >= held.expiresAt ? { expired: held.expiresAt } : held;
    },

    /** Ends the whole consent that the refresh token goes back to, with the access tokens of its app. */
    revoke(token: string): void {
      const consent = refresh.get(token)?.consent;
      const app = refresh.get(token)?.app;
      for (const [key, held] of refresh) if (held.consent === consent) refresh.delete(key);
      for (const [key, held] of access) if (held.app === app) access.delete(key);
    },
  };
}

export type Tokens = ReturnType<typeof createTokens>;

const after = (instant: Date, seconds: number): Date => new Date(instant.getTime() + seconds * 1000);

/** Looks and weighs like a real one, so that stores and headers are tried with the real length. */
function jwt(app: App, scopes: string[], from: Date, until: Date): string {
  const claims = {
    nbf: Math.floor(from.getTime() / 1000),
    exp: Math.floor(until.getTime() / 1000),
    iss: 'https://identity.xero.com',
    aud: 'https://identity.xero.com/resources',
    client_id: app.clientId,
    xero_userid: randomUUID(),
    jti: randomBytes(16).toString('hex').toUpperCase(),
    scope: scopes,
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return [part({ alg: 'RS256', typ: 'JWT' }), part(claims), randomBytes(256).toString('base64url')].join('.');
}
