import type { Code } from '../core/codes.ts';
import type { Connection } from '../core/connection.ts';
import type { Stop } from '../core/errors.ts';
import type { Revised } from '../store/table.ts';
import { WriteConflict } from '../store/write-conflict.ts';
import type { Deployment } from './deployment.ts';

/** What no document of a connection can get past. */
const BREAKING: ReadonlySet<Code> = new Set([
  'xero-consent-lost',
  'xero-client-refused',
  'xero-disconnected',
  'xero-scope-missing',
  'procore-client-refused',
  'procore-wrong-company',
  'secret-unreadable',
]);

export function breaksConnection(code: Code): boolean {
  return BREAKING.has(code);
}

/**
 * Marks the connection broken and says so on the event bus, once; its work waits until somebody reconnects it.
 * `connection` is as it was read before the work that failed: where it changed since, somebody else has marked it or
 * has just reconnected it, and this failure is about what it was.
 */
export async function breakConnection(
  { connections, events }: Pick<Deployment, 'connections' | 'events'>,
  connection: Revised<Connection>,
  error: Stop,
): Promise<void> {
  const { code, message, fix } = error;
  try {
    await connections.update({ ...connection, state: 'broken', code });
  } catch (failure) {
    if (failure instanceof WriteConflict) return;
    throw failure;
  }
  const { id, name } = connection;
  await events.publish('ConnectionBroken', { connectionId: id, name, code, message, fix });
}
