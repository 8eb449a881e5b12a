import { randomUUID } from 'node:crypto';
import type { App, Apps } from './apps.ts';
import type { People, Person } from './people.ts';
import { OWNER } from './people.ts';
import { READ_SCOPES } from './scopes.ts';
import type { Tokens } from './tokens.ts';

interface Registry {
  apps: Apps;
  people: People;
  tokens: Tokens;
  /** Throws where there is no such organisation. */
  books(tenantId: string): { tenantId: string };
}

/** What developers do in the portal, and what people do in Xero about who may use what. */
export function permissions({ apps, people, tokens, books }: Registry) {
  const known = (tenantId: string): string => books(tenantId).tenantId;

  return {
    registerApp: (registration: App): void => apps.register(registration),
    /** Allows consent to come back to this address, too. Throws where Xero would not take it. */
    registerRedirectUri(clientId: string, uri: string): void {
      const app = apps.find(clientId);
      apps.register({ ...app, redirectUris: [...(app.redirectUris ?? []), uri] });
    },
    /** Everybody with a login; the first is who consents where nobody is named. */
    people: (): Person[] => people.all(),
    /** A further login. Whoever comes to the consent page is asked which of them they are. */
    addPerson: (person: Person): void => people.add(person),

    /** Somebody consents that the app may use the organisations. Returns the first refresh token. */
    authorise(
      clientId: string,
      tenantIds: string | string[],
      scopes = READ_SCOPES,
      personId = OWNER.id,
    ): string {
      const event = randomUUID();
      for (const tenantId of [tenantIds].flat()) apps.connect(clientId, known(tenantId), personId, event);
      return tokens.consent({ app: apps.find(clientId), personId, scopes, event });
    },
    /**
     * Somebody authorises a custom connection for the one organisation that it is for: the first time, again after it
     * was edited, or for another organisation than before.
     */
    authoriseCustomConnection(clientId: string, tenantId: string): void {
      apps.connect(clientId, known(tenantId), OWNER.id);
    },
    /** The developer edits a custom connection in the portal: it is off until somebody authorises it again. */
    editCustomConnection: (clientId: string): void => apps.disconnect(clientId),

    /** Somebody disconnects the app in Xero: its calls for the organisation are answered 403 from now on. */
    disconnect: (clientId: string, tenantId: string): void => apps.disconnect(clientId, { tenantId }),
    /** Somebody connects the app again, as a new connection; the tokens of the same person's consent reach it. */
    reconnect(clientId: string, tenantId: string, personId = OWNER.id): void {
      apps.connect(clientId, known(tenantId), personId);
    },
    /** Somebody is taken from the organisation's users: connections that live on their rights are answered 403. */
    loseAccess: (tenantId: string, personId = OWNER.id): void => people.loseAccess(personId, known(tenantId)),
    regainAccess: (tenantId: string, personId = OWNER.id): void =>
      people.regainAccess(personId, known(tenantId)),

    /** The consent behind this refresh token is gone: `invalid_grant`, and 401 to the person's access tokens. */
    revoke: (refreshToken: string): void => tokens.revoke(refreshToken),
    /** Every consent that the person gave the app is gone; its connections stay. */
    revokeConsent: (clientId: string, personId = OWNER.id): void =>
      tokens.revokeOf(apps.find(clientId), personId),
  };
}
