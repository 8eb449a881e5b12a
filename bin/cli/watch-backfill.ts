import { mayCarry } from '../../lib/core/connection.ts';
import { Stop } from '../../lib/core/errors.ts';
import { lookAtBackfill } from '../../lib/flows/backfill/look-at-backfill.ts';
import { pump } from '../../lib/flows/backfill/pump.ts';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { inOneLine } from './backfill-sight.ts';
import type { Io } from './io.ts';
import { say } from './io.ts';
import { reasonToWait } from './poll.ts';

/** Progress is told this often at first, and ever less often the longer it takes. */
const TELL_MS = { first: 2000, longest: 60_000, share: 0.1 };

/**
 * Watches the connection's backfill until it is done, or somebody pauses or ends it, and moves it on meanwhile more
 * often than the schedule does. Throws Stop with the reason where the connection may carry no documents any more.
 */
export async function watchBackfill(
  connectionId: string,
  deployment: Deployment,
  local: boolean,
  io: Io,
): Promise<void> {
  const { clock, connections } = deployment;
  const everyMs = local ? 250 : 2000;
  const start = clock.now().getTime();
  let toldAt = start;
  let said = '';
  for (;;) {
    const connection = await connections.get(connectionId);
    if (!connection) throw new Stop('connection-unknown', { facts: { connection: connectionId } });
    if (!mayCarry(connection)) throw reasonToWait(connection);
    await pump(connection, deployment);
    const sight = await lookAtBackfill(connection, deployment);
    if (sight?.run.state !== 'running') return;
    const now = clock.now().getTime();
    const wait = Math.min(TELL_MS.longest, Math.max(TELL_MS.first, (now - start) * TELL_MS.share));
    const line = inOneLine(sight);
    if (now - toldAt >= wait && line !== said) {
      if (said === '') say(io, 'It goes on without this window; Ctrl-C ends the watching alone.');
      say(io, `${line} …`);
      [toldAt, said] = [now, line];
    }
    await clock.sleep(everyMs);
  }
}
