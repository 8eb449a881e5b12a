import { randomBytes } from 'node:crypto';
import type { Consent } from './consent.ts';

/** Looks and weighs like a real one, so that stores and headers are tried with the real length. */
export function accessJwt({ app, personId, scopes, event }: Consent, from: Date, until: Date): string {
  const claims = {
    nbf: Math.floor(from.getTime() / 1000),
    exp: Math.floor(until.getTime() / 1000),
    iss: 'https://identity.xero.com',
    aud: 'https://identity.xero.com/resources',
    client_id: app.clientId,
    ...(personId !== undefined && { xero_userid: personId, authentication_event_id: event }),
    jti: randomBytes(16).toString('hex').toUpperCase(),
    scope: scopes,
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return [part({ alg: 'RS256', typ: 'JWT' }), part(claims), randomBytes(256).toString('base64url')].join('.');
}
