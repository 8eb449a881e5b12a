import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../core/ports.ts';
import type { App } from './apps.ts';
import type { Consent } from './consent.ts';
import type { TokenAnswer } from './issued-tokens.ts';
import { oauthError } from './refusals.ts';
import type { Tokens } from './tokens.ts';
import type { Unverified } from './unverified.ts';

const LIFE_MILLISECONDS = 5 * 60_000;

interface Code {
  consent: Consent;
  redirectUri: string;
  challenge: string | undefined;
  issuedAt: Date;
  used: boolean;
}

/** Authorization codes: each for one exchange by its own app, within five minutes. */
export function createCodes(clock: Clock, tokens: Tokens, { replayedCodeRevokes }: Unverified) {
  const codes = new Map<string, Code>();

  return {
    issue(consent: Consent, redirectUri: string, challenge?: string): string {
      const code = randomBytes(32).toString('base64url');
      codes.set(code, { consent, redirectUri, challenge, issuedAt: clock.now(), used: false });
      return code;
    },

    /** Any attempt of its own app uses the code up, a wrong one too. Throws `invalid_grant` or `invalid_request`. */
    redeem(app: App, form: URLSearchParams): TokenAnswer {
      if (!form.has('code') || !form.has('redirect_uri')) throw oauthError('invalid_request');
      const code = codes.get(form.get('code')!);
      if (!code || code.consent.app.clientId !== app.clientId) throw oauthError('invalid_grant');
      const replayed = code.used;
      code.used = true;
      if (replayed && replayedCodeRevokes) tokens.end(code.consent);
      const late = clock.now().getTime() - code.issuedAt.getTime() > LIFE_MILLISECONDS;
      const here = form.get('redirect_uri') === code.redirectUri;
      if (replayed || late || !here || !proves(form.get('code_verifier'), code.challenge))
        throw oauthError('invalid_grant');
      return tokens.begin(code.consent);
    },
  };
}

export type Codes = ReturnType<typeof createCodes>;

/** PKCE, S256 alone. A verifier where no challenge was sent means that somebody took the challenge out. */
function proves(verifier: string | null, challenge: string | undefined): boolean {
  if (verifier === null || challenge === undefined) return verifier === null && challenge === undefined;
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}
