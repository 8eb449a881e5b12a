import type { Connection } from '../../core/connection.ts';
import { mayCarry } from '../../core/connection.ts';
import { openBooks } from '../clients.ts';
import type { Deployment } from '../deployment.ts';
import type { Finding, Verdict } from './finding.ts';
import { examine, warning } from './finding.ts';
import { duration } from './in-words.ts';

/** A change of a bill whose webhook has not come after this time was not told. */
const PATIENCE_MS = 30 * 60_000;

/** How far back a changed bill is looked for. */
const LOOK_BACK_MS = 7 * 86_400_000;

const PORTAL = [
  "Look at Webhooks on the app's page in Xero's developer portal:",
  "the delivery URL is the stack's XeroWebhookUrl, its state is OK (Xero switches off what fails for a day),",
  'Invoices, Contacts and Credit notes are ticked, and the signing key is the one that was connected.',
  'Until then the daily sweep finds what changed.',
].join(' ');

/**
 * When Xero's webhook last came, and whether a bill changed since that should have brought one. Xero itself tells
 * nobody whether a webhook is enabled, and repeats nothing once it has switched it off.
 */
export async function checkXeroWebhook(connection: Connection, deployment: Deployment): Promise<Finding[]> {
  return [await examine('xero webhook', () => lastWebhook(connection, deployment))];
}

async function lastWebhook(connection: Connection, deployment: Deployment): Promise<Verdict> {
  const now = deployment.clock.now().getTime();
  const { lastWebhookAt } = await deployment.cursors.get(connection.id);
  const ago = (instant: number) => `${duration(now - instant)} ago`;
  const heard = lastWebhookAt === undefined ? undefined : Date.parse(lastWebhookAt);
  const last =
    heard === undefined ? 'No webhook of Xero ever came' : `Xero's last webhook came ${ago(heard)}`;
  if (!mayCarry(connection)) {
    return { level: 'ok', says: `${last}; those that come now wait with the connection.` };
  }
  const changed = await latestBillChange(connection, deployment, new Date(now - LOOK_BACK_MS));
  const expectedFrom = heard ?? Date.parse(connection.createdAt);
  const late = changed !== undefined && now - changed > PATIENCE_MS && changed - expectedFrom > PATIENCE_MS;
  if (late) return warning(`${last}, although a bill changed ${ago(changed)}.`, PORTAL);
  if (heard !== undefined) return { level: 'ok', says: `${last}.` };
  return warning(`${last}; whether it is set up right shows when somebody changes a bill.`, PORTAL);
}

async function latestBillChange(
  connection: Connection,
  deployment: Deployment,
  since: Date,
): Promise<number | undefined> {
  const books = await openBooks(deployment, connection);
  // The latest change comes first: one page is enough.
  for await (const { bills } of books.billsSince(since)) {
    const changes = bills.map(({ version }) => Date.parse(version));
    return changes.length === 0 ? undefined : Math.max(...changes);
  }
  return undefined;
}
