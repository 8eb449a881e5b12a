import type { Connection } from '../../core/connection.ts';
import type { ProcoreHooks } from '../../store/procore-hooks.ts';
import type { Revised } from '../../store/table.ts';
import { tellOfConnection } from '../connections/connection-trail.ts';
import { inTurn } from '../in-turn.ts';
import { connectionsOfCompany, hookRecord, keeperOf } from './hook-desk.ts';
import { acceptOnly, secretToSend } from './hook-secret.ts';
import { levelScopes } from './level-scopes.ts';
import type { ReferenceData } from './reference-data.ts';
import { refusedByProcore } from './refused.ts';

export interface HookOutcome {
  companyId: string;
  /** Some were `made` anew, all were `kept`, `off` by a person's wish, or `missing` altogether. */
  outcome: 'made' | 'kept' | 'off' | 'missing';
  /** What lacks; possibly in some projects only. */
  problem?: string;
}

export interface HookWishes {
  /** Makes new hooks with a new secret in any case. */
  renew?: boolean;
  /** Also where a person removed them. */
  evenIfOff?: boolean;
}

/**
 * Compares the webhooks of a company with what they should be and makes the difference, as the only one who does:
 * one hook of the company and, for what Procore tells hooks of projects alone, one of every project that documents go
 * to. Safe to repeat after a crash anywhere. What Procore refuses is an outcome; throws RetryLater, and Stop where a
 * connection cannot work at all.
 */
export function reconcileHook(
  reference: ReferenceData,
  companyId: string,
  wishes: HookWishes = {},
): Promise<HookOutcome> {
  return inTurn(reference, hookLease(companyId), async (lease): Promise<HookOutcome> => {
    const record = await hookRecord(reference, companyId);
    if (record.off && !wishes.evenIfOff) return { companyId, outcome: 'off' };
    const members = await connectionsOfCompany(reference, companyId);
    const keeper = keeperOf(members, record);
    if (!keeper) return missing(reference, record, 'no connection to the company works');
    try {
      const secret = await secretToSend(reference, companyId, members, wishes.renew === true);
      const scene = { reference, record, members, keeper, secret, lease };
      const { record: levelled, made, problem } = await levelScopes(scene);
      // A hook that could not be levelled may still send an older one.
      if (problem === undefined) await acceptOnly(reference, companyId, secret, members);
      if (!levelled.hooks.some(({ hookId }) => hookId !== undefined)) {
        return missing(reference, levelled, problem ?? 'Procore offers no events to subscribe to');
      }
      await tellMembers(reference, levelled, members, made);
      await save(reference, levelled, members, keeper, problem);
      const outcome = made > 0 ? 'made' : 'kept';
      return { companyId, outcome, ...(problem !== undefined && { problem }) };
    } catch (error) {
      if (!refusedByProcore(error)) throw error;
      return missing(reference, (await reference.hooks.get(companyId)) ?? record, error.message);
    }
  });
}

export function hookLease(companyId: string): string {
  return `procore-hook:${companyId}`;
}

async function tellMembers(
  reference: ReferenceData,
  { hooks, connections }: ProcoreHooks,
  members: Connection[],
  made: number,
): Promise<void> {
  const untold = members.filter(({ id }) => made > 0 || !connections.includes(id));
  const standing = hooks.filter(({ hookId }) => hookId !== undefined);
  for (const { id } of untold) {
    await tellOfConnection(reference, id, 'webhook-registered', {
      hooks: standing.map(({ hookId = '', projectId }) =>
        projectId === undefined ? hookId : `${hookId} of project ${projectId}`,
      ),
      'payload formats': [...new Set(standing.map(({ payloadVersion = '' }) => payloadVersion))],
      'made anew': made,
    });
  }
}

async function save(
  { hooks, clock }: ReferenceData,
  record: Revised<ProcoreHooks>,
  members: Connection[],
  keeper: Connection,
  problem: string | undefined,
): Promise<void> {
  const { problem: _former, off: _off, ...rest } = record;
  await hooks.put({
    ...rest,
    clientId: keeper.procore.clientId,
    connections: members.map(({ id }) => id),
    checkedAt: clock.now().toISOString(),
    ...(problem !== undefined && { problem }),
  });
}

/** Changes are noticed once a day until somebody mends it. */
async function missing(
  { hooks, clock, log }: ReferenceData,
  record: Revised<ProcoreHooks>,
  problem: string,
): Promise<HookOutcome> {
  const { companyId } = record;
  log.warn('The webhook of a Procore company is missing', { companyId, problem });
  await hooks.put({ ...record, problem, checkedAt: clock.now().toISOString() });
  return { companyId, outcome: 'missing', problem };
}
