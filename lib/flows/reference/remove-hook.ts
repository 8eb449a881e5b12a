import type { Connection } from '../../core/connection.ts';
import { ConnectorError, ProcoreRefused, RetryLater } from '../../core/errors.ts';
import type { ProcoreHooks } from '../../store/procore-hooks.ts';
import { tellOfConnection } from '../connections/connection-trail.ts';
import { inTurn, patiently } from '../in-turn.ts';
import { changeEntry } from '../webhook/procore-directory.ts';
import { connectionsOfCompany, keeperOf } from './hook-desk.ts';
import { removeHooksOf } from './level-scopes.ts';
import { hookLease } from './reconcile-hook.ts';
import type { ReferenceData } from './reference-data.ts';

/**
 * Takes the company's hooks away at Procore, and keeps them away until somebody asks for them again (reconcileHook with
 * `evenIfOff`). False where there was none. Throws RetryLater, Stop, ProcoreRefused with everything still in place.
 */
export function removeHook(reference: ReferenceData, companyId: string): Promise<boolean> {
  return inTurn(reference, hookLease(companyId), async () => {
    const record = await reference.hooks.get(companyId);
    if (!record || record.off) return false;
    const members = await connectionsOfCompany(reference, companyId);
    await removeAtProcore(reference, record, keeperOf(members, record));
    await forget(reference, companyId);
    for (const { id } of members) await tellRemoved(reference, id, record);
    const { namespace, revision } = record;
    await reference.hooks.put({ companyId, namespace, hooks: [], connections: [], off: true, revision });
    return true;
  });
}

/**
 * To be called before a connection and its secrets are removed: the hooks go with the last connection to the
 * company. What Procore does not let us remove is left there; its calls are refused from now on. Throws RetryLater.
 */
export function leaveHook(reference: ReferenceData, { id, procore }: Connection): Promise<void> {
  const { companyId } = procore;
  return inTurn(reference, hookLease(companyId), async () => {
    const record = await reference.hooks.get(companyId);
    if (!record) return;
    const members = await connectionsOfCompany(reference, companyId);
    const others = members.filter((member) => member.id !== id);
    if (others.length > 0) {
      await patiently(reference, () =>
        changeEntry(
          reference,
          companyId,
          (entry) => entry && { ...entry, connections: entry.connections.filter((one) => one.id !== id) },
        ),
      );
      await reference.hooks.put({
        ...record,
        connections: record.connections.filter((connectionId) => connectionId !== id),
      });
      return;
    }
    try {
      await removeAtProcore(reference, record, keeperOf(members, record));
    } catch (error) {
      if (error instanceof RetryLater || !isSaid(error)) throw error;
      reference.log.warn('The webhook could not be removed at Procore', { companyId, reason: error.message });
    }
    await forget(reference, companyId);
    await tellRemoved(reference, id, record);
    await reference.hooks.remove(companyId);
  });
}

async function removeAtProcore(
  reference: ReferenceData,
  record: ProcoreHooks,
  keeper: Connection | undefined,
): Promise<void> {
  if (!keeper) {
    reference.log.warn('No connection to the company works: its webhook stays at Procore, and is refused', {
      companyId: record.companyId,
    });
    return;
  }
  for (const { projectId } of record.hooks) await removeHooksOf(reference, keeper, record, projectId);
}

/** From here on deliveries of the company are refused. */
async function forget(reference: ReferenceData, companyId: string): Promise<void> {
  await patiently(reference, () => changeEntry(reference, companyId, () => undefined));
}

async function tellRemoved(
  reference: ReferenceData,
  connectionId: string,
  { hooks }: ProcoreHooks,
): Promise<void> {
  const ids = hooks.flatMap(({ hookId }) => hookId ?? []);
  await tellOfConnection(reference, connectionId, 'webhook-removed', { hooks: ids });
}

function isSaid(error: unknown): error is Error {
  return error instanceof ConnectorError || error instanceof ProcoreRefused;
}
