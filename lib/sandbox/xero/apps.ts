import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/ports.ts';

/** An app as its developer registered it. A custom connection has the grant `client_credentials`. */
export interface App {
  clientId: string;
  clientSecret: string;
  /** Signs webhooks; an app without one gets none. */
  webhookKey?: string;
  grant: 'refresh_token' | 'client_credentials';
}

export interface Connection {
  id: string;
  clientId: string;
  tenantId: string;
  authEventId: string;
  createdAt: Date;
  updatedAt: Date;
}

/** What an integration that only reads asks for. */
export const READ_SCOPES = [
  'offline_access',
  'accounting.invoices.read',
  'accounting.payments.read',
  'accounting.contacts.read',
  'accounting.settings.read',
  'accounting.attachments.read',
  'accounting.manualjournals.read',
];

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
    register(app: App): void {
      apps.set(app.clientId, app);
    },
    all: () => [...apps.values()],
    /** Throws where there is no such app. */
    find,
    withSecret: (clientId: string, secret: string) => {
      const app = apps.get(clientId);
      return app?.clientSecret === secret ? app : undefined;
    },

    /** A custom connection has one organisation: a new one takes the place of the last. */
    connect(clientId: string, tenantId: string): Connection {
      const custom = find(clientId).grant === 'client_credentials';
      const known = ofApp(clientId).find((connection) => connection.tenantId === tenantId);
      if (custom) for (const other of ofApp(clientId)) if (other !== known) connections.delete(other.id);
      const now = clock.now();
      const connection: Connection = {
        id: randomUUID(),
        clientId,
        tenantId,
        createdAt: now,
        ...known,
        authEventId: randomUUID(),
        updatedAt: now,
      };
      connections.set(connection.id, connection);
      return connection;
    },
    disconnect(clientId: string, tenantId: string): void {
      for (const { id, tenantId: other } of ofApp(clientId)) if (other === tenantId) connections.delete(id);
    },
    /** Whether there was one with this id. */
    removeConnection: (clientId: string, id: string) =>
      connections.get(id)?.clientId === clientId && connections.delete(id),
    connections: ofApp,
    connectedTo: (tenantId: string) =>
      [...connections.values()]
        .filter((connection) => connection.tenantId === tenantId)
        .map(({ clientId }) => find(clientId)),
  };
}

export type Apps = ReturnType<typeof createApps>;
