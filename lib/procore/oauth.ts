import { ClientSecretPost } from 'oauth4webapi';
import { RetryLater, Stop } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { systemClock } from '../core/ports.ts';
import { requestTokens } from '../http/oauth.ts';

export interface ProcoreClient {
  /** `https://login.procore.com` */
  loginUrl: string;
  clientId: string;
  clientSecret: string;
  /** Default the machine's time. */
  clock?: Clock | undefined;
  fetch?: typeof fetch | undefined;
}

/**
 * A new access token of the service account; there is no refresh token in this grant, one simply asks again.
 * Throws Stop `procore-client-refused`, RetryLater `procore-unavailable`.
 */
export async function procoreClientCredentials(
  client: ProcoreClient,
): Promise<{ accessToken: string; expiresAt: Date }> {
  const issuer = client.loginUrl.replace(/\/$/, '');
  const outcome = await requestTokens({
    issuer,
    tokenUrl: `${issuer}/oauth/token`,
    clientId: client.clientId,
    authentication: ClientSecretPost(client.clientSecret),
    grant: { clientCredentials: {} },
    clock: client.clock ?? systemClock,
    fetch: client.fetch,
  });
  if (outcome.kind === 'unavailable') {
    throw new RetryLater('procore-unavailable', outcome.seconds, { cause: outcome.cause });
  }
  if (outcome.kind === 'refused')
    throw new Stop('procore-client-refused', { facts: { said: outcome.error } });
  return { accessToken: outcome.accessToken, expiresAt: outcome.expiresAt };
}
