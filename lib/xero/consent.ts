import { BadInput, RetryLater, Stop } from '../core/errors.ts';
import type { ConsentProof } from '../http/consent.ts';
import { challengeOf, readConsentAnswer } from '../http/consent.ts';
import type { XeroClient, XeroTokens } from './oauth.ts';
import { askForTokens, granted } from './oauth.ts';

export type { ConsentProof } from '../http/consent.ts';
export { newConsentProof } from '../http/consent.ts';

/**
 * Reading alone, scope by scope as Xero offers them since 2026: orders, bills and credit notes; payments; suppliers;
 * organisation, accounts and tracking; files; manual journals. offline_access keeps the connection alive afterwards.
 */
export const XERO_SCOPES = [
  'offline_access',
  'accounting.invoices.read',
  'accounting.payments.read',
  'accounting.contacts.read',
  'accounting.settings.read',
  'accounting.attachments.read',
  'accounting.manualjournals.read',
];

/** Where a person consents. `loginUrl` is `https://login.xero.com/identity`. */
export async function xeroConsentUrl(options: {
  loginUrl: string;
  clientId: string;
  redirectUri: string;
  proof: ConsentProof;
}): Promise<string> {
  const { loginUrl, clientId, redirectUri, proof } = options;
  const url = new URL(`${loginUrl.replace(/\/$/, '')}/connect/authorize`);
  // Written out, with %20: a form's + for the blank between scopes is not understood everywhere.
  url.search = Object.entries({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: XERO_SCOPES.join(' '),
    state: proof.state,
    code_challenge: await challengeOf(proof),
    code_challenge_method: 'S256',
  })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return url.href;
}

/** The first tokens of a consent. */
export interface ConsentedTokens extends XeroTokens {
  refreshToken: string;
  /** The consent itself, where the token names it: XeroTenant.authEventId of what it let the app into. */
  authEventId?: string;
}

/**
 * Trades the query with which Xero sent the browser back for tokens. Throws BadInput `consent-declined`,
 * `consent-unknown` (another state, no code), Stop `consent-expired` (code used or too old), `xero-scope-missing`,
 * `xero-client-refused`, and RetryLater.
 */
export async function redeemXeroConsent(
  query: URLSearchParams,
  client: XeroClient & { redirectUri: string; proof: ConsentProof },
): Promise<ConsentedTokens> {
  const answer = readConsentAnswer(query, { ...client, issuer: client.identityUrl.replace(/\/$/, '') });
  if (answer.kind === 'strange') throw new BadInput('consent-unknown');
  if (answer.kind === 'refused') throw refusal(answer.error);
  const outcome = await askForTokens(client, answer.grant);
  if (outcome.kind === 'refused' && outcome.error === 'invalid_grant') throw new Stop('consent-expired');
  const { accessToken, expiresAt, refreshToken } = granted(outcome);
  // Without it the connection would end with its first access token.
  if (refreshToken === undefined)
    throw new Stop('xero-scope-missing', { facts: { scope: 'offline_access' } });
  return { accessToken, expiresAt, refreshToken, ...authEventOf(accessToken) };
}

function refusal(error: string): BadInput | RetryLater | Stop {
  if (error === 'access_denied') return new BadInput('consent-declined');
  if (error === 'invalid_scope') return new Stop('xero-scope-missing', { facts: { said: error } });
  if (error === 'temporarily_unavailable' || error === 'server_error')
    return new RetryLater('xero-unavailable', 60);
  return new Stop('xero-client-refused', { facts: { said: error.slice(0, 60) } });
}

/** The token came straight from Xero, so its claims are taken without looking at the signature. */
function authEventOf(accessToken: string): { authEventId?: string } {
  try {
    const [, claims = ''] = accessToken.split('.');
    const { authentication_event_id: authEventId } = JSON.parse(
      Buffer.from(claims, 'base64url').toString('utf8'),
    );
    return typeof authEventId === 'string' ? { authEventId } : {};
  } catch {
    return {};
  }
}
