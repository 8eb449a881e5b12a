import type { Connection } from '../../core/connection.ts';
import { ProcoreRefused, Stop } from '../../core/errors.ts';
import type { Lease } from '../../store/leases.ts';
import type { ProcoreHook } from '../../store/procore-hooks.ts';
import type { Revised } from '../../store/table.ts';
import { tellOfConnection } from '../connections/connection-trail.ts';
import { inTurn } from '../in-turn.ts';
import { entryOf } from '../webhook/procore-directory.ts';
import { connectionsOfCompany, hookRecord, keeperOf, openDesk } from './hook-desk.ts';
import type { HookFormat } from './hook-format.ts';
import { chooseFormat } from './hook-format.ts';
import { levelTriggers } from './level-triggers.ts';
import { accept, makeHook } from './make-hook.ts';
import type { ReferenceData } from './reference-data.ts';
import { findStanding } from './standing-hook.ts';

export interface HookOutcome {
  companyId: string;
  /** `made` anew, `kept` as it was or with other triggers, `off` by a person's wish, or `missing` with a problem. */
  outcome: 'made' | 'kept' | 'off' | 'missing';
  problem?: string;
}

export interface HookWishes {
  /** Makes a new hook with a new secret in any case. */
  renew?: boolean;
  /** Also where a person removed it. */
  evenIfOff?: boolean;
}

/**
 * Compares the webhook of a company with what it should be and makes the difference, as the only one who does. Safe
 * to repeat after a crash anywhere. What Procore refuses is an outcome; throws RetryLater, and Stop where a connection
 * cannot work at all.
 */
export async function reconcileHook(
  reference: ReferenceData,
  companyId: string,
  wishes: HookWishes = {},
): Promise<HookOutcome> {
  return inTurn(reference, hookLease(companyId), async (lease) => {
    const record = await hookRecord(reference, companyId);
    if (record.off && !wishes.evenIfOff) return { companyId, outcome: 'off' };
    const members = await connectionsOfCompany(reference, companyId);
    const keeper = keeperOf(members, record);
    if (!keeper) return missing(reference, record, 'no connection to the company works');
    try {
      return await level(reference, record, { members, keeper, lease, wishes });
    } catch (error) {
      if (!refusedByProcore(error)) throw error;
      return missing(reference, record, error.message);
    }
  });
}

export function hookLease(companyId: string): string {
  return `procore-hook:${companyId}`;
}

/** Whether Procore let the service account do everything but this. */
export function refusedByProcore(error: unknown): error is Error {
  return error instanceof ProcoreRefused || (error instanceof Stop && error.code === 'procore-forbidden');
}

interface Scene {
  members: Connection[];
  keeper: Connection;
  lease: Lease;
  wishes: HookWishes;
}

async function level(
  reference: ReferenceData,
  record: Revised<ProcoreHook>,
  { members, keeper, lease, wishes }: Scene,
): Promise<HookOutcome> {
  const { companyId } = record;
  const desk = openDesk(reference, keeper, record);
  const found = await desk.hooks();
  const format = await chooseFormat(desk);
  if (!format) return missing(reference, record, 'Procore offers no events to subscribe to');

  const secrets = (await entryOf(reference, companyId))?.secrets ?? [];
  const fit = { ...format, url: reference.webhookUrl, hookId: record.hookId };
  const standing = wishes.renew ? undefined : findStanding(found, secrets, fit);
  const { id, secret } =
    standing ?? (await makeHook(reference, { desk, format, companyId, found, secrets, members, lease }));
  await lease.keep();
  const triggers = await levelTriggers(desk, id, format.triggers);
  if (triggers.length === 0) return missing(reference, record, 'Procore took none of the events');
  for (const stray of found.filter((hook) => hook.id !== id)) await desk.remove(stray.id);
  // Only now that no hook sends another secret.
  await accept(reference, companyId, [secret], members);
  await lease.keep();
  await tellMembers(reference, record, members, id, format);
  const { problem: _mended, off: _off, ...rest } = record;
  await reference.hooks.put({
    ...rest,
    hookId: id,
    clientId: keeper.procore.clientId,
    payloadVersion: format.payloadVersion,
    triggers,
    connections: members.map((member) => member.id),
    checkedAt: reference.clock.now().toISOString(),
  });
  return { companyId, outcome: standing ? 'kept' : 'made' };
}

async function tellMembers(
  reference: ReferenceData,
  record: ProcoreHook,
  members: Connection[],
  hookId: string,
  { payloadVersion, triggers }: HookFormat,
): Promise<void> {
  const told = hookId === record.hookId ? record.connections : [];
  const resources = [...new Set(triggers.map(({ resource }) => resource))];
  for (const { id } of members.filter((member) => !told.includes(member.id))) {
    await tellOfConnection(reference, id, 'webhook-registered', {
      hook: hookId,
      'payload format': payloadVersion,
      resources,
    });
  }
}

/** Changes are noticed once a day until somebody mends it. */
async function missing(
  reference: ReferenceData,
  record: Revised<ProcoreHook>,
  problem: string,
): Promise<HookOutcome> {
  const { companyId } = record;
  reference.log.warn('The webhook of a Procore company is missing', { companyId, problem });
  await reference.hooks.put({ ...record, problem, checkedAt: reference.clock.now().toISOString() });
  return { companyId, outcome: 'missing', problem };
}
