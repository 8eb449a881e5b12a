import { connect } from '../connect/connect.ts';
import { storePersistently } from '../tokens/persistence.ts';
import type { WebAnswer } from './answer.ts';
import type { ConsentDeployment, Consented, Finished, Read } from './attempt.ts';
import { saveAttempt } from './attempt.ts';
import { donePage } from './done-page.ts';

/**
 * Connects the organisation, for the holder of the attempt's lease. Until the connection stands, whatever refresh
 * token is the newest is kept in the attempt; afterwards the attempt holds no secret any more.
 */
export async function finishConsent(
  read: Read<Consented>,
  tenantId: string,
  deployment: ConsentDeployment,
): Promise<WebAnswer> {
  const { clock, reference } = deployment;
  let held = read;
  const { connectionId, by, browser, formToken, file, refreshToken } = read.attempt;
  const xero = { ...file.xero, grant: 'refresh_token', tenantId, refreshToken };
  const connected = await connect({ ...file, xero }, deployment, {
    by: `consent page, asked for by ${by}`,
    ...(reference && { reference }),
    async keepRefreshToken(rotated) {
      await storePersistently(clock, async () => {
        held = await saveAttempt(deployment, held, { ...held.attempt, refreshToken: rotated });
      });
    },
  });
  const finished: Finished = { step: 'finished', connectionId, by, browser, formToken, connected };
  await saveAttempt(deployment, held, finished);
  return { status: 200, page: donePage(connected) };
}
