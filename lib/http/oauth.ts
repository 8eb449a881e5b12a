import * as oauth from 'oauth4webapi';
import type { Clock } from '../core/ports.ts';
import { retryAfterSeconds } from './limits.ts';

export interface TokenRequest {
  /** The server that issues tokens, without a trailing slash. */
  issuer: string;
  tokenUrl: string;
  clientId: string;
  authentication: oauth.ClientAuth;
  grant: { refreshToken: string } | { clientCredentials: Record<string, string> } | CodeGrant;
  clock: Clock;
  fetch?: typeof fetch | undefined;
}

/** Made by `codeGrant` in a module of its own, which only those load who ask people for consent. */
export interface CodeGrant {
  send(
    server: oauth.AuthorizationServer,
    client: oauth.Client,
    authentication: oauth.ClientAuth,
    options: oauth.TokenEndpointRequestOptions,
  ): Promise<Response>;
  read: typeof oauth.processAuthorizationCodeResponse;
}

export type TokenOutcome =
  | { kind: 'tokens'; accessToken: string; refreshToken?: string; expiresAt: Date }
  /** The server understood and said no: `error` is an OAuth error word such as `invalid_grant`. */
  | { kind: 'refused'; error: string; description?: string }
  /** `limited`: the server refused to start (429), so nothing was issued. Otherwise it may have been, and be lost. */
  | { kind: 'unavailable'; seconds: number; limited: boolean; cause: unknown };

/** Asks a token endpoint once; never throws. Judging the outcome is the vendor's module's. */
export async function requestTokens(request: TokenRequest): Promise<TokenOutcome> {
  let answered: Response | undefined;
  try {
    const tokens = await grantTokens(request, (response) => {
      answered = response;
    });
    return {
      kind: 'tokens',
      accessToken: tokens.access_token,
      ...(tokens.refresh_token && { refreshToken: tokens.refresh_token }),
      expiresAt: new Date(request.clock.now().getTime() + (tokens.expires_in ?? 1800) * 1000),
    };
  } catch (cause) {
    return judge(cause, answered, request.clock);
  }
}

async function grantTokens(request: TokenRequest, seen: (response: Response) => void) {
  const { issuer, authentication, grant } = request;
  const server = { issuer, token_endpoint: request.tokenUrl };
  const client = { client_id: request.clientId };
  const options = {
    ...(request.fetch && { [oauth.customFetch]: request.fetch }),
    [oauth.allowInsecureRequests]: isLoopback(request.tokenUrl),
    signal: () => AbortSignal.timeout(20_000),
  };
  const watched = (response: Response) => {
    seen(response);
    return response;
  };
  if ('refreshToken' in grant) {
    const { refreshToken } = grant;
    const sent = oauth.refreshTokenGrantRequest(server, client, authentication, refreshToken, options);
    return oauth.processRefreshTokenResponse(server, client, watched(await sent));
  }
  if ('send' in grant) {
    const sent = await grant.send(server, client, authentication, options);
    return grant.read(server, client, watched(sent));
  }
  const parameters = grant.clientCredentials;
  const sent = oauth.clientCredentialsGrantRequest(server, client, authentication, parameters, options);
  return oauth.processClientCredentialsResponse(server, client, watched(await sent));
}

function judge(cause: unknown, answered: Response | undefined, clock: Clock): TokenOutcome {
  if (cause instanceof oauth.ResponseBodyError && answered!.status < 500 && answered!.status !== 429) {
    const description = cause.error_description;
    return { kind: 'refused', error: cause.error, ...(description && { description }) };
  }
  if (cause instanceof oauth.WWWAuthenticateChallengeError || answered?.status === 401) {
    return { kind: 'refused', error: 'invalid_client' };
  }
  const seconds = answered ? retryAfterSeconds(answered.headers, clock.now()) : undefined;
  return {
    kind: 'unavailable',
    seconds: seconds ?? 60,
    limited: answered?.status === 429,
    cause: withoutTokens(cause),
  };
}

/** What went wrong, without the answer: errors of the library carry it whole, tokens and all, and JSON's quote it. */
function withoutTokens(cause: unknown): Error {
  if (!(cause instanceof Error)) return new Error('the token endpoint failed');
  const fromAnswer =
    cause instanceof oauth.OperationProcessingError || cause instanceof oauth.ResponseBodyError;
  if (!fromAnswer) return cause;
  return Object.assign(new Error(cause.message), { name: cause.name, code: cause.code });
}

/** Plain HTTP is allowed on the machine itself alone, where stand-ins of the vendors run. */
function isLoopback(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
