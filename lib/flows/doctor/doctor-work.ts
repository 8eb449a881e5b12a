import type { Connection } from '../../core/connection.ts';
import { mayCarry } from '../../core/connection.ts';
import type { Deployment } from '../deployment.ts';
import type { Finding, Verdict } from './finding.ts';
import { examine, warning } from './finding.ts';

/** A poll that is this late was not merely busy. */
const OVERDUE_MINUTES = 15;

/** Whether the connection is looked at, and what waits for people. */
export async function checkWork(connection: Connection, deployment: Deployment): Promise<Finding[]> {
  return [
    await examine('poll', () => lastPoll(connection, deployment)),
    await examine('parked documents', () => parkedDocuments(connection, deployment)),
  ];
}

async function lastPoll(connection: Connection, { clock, cursors }: Deployment): Promise<Verdict> {
  const { purchaseOrders, nextPollAt } = await cursors.get(connection.id);
  const waits = !mayCarry(connection);
  if (purchaseOrders === undefined) {
    if (waits) return { level: 'ok', says: 'Xero was not looked at yet; the connection waits.' };
    return warning('Xero was not looked at yet.', 'Wait a minute, or run `ml-connector poll`.');
  }
  const now = clock.now().getTime();
  const last = `Xero was last looked at ${minutes(now - Date.parse(purchaseOrders))} minutes ago`;
  if (waits) return { level: 'ok', says: `${last}; it is looked at again once the connection goes on.` };
  const says = `${last}.`;
  const overdue = now - Date.parse(nextPollAt ?? purchaseOrders);
  if (overdue <= OVERDUE_MINUTES * 60_000) return { level: 'ok', says };
  return {
    level: 'problem',
    says: `${says} The next look is ${minutes(overdue)} minutes overdue.`,
    fix: 'Read the log of poll-xero, and check that its schedule is enabled.',
  };
}

function minutes(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds / 60_000));
}

async function parkedDocuments(connection: Connection, { documents }: Deployment): Promise<Verdict> {
  const parked = await documents.list(connection.id, { state: 'parked' });
  if (parked.length === 0) return { level: 'ok', says: 'No document waits for a person.' };
  const byCode = Map.groupBy(parked, ({ code = 'unexpected' }) => code);
  const counts = [...byCode].map(([code, { length }]) => `${length} × ${code}`);
  return warning(
    `${parked.length} documents wait for a person: ${counts.join(', ')}.`,
    'See them with `ml-connector documents --state parked`.',
  );
}
