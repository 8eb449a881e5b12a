import type { Code } from '../core/codes.ts';
import type { Connection } from '../core/connection.ts';
import type { Stop } from '../core/errors.ts';
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

/** Marks the connection broken and says so on the event bus, once; its work waits until somebody reconnects it. */
export async function breakConnection(
  { connections, events }: Pick<Deployment, 'connections' | 'events'>,
  { id }: Connection,
  error: Stop,
): Promise<void> {
  const connection = await connections.get(id);
  if (!connection || connection.state === 'broken') return;
  await connections.update({ ...connection, state: 'broken', code: error.code });
  const { code, message, fix } = error;
  await events.publish('ConnectionBroken', { connectionId: id, name: connection.name, code, message, fix });
}
