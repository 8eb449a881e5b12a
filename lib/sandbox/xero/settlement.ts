import { sum } from '../../core/money.ts';
import type { Books } from './books.ts';
import type { Allocation, AnyCredit, Invoice, Payment } from './documents.ts';
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

export function creditsOf(books: Books): AnyCredit[] {
  return [...books.creditNotes.values(), ...books.prepayments.values(), ...books.overpayments.values()];
}

function creditId(credit: AnyCredit): string {
  if ('CreditNoteID' in credit) return credit.CreditNoteID;
  return 'PrepaymentID' in credit ? credit.PrepaymentID : credit.OverpaymentID;
}

/** Every part of a credit that is set off against the invoice. */
export function creditsOn(books: Books, invoiceId: string) {
  return creditsOf(books).flatMap((credit) =>
    standing(credit)
      .filter((allocation) => allocation.Invoice.InvoiceID === invoiceId)
      .map((allocation) => ({ credit, allocation })),
  );
}

function standing(credit: AnyCredit): Allocation[] {
  return credit.Allocations.filter(({ IsDeleted }) => !IsDeleted);
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

/** Brings what is left of a credit level with its allocations and refunds. */
export function settleCredit(books: Books, credit: AnyCredit): void {
  const used = [...standing(credit), ...paymentsOn(books, creditId(credit))].map(appliedBy);
  credit.RemainingCredit = less(credit.Total, used);
  close(credit, credit.RemainingCredit, used);
}

function close(document: Invoice | AnyCredit, left: number, applied: Applied[]): void {
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
