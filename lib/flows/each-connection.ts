import type { Connection } from '../core/connection.ts';
import { RetryLater, Stop } from '../core/errors.ts';
import type { Revised } from '../store/table.ts';
import { breakConnection, breaksConnection } from './connections/break-connection.ts';
import type { Deployment } from './deployment.ts';

/**
 * Does the work for every live connection. One connection's trouble never keeps another from its turn: what passes
 * by itself is logged, what only a person can mend breaks that connection, anything else is thrown at the end.
 */
export async function eachLiveConnection(
  deployment: Deployment,
  work: (connection: Connection) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const connection of await deployment.connections.list()) {
    if (connection.state !== 'live') continue;
    try {
      await workOn(connection, work, deployment);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} connections failed`);
}

async function workOn(
  connection: Revised<Connection>,
  work: (connection: Connection) => Promise<void>,
  deployment: Deployment,
): Promise<void> {
  const { log } = deployment;
  try {
    await work(connection);
  } catch (error) {
    if (error instanceof RetryLater) log.warn(error.message, { connection: connection.id });
    else if (error instanceof Stop && breaksConnection(error.code)) {
      log.error(error.message, { connection: connection.id, code: error.code });
      await breakConnection(deployment, connection, error);
    } else throw error;
  }
}
