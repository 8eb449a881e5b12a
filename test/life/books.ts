import type { Money } from '../../lib/core/money.ts';
import { formatMoney, money, sum, ZERO } from '../../lib/core/money.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import type { Invoice } from '../../lib/sandbox/xero/documents.ts';
import type { LineItem } from '../../lib/sandbox/xero/lines.ts';
import { paymentsOn } from '../../lib/sandbox/xero/settlement.ts';
import type { Life } from './story.ts';

/**
 * What Procore should show, reckoned from Xero's books alone by rules written for this purpose: approved orders are
 * committed; approved bills less credit notes are cost, billed or direct; what was paid of a bill is paid.
 */
export function reckon({ scene, papers }: Life, codeOf: (line: LineItem) => string) {
  const books = scene.demo.xero.organisations.get(CONTRACTOR.tenantId)!;
  const committed = new Map<string, Money>();
  const cost = new Map<string, Money>();
  let paid = ZERO;
  for (const paper of papers.values()) {
    if ('PurchaseOrderID' in paper) {
      const now = books.purchaseOrders.get(paper.PurchaseOrderID)!;
      if (stands(now)) add(committed, now.LineItems, 1, codeOf);
    } else if ('InvoiceID' in paper) {
      const now = books.invoices.get(paper.InvoiceID)!;
      if (!stands(now)) continue;
      add(cost, now.LineItems, 1, codeOf);
      if (/PO-/.test(now.InvoiceNumber)) paid = paid.plus(paidOn(now, books));
    } else if ('CreditNoteID' in paper) {
      const now = books.creditNotes.get(paper.CreditNoteID)!;
      if (stands(now)) add(cost, now.LineItems, -1, codeOf);
    }
  }
  return { committed: shown(committed), cost: shown(cost), paid: formatMoney(paid) };
}

function stands({ Status }: { Status: string }): boolean {
  return ['AUTHORISED', 'BILLED', 'PAID'].includes(Status);
}

function paidOn(bill: Invoice, books: Parameters<typeof paymentsOn>[0]): Money {
  return sum(paymentsOn(books, bill.InvoiceID).map(({ Amount }) => money(String(Amount))));
}

function add(
  totals: Map<string, Money>,
  lines: LineItem[],
  sign: 1 | -1,
  codeOf: (line: LineItem) => string,
): void {
  for (const line of lines) {
    const code = codeOf(line);
    const amount = money(String(line.LineAmount ?? 0)).times(sign);
    totals.set(code, (totals.get(code) ?? ZERO).plus(amount));
  }
}

export function shown(totals: ReadonlyMap<string, Money>): Record<string, string> {
  const told = [...totals].filter(([, amount]) => !amount.eq(0));
  return Object.fromEntries(told.map(([code, amount]) => [code, formatMoney(amount)]));
}
