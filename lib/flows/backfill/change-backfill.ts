import type { Backfill } from '../../core/backfill/backfill.ts';
import { isUnderWay } from '../../core/backfill/backfill.ts';
import { BadInput } from '../../core/errors.ts';
import type { ConnectionEvent } from '../../core/links.ts';
import { tellOfConnection } from '../connections/connection-trail.ts';
import type { Deployment } from '../deployment.ts';
import { inTurn } from '../in-turn.ts';
import { backfillLease } from './pump.ts';

type Changing = Pick<Deployment, 'audit' | 'backfills' | 'clock' | 'leases'>;

/** Puts no more documents into the queue until it is resumed; the few that are on their way still arrive. Throws BadInput('backfill-missing'). */
export function pauseBackfill(connectionId: string, by: string, deployment: Changing): Promise<Backfill> {
  return change(connectionId, by, deployment, 'backfill-paused', () => ({ state: 'paused' }));
}

/** Throws like pauseBackfill. */
export function resumeBackfill(connectionId: string, by: string, deployment: Changing): Promise<Backfill> {
  // Its speed from before the pause says nothing any more.
  return change(connectionId, by, deployment, 'backfill-resumed', () => ({ state: 'running', marks: [] }));
}

/** Ends it where it is. What it brought stays, and so does the date from which documents are carried. Throws like pauseBackfill. */
export function cancelBackfill(connectionId: string, by: string, deployment: Changing): Promise<Backfill> {
  return change(connectionId, by, deployment, 'backfill-cancelled', (now) => ({
    state: 'cancelled',
    endedAt: now.toISOString(),
  }));
}

function change(
  connectionId: string,
  by: string,
  deployment: Changing,
  event: ConnectionEvent,
  changes: (now: Date) => Partial<Backfill> & Pick<Backfill, 'state'>,
): Promise<Backfill> {
  const { backfills, clock } = deployment;
  return inTurn(deployment, backfillLease(connectionId), async () => {
    const run = await backfills.get(connectionId);
    if (!run || !isUnderWay(run)) throw new BadInput('backfill-missing');
    const changed = changes(clock.now());
    if (changed.state === run.state) return run;
    await tellOfConnection(deployment, connectionId, event, { by, from: run.from });
    return backfills.put({ ...run, ...changed });
  });
}
