import * as oauth from 'oauth4webapi';
import type { CodeGrant } from './oauth.ts';

/** What one visit to a vendor's consent page is recognised and proven by: 256 random bits each. */
export interface ConsentProof {
  state: string;
  /** Of PKCE; only its hash travels through the browser. */
  codeVerifier: string;
}

export function newConsentProof(): ConsentProof {
  return { state: oauth.generateRandomState(), codeVerifier: oauth.generateRandomCodeVerifier() };
}

/** The PKCE challenge of the verifier, by the method S256. */
export function challengeOf({ codeVerifier }: ConsentProof): Promise<string> {
  return oauth.calculatePKCECodeChallenge(codeVerifier);
}

/** What the vendor's answer comes to. */
export type ConsentAnswer =
  | { kind: 'code'; grant: CodeGrant }
  /** `error` is an OAuth error word such as `access_denied`. */
  | { kind: 'refused'; error: string }
  /** It does not belong to what was asked, or is no answer at all. */
  | { kind: 'strange' };

/** Reads the query with which the browser came back from the vendor. Never throws. */
export function readConsentAnswer(
  query: URLSearchParams,
  asked: { issuer: string; clientId: string; redirectUri: string; proof: ConsentProof },
): ConsentAnswer {
  const { issuer, clientId, redirectUri, proof } = asked;
  try {
    const parameters = oauth.validateAuthResponse({ issuer }, { client_id: clientId }, query, proof.state);
    if (!parameters.get('code')) return { kind: 'strange' };
    return { kind: 'code', grant: codeGrant(parameters, redirectUri, proof.codeVerifier) };
  } catch (error) {
    // Nothing of it goes on as a cause: it carries the query with the code.
    if (error instanceof oauth.AuthorizationResponseError) return { kind: 'refused', error: error.error };
    return { kind: 'strange' };
  }
}

function codeGrant(parameters: URLSearchParams, redirectUri: string, codeVerifier: string): CodeGrant {
  return {
    send: (server, client, authentication, options) =>
      oauth.authorizationCodeGrantRequest(
        server,
        client,
        authentication,
        parameters,
        redirectUri,
        codeVerifier,
        options,
      ),
    read: oauth.processAuthorizationCodeResponse,
  };
}
