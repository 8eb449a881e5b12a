import type { Code } from '../../core/codes.ts';
import type { Connection } from '../../core/connection.ts';
import type { Stop } from '../../core/errors.ts';
import type { Revised } from '../../store/table.ts';
import { WriteConflict } from '../../store/write-conflict.ts';
import type { Deployment } from '../deployment.ts';
import type { Announcing } from './announce.ts';
import { announceBroken } from './announce.ts';

/**
 * What no document of a connection can get past. `may-mend`: it is asked for again every now and then, because what
 * mends it happens at the vendor alone; `by-person`: only a new consent or secret given to the connector helps.
 */
const BREAKING = new Map<Code, 'may-mend' | 'by-person'>([
  ['xero-consent-lost', 'by-person'],
  ['xero-scope-missing', 'by-person'],
  ['xero-client-refused', 'may-mend'],
  ['xero-disconnected', 'may-mend'],
  ['xero-wrong-organisation', 'may-mend'],
  ['xero-custom-connection-inactive', 'may-mend'],
  ['procore-client-refused', 'may-mend'],
  ['procore-wrong-company', 'may-mend'],
  ['secret-unreadable', 'may-mend'],
]);

export function breaksConnection(code: Code): boolean {
  return BREAKING.has(code);
}

/** Whether the connection may work again without anybody telling the connector. */
export function mayMendItself({ code }: Pick<Connection, 'code'>): boolean {
  return BREAKING.get(code as Code) !== 'by-person';
}

/**
 * Marks the connection broken, tells its trail and says so on the event bus, once; its work waits until it is mended.
 * `connection` is as it was read before the work that failed: where it changed since, somebody else has marked it or
 * has just reconnected it, and this failure is about what it was.
 */
export async function breakConnection(
  deployment: Announcing & Pick<Deployment, 'connections'>,
  connection: Revised<Connection>,
  error: Pick<Stop, 'code' | 'message'>,
): Promise<void> {
  if (connection.state === 'broken' && connection.code === error.code) return;
  const broken = {
    ...connection,
    state: 'broken' as const,
    code: error.code,
    brokenSince: deployment.clock.now().toISOString(),
  };
  try {
    await deployment.connections.update(broken);
  } catch (failure) {
    if (failure instanceof WriteConflict) return;
    throw failure;
  }
  await announceBroken(deployment, broken, error.message);
}
