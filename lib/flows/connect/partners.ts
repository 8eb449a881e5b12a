import { createHash } from 'node:crypto';
import type { Connection } from '../../core/connection.ts';
import { BadInput } from '../../core/errors.ts';
import type { Deployment } from '../deployment.ts';
import { ownerOfTenant } from '../webhook/webhook-directory.ts';
import type { ConnectionFile } from './connection-file.ts';

/** The same for the same name, so that what a failed attempt left behind is found by the next. */
export function connectionIdOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '');
  return [slug || 'connection', createHash('sha256').update(name).digest('hex').slice(0, 8)].join('-');
}

/**
 * Throws BadInput where the organisation or the company is not the one that the connection of this name joins (links
 * and mappings cannot move to others), or where another connection has the organisation. A directory entry without a
 * connection is what a broken attempt left: it may be taken over.
 */
export async function refuseOtherPartners(
  { procore }: Pick<ConnectionFile, 'procore'>,
  tenantId: string,
  existing: Connection | undefined,
  deployment: Deployment,
): Promise<void> {
  const owner = await ownerOfTenant(deployment, tenantId);
  if (existing) {
    if (owner !== existing.id) refuseName(existing);
    refuseOtherCompany({ procore }, existing);
  } else if (owner !== undefined) {
    const connection = await deployment.connections.get(owner);
    if (connection) throw new BadInput('connection-exists', { facts: { connection: connection.name } });
  }
}

/** Throws BadInput('connection-name-taken') where the connection of this name belongs to another Procore company. */
export function refuseOtherCompany({ procore }: Pick<ConnectionFile, 'procore'>, existing: Connection): void {
  if (procore.companyId !== existing.procore.companyId) refuseName(existing);
}

function refuseName({ xero, procore }: Connection): never {
  throw new BadInput('connection-name-taken', {
    facts: { organisation: xero.organisation, company: procore.companyId },
  });
}
