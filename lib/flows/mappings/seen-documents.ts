import type { Connection } from '../../core/connection.ts';
import type { SeenDocument } from '../../core/coverage/sums.ts';
import { openBooks } from '../clients.ts';
import type { Deployment } from '../deployment.ts';

const DAY_MS = 86_400_000;

/** Is told what is being done, and how far it is. */
export type Progress = (what: string) => void;

/**
 * The orders and bills that changed in the last days, and since when that is, but for deleted and voided ones. Throws
 * RetryLater, Stop.
 */
export async function seenDocuments(
  connection: Connection,
  days: number,
  deployment: Deployment,
  progress: Progress,
): Promise<{ since: Date; documents: SeenDocument[] }> {
  const since = new Date(deployment.clock.now().getTime() - days * DAY_MS);
  const books = await openBooks(deployment, connection);
  // A document that changes while the pages are read comes up twice.
  const seen = new Map<string, SeenDocument>();
  const take = (documents: (SeenDocument & { status: string })[]) => {
    for (const it of documents) if (it.status !== 'DELETED' && it.status !== 'VOIDED') seen.set(it.id, it);
    progress(`${seen.size} orders and bills read from Xero`);
  };
  for await (const { orders } of books.purchaseOrdersSince(since)) take(orders);
  for await (const { bills } of books.billsSince(since)) take(bills);
  return { since, documents: [...seen.values()] };
}
