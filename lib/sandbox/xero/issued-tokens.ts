import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/ports.ts';
import { accessJwt } from './access-jwt.ts';
import type { Consent } from './consent.ts';

const ACCESS_SECONDS = 1800;

interface AccessToken {
  consent: Consent;
  expiresAt: Date;
}

export interface RefreshToken {
  consent: Consent;
  issuedAt: Date;
  /** The access token that came with it. */
  access?: string;
  /** When a newer one of the consent took its place. */
  replacedAt?: Date;
  /** What it was traded for at last. */
  next?: TokenAnswer;
}

export interface TokenAnswer {
  access_token: string;
  expires_in: number;
  token_type: 'Bearer';
  refresh_token?: string;
  scope: string;
}

/** The tokens that were issued and not ended, in the order in which they were. */
export function createIssuedTokens(clock: Clock) {
  const access = new Map<string, AccessToken>();
  const refresh = new Map<string, RefreshToken>();

  function issueAccess(consent: Consent): TokenAnswer {
    const expiresAt = new Date(clock.now().getTime() + ACCESS_SECONDS * 1000);
    const token = accessJwt(consent, clock.now(), expiresAt);
    access.set(token, { consent, expiresAt });
    const scope = consent.scopes.join(' ');
    return { access_token: token, expires_in: ACCESS_SECONDS, token_type: 'Bearer', scope };
  }

  /** Takes the place of those that the consent had so far. */
  function issueRefresh(consent: Consent, companion?: string): string {
    for (const earlier of refresh.values())
      if (earlier.consent.event === consent.event) earlier.replacedAt ??= clock.now();
    const token = randomBytes(32).toString('base64url');
    refresh.set(token, { consent, issuedAt: clock.now(), ...(companion && { access: companion }) });
    return token;
  }

  function endRefresh(ends: (consent: Consent) => boolean): void {
    for (const [key, { consent }] of refresh) if (ends(consent)) refresh.delete(key);
  }

  function endAccess(ends: (consent: Consent) => boolean): void {
    for (const [key, { consent }] of access) if (ends(consent)) access.delete(key);
  }

  return {
    issueAccess,
    issueRefresh,
    issuePair(consent: Consent): TokenAnswer {
      const answer = issueAccess(consent);
      return { ...answer, refresh_token: issueRefresh(consent, answer.access_token) };
    },

    findRefresh: (token: string) => refresh.get(token),

    /** What the access token stands for; `expired` where its time is over. */
    read(token: string): AccessToken | 'unknown' | { expired: Date } {
      const held = access.get(token);
      if (!held) return 'unknown';
      return clock.now() >= held.expiresAt ? { expired: held.expiresAt } : held;
    },

    /** The same answer again, with the seconds that are left. */
    again(answer: TokenAnswer): TokenAnswer {
      const until = access.get(answer.access_token)!.expiresAt.getTime();
      return { ...answer, expires_in: Math.max(0, Math.floor((until - clock.now().getTime()) / 1000)) };
    },

    endRefresh,
    endAccess,
    endAll(ends: (consent: Consent) => boolean): void {
      endRefresh(ends);
      endAccess(ends);
    },

    /** Ends every pair of the consent that is younger than this refresh token. */
    endYounger(token: string): void {
      const keys = [...refresh.keys()];
      const { consent } = refresh.get(token)!;
      for (const key of keys.slice(keys.indexOf(token) + 1)) {
        const younger = refresh.get(key)!;
        if (younger.consent.event !== consent.event) continue;
        refresh.delete(key);
        if (younger.access !== undefined) access.delete(younger.access);
      }
    },
  };
}
