import type { Connection } from '../../core/connection.ts';
import { letsIn } from '../../core/connection.ts';
import { openProjectTool } from '../clients.ts';
import { announceStanding } from '../connections/announce.ts';
import { confirmTenant } from '../connections/confirm-tenant.ts';
import { projectsRegained } from '../connections/lost-projects.ts';
import { mendConnection } from '../connections/mend-connection.ts';
import type { Deployment } from '../deployment.ts';
import { eachConnection } from '../each-connection.ts';
import type { TokenOwner } from './access-tokens.ts';
import { refreshToken } from './access-tokens.ts';

/**
 * A token that ends within this time is renewed: half as much again as the 20 minutes between two runs. Xero's live
 * 30 minutes and are renewed at every run; Procore's live 90 and are renewed at 60.
 */
const RENEW_BELOW_MS = 30 * 60_000;

/**
 * Keeps every connection alive, paused ones among them: renews the tokens that run out soon, makes sure that Xero still
 * lets the app in, and tries whether what is broken works again. Called every 20 minutes.
 */
export async function refreshTokens(deployment: Deployment): Promise<void> {
  // One after the other: each reads anew how the connections stand.
  const passes = [
    () =>
      eachConnection(
        deployment,
        () => true,
        (connection) => announceStanding(deployment, connection),
      ),
    () =>
      eachConnection(
        deployment,
        (it) => !letsIn(it),
        (connection) => mendConnection(deployment, connection),
      ),
    () => eachConnection(deployment, letsIn, (connection) => keepXero(deployment, connection)),
    () => eachConnection(deployment, letsIn, (connection) => keepProcore(deployment, connection)),
  ];
  const failures: unknown[] = [];
  for (const pass of passes) await pass().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'Not every connection could be looked after');
}

async function keepXero(deployment: Deployment, connection: Connection): Promise<void> {
  await renewSoon(deployment, connection, 'xero');
  await confirmTenant(deployment, connection);
}

async function keepProcore(deployment: Deployment, connection: Connection): Promise<void> {
  await renewSoon(deployment, connection, 'procore');
  const { lostProjects = [] } = connection;
  if (lostProjects.length === 0) return;
  const permitted = await openProjectTool(deployment, connection).permittedProjects();
  const regained = lostProjects.filter((id) => permitted.has(id));
  if (regained.length > 0) await projectsRegained(deployment, connection, regained);
}

async function renewSoon(deployment: Deployment, connection: Connection, owner: TokenOwner): Promise<void> {
  await refreshToken(deployment, connection, owner, (token) => {
    const leftMs = (token?.expiresAt.getTime() ?? 0) - deployment.clock.now().getTime();
    return leftMs > RENEW_BELOW_MS;
  });
}
