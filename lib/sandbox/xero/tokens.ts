import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/ports.ts';
import type { App } from './apps.ts';
import type { Consent } from './consent.ts';
import type { RefreshToken, TokenAnswer } from './issued-tokens.ts';
import { createIssuedTokens } from './issued-tokens.ts';
import { oauthError } from './refusals.ts';
import type { Unverified } from './unverified.ts';

const GRACE_SECONDS = 30 * 60;
const IDLE_SECONDS = 60 * 24 * 3600;

/** Issues tokens as Xero does: access for 30 minutes, refresh tokens that rotate and die after 60 idle days. */
export function createTokens(clock: Clock, unverified: Unverified) {
  const issued = createIssuedTokens(clock);
  /** Scopes that a person gave an app so far. */
  const given = new Map<string, string[]>();

  function makeWay(consent: Consent): void {
    if (unverified.newConsentEndsEarlier) issued.endRefresh((other) => giver(other) === giver(consent));
  }

  function end(consent: Consent): void {
    given.delete(giver(consent));
    issued.endAll(({ event }) => event === consent.event);
  }

  return {
    /** The first refresh token of a new consent, for its scopes and no others. */
    consent(consent: Consent): string {
      makeWay(consent);
      return issued.issueRefresh(consent);
    },

    /** The first tokens of a new consent: a refresh token only with `offline_access`. */
    begin(consent: Consent): TokenAnswer {
      makeWay(consent);
      const offline = consent.scopes.includes('offline_access');
      const earlier = unverified.scopesAddUp ? (given.get(giver(consent)) ?? []) : [];
      const lasting = consent.scopes.filter((scope) => scope !== 'offline_access');
      const all = [...new Set([...lasting, ...earlier])];
      given.set(giver(consent), all);
      if (!offline) return issued.issueAccess({ ...consent, scopes: all });
      return issued.issuePair({ ...consent, scopes: ['offline_access', ...all] });
    },

    /** Rotates. A replaced token works for 30 more minutes, for callers who lost the answer. Throws `invalid_grant`. */
    refresh({ clientId }: App, token: string): TokenAnswer {
      const held = issued.findRefresh(token);
      if (!held || held.consent.app.clientId !== clientId || clock.now() > lastUse(held))
        throw oauthError('invalid_grant');
      if (held.next && unverified.graceReuse === 'same-pair') return issued.again(held.next);
      if (unverified.graceReuse === 'fresh-pair-ends-between') issued.endYounger(token);
      held.next = issued.issuePair(held.consent);
      return held.next;
    },

    clientCredentials: (app: App, scopes: string[]): TokenAnswer =>
      issued.issueAccess({ app, scopes, event: randomUUID() }),

    read: issued.read,

    /** The consent that a refresh token of the app goes back to. */
    behind(app: App, token: string): Consent | undefined {
      const consent = issued.findRefresh(token)?.consent;
      return consent?.app.clientId === app.clientId ? consent : undefined;
    },

    /** Ends every token that goes back to the consent. */
    end,

    /** Ends the whole consent that the refresh token goes back to, with every access token of the same giver. */
    revoke(token: string): void {
      const consent = issued.findRefresh(token)?.consent;
      if (!consent) return;
      end(consent);
      issued.endAccess((other) => giver(other) === giver(consent));
    },

    /** Ends whatever the person ever gave the app. */
    revokeOf(app: App, personId: string): void {
      const whose = giver({ app, personId });
      given.delete(whose);
      issued.endAll((consent) => giver(consent) === whose);
    },
  };
}

export type Tokens = ReturnType<typeof createTokens>;

const giver = ({ app, personId }: Pick<Consent, 'app' | 'personId'>): string => `${app.clientId} ${personId}`;

function lastUse({ replacedAt, issuedAt }: RefreshToken): Date {
  return replacedAt ? after(replacedAt, GRACE_SECONDS) : after(issuedAt, IDLE_SECONDS);
}

const after = (instant: Date, seconds: number): Date => new Date(instant.getTime() + seconds * 1000);
