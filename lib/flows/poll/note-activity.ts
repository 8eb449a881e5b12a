import type { Connection } from '../../core/connection.ts';
import { pollInterval } from '../../core/poll-interval.ts';
import type { Deployment } from '../deployment.ts';

/** A webhook says that somebody is at work in Xero: the next look for orders comes as soon as it may. */
export async function noteActivity(
  { clock, cursors, governor }: Pick<Deployment, 'clock' | 'cursors' | 'governor'>,
  connection: Connection,
): Promise<void> {
  const now = clock.now();
  const wait = pollInterval(connection.settings, 0, await governor.xeroDay(connection));
  const soonest = new Date(now.getTime() + wait * 60_000).toISOString();
  const { nextPollAt } = await cursors.get(connection.id);
  await cursors.put(connection.id, {
    lastActivityAt: now.toISOString(),
    lastWebhookAt: now.toISOString(),
    // Never later than planned: a stream of webhooks must not put the poll off for ever.
    ...(nextPollAt !== undefined && nextPollAt > soonest && { nextPollAt: soonest }),
  });
}
