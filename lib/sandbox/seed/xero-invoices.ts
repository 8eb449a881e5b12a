import type { InvoiceDraft, InvoiceStatus } from '../xero/documents.ts';
import { BILLS } from './bills.ts';
import { daysBefore, guid, momentOn } from './identity.ts';
import { SALES_INVOICES } from './sales-invoices.ts';
import { lastTouched } from './settlement.ts';
import { CUSTOMERS, SUPPLIERS } from './suppliers.ts';
import { priced } from './xero-priced.ts';
import { contactId } from './xero-reference.ts';

/** Bills as entered: what is paid or due follows from payments and credit notes. */
export function seedBills(today: string): InvoiceDraft[] {
  return BILLS.map((bill) => ({
    InvoiceID: billId(bill.key),
    Type: 'ACCPAY',
    InvoiceNumber: bill.reference,
    Contact: { ContactID: contactId(SUPPLIERS[bill.supplier].name) },
    ...entered(bill, today),
    ...priced(bill.key, bill),
    UpdatedDateUTC: momentOn(daysBefore(today, lastTouched(bill)), bill.key),
  }));
}

export function seedSalesInvoices(today: string): InvoiceDraft[] {
  return SALES_INVOICES.map((invoice) => ({
    InvoiceID: salesInvoiceId(invoice.number),
    Type: 'ACCREC',
    InvoiceNumber: invoice.number,
    Reference: 'Progress billing',
    Contact: { ContactID: contactId(CUSTOMERS[invoice.customer]) },
    ...entered(invoice, today),
    ...priced(invoice.number, { amounts: 'NoTax', lines: invoice.lines }),
    UpdatedDateUTC: momentOn(daysBefore(today, invoice.paid ?? invoice.daysAgo), invoice.number),
  }));
}

function entered({ status, daysAgo }: { status: InvoiceStatus; daysAgo: number }, today: string) {
  return { Status: status, Date: daysBefore(today, daysAgo), DueDate: daysBefore(today, daysAgo - 30) };
}

export function billId(key: string): string {
  return guid('bill', key);
}

export function salesInvoiceId(number: string): string {
  return guid('sales-invoice', number);
}
