import type { Connection } from '../core/connection.ts';
import { RetryLater, Stop } from '../core/errors.ts';
import { breakConnection, breaksConnection } from './break-connection.ts';
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
      await work(connection);
    } catch (error) {
      if (error instanceof RetryLater) deployment.log.warn(error.message, { connection: connection.id });
      else if (error instanceof Stop && breaksConnection(error.code)) {
        deployment.log.error(error.message, { connection: connection.id, code: error.code });
        await breakConnection(deployment, connection, error);
      } else failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} connections failed`);
}
