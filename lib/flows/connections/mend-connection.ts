import type { Connection } from '../../core/connection.ts';
import { ConnectorError, Stop } from '../../core/errors.ts';
import type { Revised } from '../../store/table.ts';
import { openBooks, openProjectTool } from '../clients.ts';
import type { Deployment } from '../deployment.ts';
import { breakConnection, breaksConnection, mayMendItself } from './break-connection.ts';
import { confirmTenant } from './confirm-tenant.ts';
import { projectsLost } from './lost-projects.ts';
import { restoreConnection } from './restore-connection.ts';

/**
 * Finds out whether a broken connection works again, and restores it. Asks nobody where only a person who comes to the
 * connector can mend it. Where something else is wrong by now, that is what the connection is broken with.
 */
export async function mendConnection(deployment: Deployment, connection: Revised<Connection>): Promise<void> {
  if (!mayMendItself(connection)) return;
  try {
    await prove(deployment, connection);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    deployment.log.info(`Still broken: ${error.message}`, { connection: connection.id });
    if (error instanceof Stop && breaksConnection(error.code))
      await breakConnection(deployment, connection, error);
    return;
  }
  if (await restoreConnection(deployment, connection)) {
    await projectsLost(deployment, connection, connection.lostProjects ?? []);
  }
}

/** Both sides, whichever failed: a connection that is restored must not break again at its first document. */
async function prove(deployment: Deployment, connection: Connection): Promise<void> {
  await confirmTenant(deployment, connection);
  await (await openBooks(deployment, connection)).organisation();
  await openProjectTool(deployment, connection).permittedProjects();
}
