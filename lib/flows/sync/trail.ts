import type { DocumentChange } from '../../aws/queue.ts';
import type { AuditEntry, AuditEvent } from '../../core/links.ts';
import type { Deployment } from '../deployment.ts';

/** Appends to the audit trail of one document. */
export type Trail = (event: AuditEvent, detail: AuditEntry['detail']) => Promise<void>;

/**
 * The trail of one document during one visit. That it was received and fetched is written together with the first
 * thing worth telling, so that a visit which finds nothing to do leaves no entry.
 */
export function openTrail(
  { audit, clock }: Pick<Deployment, 'audit' | 'clock'>,
  change: DocumentChange,
  version: string | undefined,
): Trail {
  const fetchedAt = clock.now().toISOString();
  let last: AuditEntry | undefined;
  const append = async (at: string, event: AuditEvent, detail: AuditEntry['detail']): Promise<void> => {
    last = await audit.append(change.connectionId, change.id, { at, event, detail }, last);
  };
  let begun = false;
  return async (event, detail) => {
    if (!begun) {
      begun = true;
      await append(change.receivedAt, 'received', { by: change.reason });
      if (version !== undefined) await append(fetchedAt, 'fetched', { version });
    }
    await append(clock.now().toISOString(), event, detail);
  };
}
