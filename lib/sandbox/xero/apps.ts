import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/ports.ts';
import { registrable } from './redirect-uris.ts';

/** An app as its developer registered it. A web app (authorization code, then refreshing) has the grant `refresh_token`. */
export interface App {
  clientId: string;
  clientSecret: string;
  /** As the consent page shows it; the client id where it is left out. */
  name?: string;
  /** Where people may be sent back to after consent: https, or http on localhost or 127.0.0.1. */
  redirectUris?: string[];
  /** `YYYY-MM-DD`. Left out, the app is of today and has granular scopes alone. */
  createdOn?: string;
  /** Signs webhooks; an app without one gets none. */
  webhookKey?: string;
  /** A custom connection has `client_credentials`. */
  grant: 'refresh_token' | 'client_credentials';
}

/** Lives on the rights of the person who made it; everybody who lets the app in has one of their own. */
export interface Connection {
  id: string;
  clientId: string;
  tenantId: string;
  personId: string;
  authEventId: string;
  createdAt: Date;
  updatedAt: Date;
}

/** Apps, and the organisations that let them in. */
export function createApps(clock: Clock) {
  const apps = new Map<string, App>();
  const connections = new Map<string, Connection>();

  const ofApp = (clientId: string) =>
    [...connections.values()].filter((connection) => connection.clientId === clientId);

  function find(clientId: string): App {
    const app = apps.get(clientId);
    if (!app) throw new Error(`There is no app ${clientId}`);
    return app;
  }

  return {
    /** Throws where a redirect URI is none that Xero takes. */
    register(app: App): void {
      apps.set(app.clientId, { ...app, redirectUris: (app.redirectUris ?? []).map(registrable) });
    },
    all: () => [...apps.values()],
    /** Throws where there is no such app. */
    find,
    withId: (clientId: string) => apps.get(clientId),
    withSecret: (clientId: string, secret: string) => {
      const app = apps.get(clientId);
      return app?.clientSecret === secret ? app : undefined;
    },

    /** A custom connection has one organisation: a new one takes the place of the last. */
    connect(
      clientId: string,
      tenantId: string,
      personId: string,
      authEventId: string = randomUUID(),
    ): Connection {
      const custom = find(clientId).grant === 'client_credentials';
      const known = ofApp(clientId).find(
        (other) => other.tenantId === tenantId && other.personId === personId,
      );
      if (custom) for (const other of ofApp(clientId)) if (other !== known) connections.delete(other.id);
      const now = clock.now();
      const connection: Connection = {
        id: randomUUID(),
        clientId,
        tenantId,
        personId,
        createdAt: now,
        ...known,
        authEventId,
        updatedAt: now,
      };
      connections.set(connection.id, connection);
      return connection;
    },
    /** Ends the connections of the app that are told, whoever made them. */
    disconnect(
      clientId: string,
      { tenantId, personId }: { tenantId?: string; personId?: string } = {},
    ): void {
      for (const other of ofApp(clientId)) {
        if (tenantId !== undefined && other.tenantId !== tenantId) continue;
        if (personId !== undefined && other.personId !== personId) continue;
        connections.delete(other.id);
      }
    },
    removeConnection: (id: string): boolean => connections.delete(id),
    connections: ofApp,
    connectedTo(tenantId: string): App[] {
      const connected = [...connections.values()].filter((connection) => connection.tenantId === tenantId);
      return [...new Set(connected.map(({ clientId }) => clientId))].map(find);
    },
  };
}

export type Apps = ReturnType<typeof createApps>;
