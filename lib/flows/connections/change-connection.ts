import type { Connection } from '../../core/connection.ts';
import { Stop } from '../../core/errors.ts';
import type { Revised } from '../../store/table.ts';
import type { Deployment } from '../deployment.ts';
import { patiently } from '../in-turn.ts';

/**
 * Changes a connection as it stands now, whatever others change at the same moment; `change` may be asked again and
 * answers undefined where there is nothing to do. Returns the connection as it was before and is now, or undefined.
 * Throws Stop('connection-unknown').
 */
export function changeConnection(
  deployment: Pick<Deployment, 'connections' | 'clock'>,
  id: string,
  change: (connection: Revised<Connection>) => Connection | undefined,
): Promise<{ before: Connection; after: Revised<Connection> } | undefined> {
  return patiently(deployment, async () => {
    const before = await deployment.connections.get(id);
    if (!before) throw new Stop('connection-unknown', { facts: { connection: id } });
    const changed = change(before);
    if (!changed) return undefined;
    return { before, after: await deployment.connections.update({ ...changed, revision: before.revision }) };
  });
}
