import type { Settings } from './settings.ts';

/** One Xero organisation ↔ one Procore company, without its secrets. */
export interface Connection {
  id: string;
  name: string;
  state: 'live' | 'broken';
  /** Why it is broken: a stable code (core/codes.ts). */
  code?: string;
  /** ISO instant since which it is broken. */
  brokenSince?: string;
  /** Procore ids of the projects that are no longer permitted; kept while another code stands. */
  lostProjects?: string[];
  /** ISO instant at which a person paused it. Independent of `state`: a paused connection can break and be mended. */
  pausedSince?: string;
  xero: {
    grant: 'refresh_token' | 'client_credentials';
    clientId: string;
    organisation: string;
    currency: string;
  };
  procore: {
    clientId: string;
    companyId: string;
    /** The service account's own user, by which Procore's webhooks tell who made a change. */
    userId?: string;
  };
  settings: Settings;
  /** ISO instant. */
  createdAt: string;
}

/** How a connection stands, in the one word that people are shown. */
export function standingOf({ state, pausedSince }: Connection): 'live' | 'paused' | 'broken' {
  if (state === 'broken') return 'broken';
  return pausedSince === undefined ? 'live' : 'paused';
}

/**
 * Whether documents of the connection may be carried. Where only single projects were taken from the service account,
 * the others go on: their documents must not wait for somebody to permit a project that they do not concern.
 */
export function mayCarry(connection: Connection): boolean {
  return connection.pausedSince === undefined && letsIn(connection);
}

/** Whether both vendors let the connection in as far as is known, if perhaps not to every project; a pause is no matter. */
export function letsIn({ state, code }: Connection): boolean {
  return state === 'live' || code === 'procore-project-not-permitted';
}
