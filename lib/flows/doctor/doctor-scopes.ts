import { CODES } from '../../core/codes.ts';
import type { Connection } from '../../core/connection.ts';
import { probeXeroScopes } from '../../xero/scope-probe.ts';
import type { Deployment } from '../deployment.ts';
import { tokenSource } from '../tokens/access-tokens.ts';
import { mustOpen } from '../tokens/secrets.ts';
import type { Verdict } from './finding.ts';
import { listed } from './in-words.ts';

/** Which of the scopes that the connector reads with the consent lacks. To be asked with a token that Xero accepts. */
export async function missingScopes(connection: Connection, deployment: Deployment): Promise<Verdict> {
  const { clock, fetch, vendors } = deployment;
  const accessToken = await tokenSource(deployment, connection, 'xero').current();
  const tenantId = (await mustOpen(deployment, connection.id, 'xero-tenant')).value.reveal();
  const answers = await probeXeroScopes({ apiUrl: vendors.xeroApiUrl, tenantId, accessToken, clock, fetch });
  const missing = answers.filter(({ reached }) => !reached);
  if (missing.length === 0) {
    return { level: 'ok', says: `The consent covers ${listed(answers.map(({ covers }) => covers))}.` };
  }
  const words = missing.map(({ scope, covers }) => `${scope} (${covers})`);
  return {
    level: 'problem',
    code: 'xero-scope-missing',
    says: `The consent lacks ${listed(words)}.`,
    fix: CODES['xero-scope-missing'].fix,
  };
}
