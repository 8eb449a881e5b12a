import type { Connection } from '../../core/connection.ts';
import { connectionsOfCompany, keeperOf, openDesk } from './hook-desk.ts';
import { wordOf } from './hook-format.ts';
import { refusedByProcore } from './reconcile-hook.ts';
import type { ReferenceData } from './reference-data.ts';

/** How the webhook of a connection's Procore company stands, as Procore itself tells now. */
export interface HookStatus {
  companyId: string;
  /** `active`, `disabled` by Procore or a person, `missing`, or `off` by a person's wish. */
  state: 'active' | 'disabled' | 'missing' | 'off';
  hookId?: string;
  payloadVersion?: string;
  /** `Company Vendors update`, … */
  triggers: string[];
  /** ISO instant of the last delivery that came in, to the minute. */
  lastEventAt?: string;
  /** Deliveries that Procore tries again, and those that it gave up; of the last hundred each. */
  failing: number;
  discarded: number;
  /** Why it is missing, where that is known. */
  problem?: string;
}

/** Asks Procore. Throws RetryLater, and Stop where the connection cannot work at all. */
export async function hookStatus(reference: ReferenceData, connection: Connection): Promise<HookStatus> {
  const { companyId } = connection.procore;
  const record = await reference.hooks.get(companyId);
  const lastEventAt = await reference.procoreEvents.lastCall(companyId);
  const known = {
    companyId,
    triggers: [],
    failing: 0,
    discarded: 0,
    ...(lastEventAt !== undefined && { lastEventAt }),
    ...(record?.problem !== undefined && { problem: record.problem }),
  };
  if (!record?.hookId || record.off) return { ...known, state: record?.off ? 'off' : 'missing' };
  const keeper = keeperOf(await connectionsOfCompany(reference, companyId), record) ?? connection;
  const desk = openDesk(reference, keeper, record);
  try {
    const hook = (await desk.hooks()).find(({ id }) => id === record.hookId);
    if (!hook) return { ...known, state: 'missing' };
    const triggers = (await desk.triggers(hook.id)).map(wordOf).toSorted();
    const troubled = await desk.troubledDeliveries(hook.id);
    const state = hook.active ? 'active' : 'disabled';
    return { ...known, ...troubled, state, hookId: hook.id, payloadVersion: hook.payloadVersion, triggers };
  } catch (error) {
    if (!refusedByProcore(error)) throw error;
    return { ...known, state: 'missing', problem: error.message };
  }
}
