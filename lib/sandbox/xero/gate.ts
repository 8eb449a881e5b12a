import type { Context } from 'hono';
import type { App, Apps, Connection } from './apps.ts';
import type { Consent } from './consent.ts';
import type { Limits } from './limits.ts';
import type { People } from './people.ts';
import { problem } from './refusals.ts';
import type { Tokens } from './tokens.ts';
import type { Unverified } from './unverified.ts';

export interface Gate {
  apps: Apps;
  people: People;
  tokens: Tokens;
  limits: Limits;
  unverified: Unverified;
}

/** Who calls, by the consent that the access token comes from. Throws 401. */
export function callerOf(c: Context, { tokens, unverified }: Gate): Consent {
  const token = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  const held = token === undefined ? 'unknown' : tokens.read(token);
  if (held === 'unknown') throw unauthorised('AuthenticationUnsuccessful', unverified);
  if ('expired' in held) {
    const when = held.expired.toISOString().slice(0, 19);
    throw unauthorised(`TokenExpired: token expired at ${when}`, unverified);
  }
  return held.consent;
}

export function unauthorised(detail: string, { problemKeys }: Unverified) {
  return problem(401, 'Unauthorized', detail, { keys: problemKeys });
}

/** The connections of the person who consented; a custom connection has its one. */
export function connectionsOf({ app, personId }: Consent, { apps }: Gate): Connection[] {
  return apps
    .connections(app.clientId)
    .filter((connection) => personId === undefined || connection.personId === personId);
}

/** The organisation that the call is for. Throws 403 where it is missing, not connected or not theirs any more. */
export function tenantOf(c: Context, caller: Consent, gate: Gate): string {
  const connected = connectionsOf(caller, gate)
    .filter(({ personId, tenantId }) => gate.people.mayUse(personId, tenantId))
    .map(({ tenantId }) => tenantId);
  const asked = c.req.header('xero-tenant-id')?.toLowerCase();
  const only = caller.app.grant === 'client_credentials' ? connected[0] : undefined;
  const tenantId = asked === undefined ? only : connected.find((known) => known.toLowerCase() === asked);
  if (tenantId === undefined)
    throw problem(403, 'Forbidden', 'AuthenticationUnsuccessful', { keys: gate.unverified.problemKeys });
  return tenantId;
}

/** Lets the call through the limits, does it, and puts what is left of them on the answer, whatever it is. */
export async function throughLimits(
  c: Context,
  { limits }: Gate,
  app: App,
  tenantId: string | undefined,
  work: () => Promise<void>,
): Promise<void> {
  const { headers, leave } = limits.enter(app.clientId, tenantId);
  try {
    await work();
  } finally {
    leave();
  }
  for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
}
