import type { Connection } from '../../core/connection.ts';
import { letsIn } from '../../core/connection.ts';
import type { Deployment } from '../deployment.ts';
import type { TokenOwner } from '../tokens/access-tokens.ts';
import type { Finding, Verdict } from './finding.ts';
import { examine, warning } from './finding.ts';
import { duration } from './in-words.ts';

/** How long access tokens live (Xero docs: OAuth 2.0; Procore docs: client credentials). */
const LIVES_MS: Record<TokenOwner, number> = { xero: 30 * 60_000, procore: 90 * 60_000 };

/** refresh-tokens comes every 20 minutes and leaves none with less than ten: below this it did not come. */
const OVERDUE_MS = 5 * 60_000;

const NAMES: Record<TokenOwner, string> = { xero: 'Xero', procore: 'Procore' };

/**
 * When the stored tokens were renewed and run out: whether refresh-tokens does its work. To be asked before
 * anything else is, because whatever calls a vendor renews a token that has run out.
 */
export async function checkTokens(connection: Connection, deployment: Deployment): Promise<Finding[]> {
  const about = (owner: TokenOwner) =>
    examine(`${owner} token renewal`, () => renewal(owner, connection, deployment));
  return [await about('xero'), await about('procore')];
}

async function renewal(
  owner: TokenOwner,
  connection: Connection,
  { clock, secrets }: Deployment,
): Promise<Verdict> {
  const expiresAt = (await secrets.get(connection.id, `${owner}-access-token`))?.expiresAt;
  if (expiresAt === undefined) {
    return warning(`No access token of ${NAMES[owner]} was ever stored.`, 'Connect again.');
  }
  const left = Date.parse(expiresAt) - clock.now().getTime();
  const renewed = `${NAMES[owner]}'s access token was renewed ${duration(LIVES_MS[owner] - left)} ago`;
  const until = left > 0 ? `runs out in ${duration(left)}` : `ran out ${duration(left)} ago`;
  const says = `${renewed} and ${until}`;
  if (left >= OVERDUE_MS) return { level: 'ok', says: `${says}.` };
  if (!letsIn(connection)) {
    return { level: 'ok', says: `${says}; a broken connection's tokens wait until it is mended.` };
  }
  return {
    level: 'problem',
    says: `${says}: refresh-tokens, which comes every 20 minutes, did not renew it.`,
    fix: 'Read the log of refresh-tokens, and check that its schedule is enabled.',
  };
}
