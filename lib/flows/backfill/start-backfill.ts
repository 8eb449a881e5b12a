import { randomUUID } from 'node:crypto';
import type { Backfill, BackfillRequest } from '../../core/backfill/backfill.ts';
import { inTurns, isUnderWay, NO_OUTCOMES } from '../../core/backfill/backfill.ts';
import type { Listed } from '../../core/backfill/list.ts';
import { BadInput } from '../../core/errors.ts';
import { tellOfConnection } from '../connections/connection-trail.ts';
import type { Deployment } from '../deployment.ts';
import { inParallel } from '../in-parallel.ts';
import { inTurn } from '../in-turn.ts';
import { backfillLease } from './pump.ts';

/** Writes to DynamoDB take some milliseconds each. */
const WRITTEN_AT_ONCE = 16;

/** Throws BadInput('backfill-under-way') where the connection has one that is not ended. */
export async function refuseSecond(
  connectionId: string,
  { backfills }: Pick<Deployment, 'backfills'>,
): Promise<void> {
  const run = await backfills.get(connectionId);
  if (!run || !isUnderWay(run)) return;
  const { from, by, startedAt, state } = run;
  throw new BadInput('backfill-under-way', { facts: { from, state, by, since: startedAt } });
}

/**
 * Begins to carry the documents; `pump` does it. Before its record stands nothing is begun: an attempt that dies leaves
 * items of no run, which are forgotten in time. Throws BadInput('backfill-under-way').
 */
export async function startBackfill(
  request: BackfillRequest,
  documents: Pick<Listed, 'kind' | 'id' | 'version' | 'date'>[],
  by: string,
  connectionId: string,
  deployment: Deployment,
): Promise<Backfill> {
  const { backfills, clock } = deployment;
  return inTurn(deployment, backfillLease(connectionId), async (lease) => {
    await refuseSecond(connectionId, deployment);
    const before = await backfills.get(connectionId);
    const startedAt = clock.now().toISOString();
    const run: Backfill = {
      id: randomUUID(),
      connectionId,
      ...request,
      by,
      startedAt,
      state: 'running',
      total: documents.length,
      place: 0,
      outcomes: NO_OUTCOMES,
      marks: [{ at: startedAt, settled: 0 }],
    };
    const items = inTurns(documents).map(({ kind, id, version, date }, place) => ({
      place,
      kind,
      id,
      ...(version !== undefined && { version }),
      ...(date !== undefined && { date }),
    }));
    await inParallel(items, WRITTEN_AT_ONCE, async (item) => {
      await lease.keep();
      await backfills.putItem(run, item);
    });
    const { from, kinds } = request;
    await tellOfConnection(deployment, connectionId, 'backfill-started', {
      by,
      from,
      kinds,
      documents: run.total,
    });
    return backfills.put({ ...run, ...(before && { revision: before.revision }) });
  });
}
