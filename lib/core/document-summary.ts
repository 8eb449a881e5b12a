import type { Carried } from './documents.ts';
import { formatMoney, sum } from './money.ts';

/** What lists show of a document, whatever its kind. `total` is decimal text in `currency`, with tax. */
export interface DocumentSummary {
  number: string;
  supplier: string;
  status: string;
  total: string;
  currency: string;
}

/** A journal is in the currency of the books, and comes to what it debits. */
export function summaryOf(document: Carried, booksCurrency: string): DocumentSummary {
  const { number, status } = document;
  if (document.kind === 'journal') {
    const debits = document.lines.filter(({ net }) => net.gt(0)).map(({ net }) => net);
    return { number, supplier: '', status, total: formatMoney(sum(debits)), currency: booksCurrency };
  }
  const { contact, total, currency } = document;
  return { number, supplier: contact?.name ?? '', status, total: formatMoney(total), currency };
}
