import type { Connection } from '../core/connection.ts';
import type { Books, ProjectTool } from '../core/ports.ts';
import { createProjectTool } from '../procore/project-tool.ts';
import { createXeroBooks } from '../xero/books.ts';
import type { Deployment } from './deployment.ts';
import { tokenSource } from './tokens/access-tokens.ts';
import { openSecret } from './tokens/secrets.ts';

/** The books of this connection's organisation, and of no other: the tenant id comes from its own sealed record. */
export async function openBooks(deployment: Deployment, connection: Connection): Promise<Books> {
  const tenant = await openSecret(deployment, connection.id, 'xero-tenant');
  if (!tenant) throw new Error(`connection ${connection.id} was stored without its tenant`);
  const { current, refreshed } = tokenSource(deployment, connection, 'xero');
  return createXeroBooks({
    apiUrl: deployment.vendors.xeroApiUrl,
    tenantId: tenant.value.reveal(),
    accessToken: current,
    refreshed,
    clock: deployment.clock,
    fetch: deployment.fetch,
  });
}

export function openProjectTool(deployment: Deployment, connection: Connection): ProjectTool {
  const { current, refreshed } = tokenSource(deployment, connection, 'procore');
  return createProjectTool({
    apiUrl: deployment.vendors.procoreApiUrl,
    companyId: connection.procore.companyId,
    accessToken: current,
    refreshed,
    clock: deployment.clock,
    fetch: deployment.fetch,
  });
}
