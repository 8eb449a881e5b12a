import type { Connection } from '../core/connection.ts';
import { Stop } from '../core/errors.ts';
import type { Books, Organisation, ProjectTool } from '../core/ports.ts';
import type { Priority } from '../core/priority.ts';
import type { ProcoreOptions } from '../procore/api.ts';
import { createProjectTool } from '../procore/project-tool.ts';
import { createXeroBooks } from '../xero/books.ts';
import type { Deployment } from './deployment.ts';
import { tokenSource } from './tokens/access-tokens.ts';
import { mustOpen, openSecret, putSecret } from './tokens/secrets.ts';

/**
 * How long a call waits in place for a limit to lift where it is one among many that were begun together, or the next page
 * of many: Procore lets some 25 through in ten seconds, Xero 60 in a minute.
 */
export const BATCH_PATIENCE_SECONDS = 60;

/**
 * The books of this connection's organisation, and of no other: the tenant id comes from its own sealed record, and
 * where Xero tells whose answer it is, another organisation's is Stop('xero-wrong-organisation').
 * Less urgent calls give way to more urgent ones of the same organisation.
 */
export async function openBooks(
  deployment: Deployment,
  connection: Connection,
  priority: Priority = 'webhook',
  patienceSeconds?: number,
): Promise<Books> {
  const tenant = await mustOpen(deployment, connection.id, 'xero-tenant');
  const { current, refreshed } = tokenSource(deployment, connection, 'xero');
  const books = createXeroBooks({
    apiUrl: deployment.vendors.xeroApiUrl,
    tenantId: tenant.value.reveal(),
    accessToken: current,
    refreshed,
    gate: deployment.governor.xero(connection, priority),
    patienceSeconds,
    clock: deployment.clock,
    fetch: deployment.fetch,
  });
  const organisation = async () => pinned(await books.organisation(), deployment, connection);
  return { ...books, organisation };
}

/** The first organisation that answers is the one that is expected from then on. */
async function pinned(
  organisation: Organisation,
  deployment: Deployment,
  { id, xero }: Connection,
): Promise<Organisation> {
  const expected = await openSecret(deployment, id, 'xero-organisation');
  if (!expected)
    await putSecret(deployment, id, 'xero-organisation', organisation.id, { expectedRevision: 0 });
  else if (expected.value.reveal().toLowerCase() !== organisation.id.toLowerCase()) {
    const facts = { connected: xero.organisation, answered: organisation.name };
    throw new Stop('xero-wrong-organisation', { facts });
  }
  return organisation;
}

export function openProjectTool(
  deployment: Deployment,
  connection: Connection,
  priority: Priority = 'webhook',
  patienceSeconds?: number,
): ProjectTool {
  return createProjectTool({ ...procoreOptions(deployment, connection, priority), patienceSeconds });
}

/** What every client of the connection's Procore company is built with. */
export function procoreOptions(
  deployment: Deployment,
  connection: Connection,
  priority: Priority = 'webhook',
): ProcoreOptions {
  const { current, refreshed } = tokenSource(deployment, connection, 'procore');
  return {
    apiUrl: deployment.vendors.procoreApiUrl,
    companyId: connection.procore.companyId,
    accessToken: current,
    refreshed,
    gate: deployment.governor.procore(connection, priority),
    clock: deployment.clock,
    fetch: deployment.fetch,
  };
}
