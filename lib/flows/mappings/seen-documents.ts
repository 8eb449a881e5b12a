import type { SeenDocument } from '../../core/coverage/sums.ts';
import type { Books } from '../../core/ports.ts';

const DAY_MS = 86_400_000;

/** Is told what is being done, and how far it is. */
export type Progress = (what: string) => void;

export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}

/** The orders and bills that changed since, but for deleted and voided ones. Throws RetryLater, Stop. */
export async function seenDocuments(books: Books, since: Date, progress: Progress): Promise<SeenDocument[]> {
  // A document that changes while the pages are read comes up twice.
  const seen = new Map<string, SeenDocument>();
  const take = (documents: (SeenDocument & { status: string })[]) => {
    for (const it of documents) if (it.status !== 'DELETED' && it.status !== 'VOIDED') seen.set(it.id, it);
    progress(`${seen.size} orders and bills read from Xero`);
  };
  for await (const { orders } of books.purchaseOrdersSince(since)) take(orders);
  for await (const { bills } of books.billsSince(since)) take(bills);
  return [...seen.values()];
}
