import { systemClock } from '../core/ports.ts';
import { sendPatiently } from '../http/retry.ts';
import { judge, xeroLimit } from './failures.ts';
import type { xeroConnections } from './oauth.ts';

/** Takes the app out of an organisation; it is fine where it is out already. Throws RetryLater and Stop like the books do. */
export async function disconnectXero({
  apiUrl,
  accessToken,
  clock = systemClock,
  fetch,
  xeroConnectionId,
}: Parameters<typeof xeroConnections>[0] & { xeroConnectionId: string }): Promise<void> {
  const url = new URL(`/connections/${encodeURIComponent(xeroConnectionId)}`, apiUrl).href;
  const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json' };
  const outcome = await sendPatiently(
    { method: 'DELETE', url, headers, repeatable: true },
    { fetch, clock, limit: xeroLimit },
  );
  if (outcome.kind === 'answer' && outcome.status === 204) return;
  judge(outcome, 'connection');
}
