import * as z from 'zod/mini';
import { RetryLater, Stop } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { systemClock } from '../core/ports.ts';
import { id, misfit, optionalText, present } from '../http/fields.ts';
import type { TokenOutcome, TokenRequest } from '../http/oauth.ts';
import { requestTokens } from '../http/oauth.ts';
import { sendPatiently } from '../http/retry.ts';
import { body, judge, xeroLimit } from './failures.ts';

export interface XeroClient {
  /** `https://identity.xero.com` */
  identityUrl: string;
  clientId: string;
  clientSecret: string;
  /** Default the machine's time. */
  clock?: Clock | undefined;
  fetch?: typeof fetch | undefined;
}

export interface XeroTokens {
  accessToken: string;
  expiresAt: Date;
}

/**
 * Trades a refresh token for a new pair. The old one is dead from then on (Xero forgives its reuse for half an hour):
 * store the new one before using the access token.
 * Throws Stop `xero-consent-lost` or `xero-client-refused`, RetryLater `xero-unavailable`.
 */
export async function refreshXeroTokens(
  client: XeroClient & { refreshToken: string },
): Promise<XeroTokens & { refreshToken: string }> {
  const { refreshToken } = client;
  const { accessToken, expiresAt, ...tokens } = granted(await askForTokens(client, { refreshToken }));
  return { accessToken, expiresAt, refreshToken: tokens.refreshToken ?? refreshToken };
}

/**
 * A token of a custom connection, which is tied to one organisation. Throws like refreshXeroTokens, and
 * Stop `xero-custom-connection-inactive` where no organisation authorises it (any more).
 */
export async function xeroClientCredentials(client: XeroClient): Promise<XeroTokens> {
  const outcome = await askForTokens(client, { clientCredentials: {} });
  if (outcome.kind === 'refused' && INACTIVE.has(outcome.error)) {
    throw new Stop('xero-custom-connection-inactive', { facts: { said: outcome.error } });
  }
  const { accessToken, expiresAt } = granted(outcome);
  return { accessToken, expiresAt };
}

/** What a token endpoint says of a client that it knows and gives nothing to. */
const INACTIVE = new Set(['unauthorized_client', 'invalid_grant', 'access_denied']);

/** Asks Xero's token endpoint once; never throws. */
export function askForTokens(client: XeroClient, grant: TokenRequest['grant']): Promise<TokenOutcome> {
  const issuer = client.identityUrl.replace(/\/$/, '');
  return requestTokens({
    issuer,
    tokenUrl: `${issuer}/connect/token`,
    clientId: client.clientId,
    authentication: (_server, _client, _body, headers) => {
      headers.set('authorization', basic(client.clientId, client.clientSecret));
    },
    grant,
    clock: client.clock ?? systemClock,
    fetch: client.fetch,
  });
}

// Plain, as Xero documents it. RFC 6749 would have both parts form-encoded first, which some servers do not undo;
// for the letters, digits, - and _ of Xero's secrets the plain form suits either kind.
function basic(clientId: string, clientSecret: string): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}

/** The tokens, where there are any. Throws like refreshXeroTokens. */
export function granted(outcome: TokenOutcome) {
  if (outcome.kind === 'tokens') return outcome;
  if (outcome.kind === 'unavailable') {
    const code = outcome.limited ? 'xero-rate-limited' : 'xero-unavailable';
    throw new RetryLater(code, outcome.seconds, { cause: outcome.cause });
  }
  if (outcome.error === 'invalid_grant') throw new Stop('xero-consent-lost');
  if (outcome.error === 'invalid_scope') throw new Stop('xero-scope-missing');
  throw new Stop('xero-client-refused', { facts: { said: outcome.error } });
}

/** What an access token may read: one organisation or practice. */
export interface XeroTenant {
  connectionId: string;
  tenantId: string;
  /** `ORGANISATION` or `PRACTICE` */
  type: string;
  name?: string;
  /** The consent by which it was last let in; the access token names its own. */
  authEventId?: string;
}

const connectionsWire = z.array(
  z.object({ id, tenantId: id, tenantType: id, tenantName: optionalText, authEventId: optionalText }),
);

/** The tenants that the token sees; there may be several. Throws RetryLater and Stop like the books do. */
export async function xeroConnections(options: {
  /** `https://api.xero.com` */
  apiUrl: string;
  accessToken: string;
  clock?: Clock | undefined;
  fetch?: typeof fetch | undefined;
}): Promise<XeroTenant[]> {
  const headers = { authorization: `Bearer ${options.accessToken}`, accept: 'application/json' };
  const url = new URL('/connections', options.apiUrl).href;
  const outcome = await sendPatiently(
    { method: 'GET', url, headers, repeatable: true },
    { fetch: options.fetch, clock: options.clock ?? systemClock, limit: xeroLimit },
  );
  const read = connectionsWire.safeParse(body(judge(outcome, 'connections')));
  if (!read.success) {
    throw new Stop('answer-unreadable', { facts: { what: 'connections', why: misfit(read.error) } });
  }
  return read.data.map((wire) =>
    present({
      connectionId: wire.id,
      tenantId: wire.tenantId,
      type: wire.tenantType,
      name: wire.tenantName,
      authEventId: wire.authEventId,
    }),
  );
}
