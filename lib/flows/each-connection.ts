import type { Connection } from '../core/connection.ts';
import { mayCarry } from '../core/connection.ts';
import { RetryLater, Stop } from '../core/errors.ts';
import type { Revised } from '../store/table.ts';
import { breakConnection, breaksConnection } from './connections/break-connection.ts';
import type { Deployment } from './deployment.ts';

type Work = (connection: Revised<Connection>) => Promise<unknown>;

/** So that one slow vendor does not hold up the connections of others. */
const AT_ONCE = 8;

/** Does the work for every connection whose documents are carried, like `eachConnection`. */
export function eachLiveConnection(deployment: Deployment, work: Work): Promise<void> {
  return eachConnection(deployment, mayCarry, work);
}

/**
 * Does the work for every connection that is wanted, some at the same time. One connection's trouble never keeps
 * another from its turn: what passes by itself is logged, what only a person can mend breaks that connection, anything
 * else is thrown at the end.
 */
export async function eachConnection(
  deployment: Deployment,
  isWanted: (connection: Connection) => boolean,
  work: Work,
): Promise<void> {
  const failures: unknown[] = [];
  const waiting = (await deployment.connections.list()).filter(isWanted).values();
  const takeTurns = async () => {
    for (const connection of waiting) {
      try {
        await workOn(connection, work, deployment);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeTurns));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} connections failed`);
}

async function workOn(connection: Revised<Connection>, work: Work, deployment: Deployment): Promise<void> {
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
