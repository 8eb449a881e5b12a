import type { AuditEntry, ConnectionEvent } from '../../core/links.ts';
import type { Deployment } from '../deployment.ts';

/** The trail of a connection stands beside those of its documents, whose ids are GUIDs. */
const SUBJECT = 'connection';

/** Appends to the trail of the connection as a whole. `detail` is for people and holds no secret. */
export async function tellOfConnection(
  { audit, clock }: Pick<Deployment, 'audit' | 'clock'>,
  connectionId: string,
  event: ConnectionEvent,
  detail: AuditEntry['detail'],
): Promise<void> {
  await audit.append(connectionId, SUBJECT, { at: clock.now().toISOString(), event, detail });
}

/** What happened to the connection, from the first to the last; also of one that was removed. */
export function historyOfConnection(
  { audit }: Pick<Deployment, 'audit'>,
  connectionId: string,
): Promise<AuditEntry[]> {
  return audit.list(connectionId, SUBJECT);
}

/** Whether there was a connection of this id that was removed, and not connected again. */
export async function wasRemoved(
  deployment: Pick<Deployment, 'audit'>,
  connectionId: string,
): Promise<boolean> {
  const ends = (await historyOfConnection(deployment, connectionId)).filter(({ event }) =>
    ['removed', 'connected', 'reconnected'].includes(event),
  );
  return ends.at(-1)?.event === 'removed';
}
