import type { Code } from '../../lib/core/codes.ts';
import { CODES } from '../../lib/core/codes.ts';
import type { Connection } from '../../lib/core/connection.ts';
import { standingOf } from '../../lib/core/connection.ts';

/** The format that scripts rely on. */
export function inShort(connection: Connection) {
  const { id, name, xero, procore, code, brokenSince, pausedSince, lostProjects } = connection;
  const standing = standingOf(connection);
  const since = standing === 'broken' ? brokenSince : pausedSince;
  const words = standing === 'paused' ? CODES['connection-paused'] : CODES[code as Code];
  return {
    id,
    name,
    organisation: xero.organisation,
    company: procore.companyId,
    standing,
    ...(since !== undefined && { since }),
    ...(standing === 'broken' && { code }),
    ...(words && { why: words.says, fix: words.fix }),
    ...(lostProjects && { lostProjects }),
    // A connection may be both: broken is what it stands for, and paused it stays once it is mended.
    ...(pausedSince !== undefined && { pausedSince }),
  };
}
