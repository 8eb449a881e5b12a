import type { Backfill } from '../../core/backfill/backfill.ts';
import type { Progress } from '../../core/backfill/progress.ts';
import { progressOf } from '../../core/backfill/progress.ts';
import type { Connection } from '../../core/connection.ts';
import type { Deployment } from '../deployment.ts';
import { windowOf } from './pump.ts';

/** The latest backfill of a connection and how far it is. */
export interface BackfillSight {
  run: Backfill;
  progress: Progress;
  /** Calls that Xero still allows today, as far as is known without asking. */
  callsLeft: number;
}

/** Undefined where the connection never had one. */
export async function lookAtBackfill(
  connection: Connection,
  deployment: Pick<Deployment, 'backfills' | 'clock' | 'governor'>,
): Promise<BackfillSight | undefined> {
  const run = await deployment.backfills.get(connection.id);
  if (!run) return undefined;
  const progress = progressOf(run, await windowOf(run, deployment), deployment.clock.now());
  const { calls } = await deployment.governor.xeroDay(connection);
  return { run, progress, callsLeft: calls };
}
