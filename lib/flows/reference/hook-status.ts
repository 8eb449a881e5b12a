import type { Connection } from '../../core/connection.ts';
import type { HookRecord, ProcoreHooks } from '../../store/procore-hooks.ts';
import { connectionsOfCompany, keeperOf, openDesk } from './hook-desk.ts';
import { wordOf } from './hook-format.ts';
import type { ReferenceData } from './reference-data.ts';
import { refusedByProcore } from './refused.ts';

/** How the webhooks of a connection's Procore company stand, as Procore itself tells now. */
export interface HookStatus {
  companyId: string;
  /** `active`, or the worst of its hooks; `off` by a person's wish. */
  state: 'active' | 'disabled' | 'missing' | 'off';
  hooks: OneHook[];
  /** ISO instant of the last delivery that came in, to the minute. */
  lastEventAt?: string;
  /** What lacks, where that is known. */
  problem?: string;
}

export interface OneHook {
  /** Absent for the hook of the company. */
  projectId?: string;
  hookId?: string;
  /** Where it sends what it tells. */
  url?: string;
  state: 'active' | 'disabled' | 'missing';
  payloadVersion?: string;
  /** `Company Vendors update`, … */
  triggers: string[];
  /** Deliveries that Procore tries again, and those that it gave up; of the last hundred each. */
  failing: number;
  discarded: number;
}

/**
 * Asks Procore, four calls for each hook, at most about so many of them: the company's own comes first. Throws
 * RetryLater, and Stop where the connection cannot work at all.
 */
export async function hookStatus(
  reference: ReferenceData,
  connection: Connection,
  most = Number.POSITIVE_INFINITY,
): Promise<HookStatus> {
  const { companyId } = connection.procore;
  const record = await reference.hooks.get(companyId);
  const lastEventAt = await reference.procoreEvents.lastCall(companyId);
  const known = {
    companyId,
    ...(lastEventAt !== undefined && { lastEventAt }),
    ...(record?.problem !== undefined && { problem: record.problem }),
  };
  if (record?.off) return { ...known, state: 'off', hooks: [] };
  if (!record || record.hooks.length === 0) return { ...known, state: 'missing', hooks: [] };
  const keeper = keeperOf(await connectionsOfCompany(reference, companyId), record) ?? connection;
  const hooks: OneHook[] = [];
  for (const one of record.hooks.slice(0, most)) hooks.push(await statusOf(reference, keeper, record, one));
  const states = hooks.map(({ state }) => state);
  const state = (['missing', 'disabled'] as const).find((worst) => states.includes(worst)) ?? 'active';
  return { ...known, state, hooks };
}

async function statusOf(
  reference: ReferenceData,
  keeper: Connection,
  record: ProcoreHooks,
  { projectId, hookId }: HookRecord,
): Promise<OneHook> {
  const missing: OneHook = {
    ...(projectId !== undefined && { projectId }),
    state: 'missing',
    triggers: [],
    failing: 0,
    discarded: 0,
  };
  const desk = openDesk(reference, keeper, record, projectId);
  try {
    const hook = (await desk.hooks()).find(({ id }) => id === hookId);
    if (!hook) return missing;
    const { id, url, active, payloadVersion } = hook;
    const triggers = (await desk.triggers(id)).map(wordOf).toSorted();
    const troubled = await desk.troubledDeliveries(id);
    const state = active ? 'active' : 'disabled';
    return { ...missing, ...troubled, state, hookId: id, url, payloadVersion, triggers };
  } catch (error) {
    if (!refusedByProcore(error)) throw error;
    return missing;
  }
}
