import { sum } from '../../core/money.ts';
import type { Books } from './books.ts';
import type { Allocation, CreditNote, Invoice, Payment, Prepayment } from './documents.ts';
import { decimal } from './totals.ts';

interface Applied {
  amount: number;
  date: string;
}

/** Payments that count towards the document: removed ones do not. */
export function paymentsOn(books: Books, documentId: string) {
  return [...books.payments.values()].filter(
    (payment) =>
      payment.Status === 'AUTHORISED' &&
      (payment.Invoice?.InvoiceID ?? payment.CreditNote?.CreditNoteID) === documentId,
  );
}

/** Every part of a credit note or prepayment that was set off against the invoice. */
export function creditsOn(books: Books, invoiceId: string) {
  const credits: (CreditNote | Prepayment)[] = [...books.creditNotes.values(), ...books.prepayments.values()];
  return credits.flatMap((credit) =>
    credit.Allocations.filter((allocation) => allocation.Invoice.InvoiceID === invoiceId).map(
      (allocation) => ({
        credit,
        allocation,
      }),
    ),
  );
}

/** Brings what is due, and with it AUTHORISED or PAID, level with payments and credits. */
export function settleInvoice(books: Books, invoice: Invoice): void {
  const paid = paymentsOn(books, invoice.InvoiceID).map(appliedBy);
  const credited = creditsOn(books, invoice.InvoiceID).map(({ allocation }) => appliedBy(allocation));
  invoice.AmountPaid = total(paid);
  invoice.AmountCredited = total(credited);
  const dead = invoice.Status === 'VOIDED' || invoice.Status === 'DELETED';
  invoice.AmountDue = dead ? 0 : less(invoice.Total, [...paid, ...credited]);
  close(invoice, invoice.AmountDue, [...paid, ...credited]);
}

/** Brings what is left of a credit note or prepayment level with its allocations and refunds. */
export function settleCredit(books: Books, credit: CreditNote | Prepayment): void {
  const id = 'CreditNoteID' in credit ? credit.CreditNoteID : credit.PrepaymentID;
  const used = [...credit.Allocations.map(appliedBy), ...paymentsOn(books, id).map(appliedBy)];
  credit.RemainingCredit = less(credit.Total, used);
  close(credit, credit.RemainingCredit, used);
}

function close(document: Invoice | CreditNote | Prepayment, left: number, applied: Applied[]): void {
  if (document.Status !== 'AUTHORISED' && document.Status !== 'PAID') return;
  delete document.FullyPaidOnDate;
  document.Status = left === 0 ? 'PAID' : 'AUTHORISED';
  if (left === 0) {
    document.FullyPaidOnDate = applied.reduce((last, { date }) => (date > last ? date : last), document.Date);
  }
}

const appliedBy = (part: Allocation | Payment): Applied => ({ amount: part.Amount, date: part.Date });

const total = (parts: Applied[]): number => sum(parts.map(({ amount }) => decimal(amount))).toNumber();

const less = (whole: number, parts: Applied[]): number =>
  decimal(whole)
    .minus(sum(parts.map(({ amount }) => decimal(amount))))
    .toNumber();
