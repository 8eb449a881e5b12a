import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../core/ports.ts';
import { accessJwt } from './access-jwt.ts';
import type { App } from './apps.ts';
import { oauthError } from './refusals.ts';
import type { Unverified } from './unverified.ts';

const ACCESS_SECONDS = 1800;
const GRACE_SECONDS = 30 * 60;
const IDLE_SECONDS = 60 * 24 * 3600;

/** What tokens go back to. */
export interface Consent {
  app: App;
  /** Who gave it; nobody behind the tokens of a custom connection. */
  personId?: string;
  scopes: string[];
  /** Also the `authEventId` of the connections that were made with it. */
  event: string;
}

interface AccessToken {
  consent: Consent;
  expiresAt: Date;
}

interface RefreshToken {
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

/** Issues tokens as Xero does: access for 30 minutes, refresh tokens that rotate and die after 60 idle days. */
export function createTokens(clock: Clock, unverified: Unverified) {
  const access = new Map<string, AccessToken>();
  const refresh = new Map<string, RefreshToken>();
  /** Scopes that a person gave an app so far. */
  const given = new Map<string, string[]>();

  function issueAccess(consent: Consent): TokenAnswer {
    const expiresAt = after(clock.now(), ACCESS_SECONDS);
    const token = accessJwt(consent, clock.now(), expiresAt);
    access.set(token, { consent, expiresAt });
    const scope = consent.scopes.join(' ');
    return { access_token: token, expires_in: ACCESS_SECONDS, token_type: 'Bearer', scope };
  }

  function issueRefresh(consent: Consent, access?: string): string {
    for (const earlier of refresh.values())
      if (earlier.consent.event === consent.event) earlier.replacedAt ??= clock.now();
    const token = randomBytes(32).toString('base64url');
    refresh.set(token, { consent, issuedAt: clock.now(), ...(access !== undefined && { access }) });
    return token;
  }

  function issuePair(consent: Consent): TokenAnswer {
    const answer = issueAccess(consent);
    return { ...answer, refresh_token: issueRefresh(consent, answer.access_token) };
  }

  function endRefresh(ends: (held: RefreshToken) => boolean): void {
    for (const [key, held] of refresh) if (ends(held)) refresh.delete(key);
  }

  function endAccess(ends: (held: AccessToken, key: string) => boolean): void {
    for (const [key, held] of access) if (ends(held, key)) access.delete(key);
  }

  function end(consent: Consent): void {
    given.delete(giver(consent));
    endRefresh((held) => held.consent.event === consent.event);
    endAccess((held) => held.consent.event === consent.event);
  }

  function makeWay(consent: Consent): void {
    if (unverified.newConsentEndsEarlier) endRefresh((held) => giver(held.consent) === giver(consent));
  }

  /** Ends every pair of the consent that is younger than this token. */
  function endYounger(token: string): void {
    const keys = [...refresh.keys()];
    const { consent } = refresh.get(token)!;
    for (const key of keys.slice(keys.indexOf(token) + 1)) {
      const younger = refresh.get(key)!;
      if (younger.consent.event !== consent.event) continue;
      refresh.delete(key);
      if (younger.access !== undefined) access.delete(younger.access);
    }
  }

  return {
    /** The first refresh token of a new consent, for its scopes and no others. */
    consent(consent: Consent): string {
      makeWay(consent);
      return issueRefresh(consent);
    },

    /** The first tokens of a new consent: a refresh token only with `offline_access`. */
    begin(consent: Consent): TokenAnswer {
      makeWay(consent);
      const offline = consent.scopes.includes('offline_access');
      const earlier = unverified.scopesAddUp ? (given.get(giver(consent)) ?? []) : [];
      const lasting = consent.scopes.filter((scope) => scope !== 'offline_access');
      const all = [...new Set([...lasting, ...earlier])];
      given.set(giver(consent), all);
      const wider = { ...consent, scopes: offline ? ['offline_access', ...all] : all };
      return offline ? issuePair(wider) : issueAccess(wider);
    },

    /** Rotates. A replaced token works for 30 more minutes, for callers who lost the answer. Throws `invalid_grant`. */
    refresh({ clientId }: App, token: string): TokenAnswer {
      const held = refresh.get(token);
      if (!held || held.consent.app.clientId !== clientId || clock.now() > lastUse(held))
        throw oauthError('invalid_grant');
      if (held.next && unverified.graceReuse === 'same-pair') return aged(held.next);
      if (unverified.graceReuse === 'fresh-pair-ends-between') endYounger(token);
      held.next = issuePair(held.consent);
      return held.next;
    },

    clientCredentials: (app: App, scopes: string[]): TokenAnswer =>
      issueAccess({ app, scopes, event: randomUUID() }),

    /** What the access token stands for; `expired` where its time is over. */
    read(token: string): AccessToken | 'unknown' | { expired: Date } {
      const held = access.get(token);
      if (!held) return 'unknown';
      return clock.now() >= held.expiresAt ? { expired: held.expiresAt } : held;
    },

    /** The consent that a refresh token of the app goes back to. */
    behind(app: App, token: string): Consent | undefined {
      const consent = refresh.get(token)?.consent;
      return consent?.app.clientId === app.clientId ? consent : undefined;
    },

    /** Ends every token that goes back to the consent. */
    end,

    /** Ends the whole consent that the refresh token goes back to. */
    revoke(token: string): void {
      const held = refresh.get(token);
      if (held) end(held.consent);
    },

    /** Ends whatever the person ever gave the app. */
    revokeOf(app: App, personId: string): void {
      const whose = giver({ app, personId });
      given.delete(whose);
      endRefresh(({ consent }) => giver(consent) === whose);
      endAccess(({ consent }) => giver(consent) === whose);
    },
  };

  /** The same pair again, later. */
  function aged(answer: TokenAnswer): TokenAnswer {
    const until = access.get(answer.access_token)!.expiresAt.getTime();
    return { ...answer, expires_in: Math.max(0, Math.floor((until - clock.now().getTime()) / 1000)) };
  }
}

export type Tokens = ReturnType<typeof createTokens>;

const giver = ({ app, personId }: Pick<Consent, 'app' | 'personId'>): string => `${app.clientId} ${personId}`;

function lastUse({ replacedAt, issuedAt }: RefreshToken): Date {
  return replacedAt ? after(replacedAt, GRACE_SECONDS) : after(issuedAt, IDLE_SECONDS);
}

const after = (instant: Date, seconds: number): Date => new Date(instant.getTime() + seconds * 1000);
