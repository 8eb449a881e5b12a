import type { Deployment } from '../deployment.ts';
import { eachLiveConnection } from '../each-connection.ts';
import type { TokenOwner } from './access-tokens.ts';
import { refreshToken } from './access-tokens.ts';

/**
 * A token that ends within this time is renewed: half as much again as the 20 minutes between two runs. Xero's live
 * 30 minutes and are renewed at every run; Procore's live 90 and are renewed at 60.
 */
const RENEW_BELOW_MS = 30 * 60_000;

/** Renews what runs out soon, in every live connection. Called every 20 minutes. */
export async function refreshTokens(deployment: Deployment): Promise<void> {
  for (const owner of ['xero', 'procore'] satisfies TokenOwner[]) {
    await eachLiveConnection(deployment, async (connection) => {
      await refreshToken(deployment, connection, owner, (token) => {
        const leftMs = (token?.expiresAt.getTime() ?? 0) - deployment.clock.now().getTime();
        return leftMs > RENEW_BELOW_MS;
      });
    });
  }
}
