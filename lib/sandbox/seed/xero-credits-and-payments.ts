import type { Money } from '../../core/money.ts';
import type { CreditNoteDraft, PaymentDraft } from '../xero/documents.ts';
import { documentAmounts } from './amounts.ts';
import { BILLS } from './bills.ts';
import { CREDIT_NOTES } from './credit-notes.ts';
import { daysBefore, guid, momentOn } from './identity.ts';
import { SALES_INVOICES } from './sales-invoices.ts';
import { allocatedAmount, paymentsOf } from './settlement.ts';
import { SUPPLIERS } from './suppliers.ts';
import { billId, salesInvoiceId } from './xero-invoices.ts';
import { priced } from './xero-priced.ts';
import { accountId, contactId } from './xero-reference.ts';

const CHECKING = '1000';

export function seedCreditNotes(today: string): CreditNoteDraft[] {
  return CREDIT_NOTES.map((note) => {
    const settled = daysBefore(today, note.daysAgo - 1);
    const allocation = note.allocated && {
      AllocationID: guid('allocation', note.number),
      Invoice: { InvoiceID: billId(note.allocated.bill) },
      Amount: allocatedAmount(note).toNumber(),
      Date: settled,
    };
    return {
      CreditNoteID: guid('credit-note', note.number),
      Type: 'ACCPAYCREDIT',
      CreditNoteNumber: note.number,
      Status: note.status,
      Contact: { ContactID: contactId(SUPPLIERS[note.supplier].name) },
      Date: daysBefore(today, note.daysAgo),
      ...priced(note.number, note),
      ...(allocation && { Allocations: [allocation] }),
      UpdatedDateUTC: momentOn(settled, note.number),
    };
  });
}

/** Payments to suppliers, and from owners. */
export function seedPayments(today: string): PaymentDraft[] {
  const toSuppliers = BILLS.flatMap((bill) =>
    paymentsOf(bill).map(({ daysAgo, amount }) =>
      payment(billId(bill.key), daysBefore(today, daysAgo), amount, `ACH ${bill.reference}`),
    ),
  );
  const fromOwners = SALES_INVOICES.flatMap(({ number, paid, lines }) =>
    paid === undefined
      ? []
      : [
          payment(
            salesInvoiceId(number),
            daysBefore(today, paid),
            documentAmounts(lines, 'NoTax').total,
            `Wire ${number}`,
          ),
        ],
  );
  return [...toSuppliers, ...fromOwners];
}

function payment(invoiceId: string, date: string, amount: Money, reference: string): PaymentDraft {
  const name = `${invoiceId} on ${date}`;
  return {
    PaymentID: guid('payment', name),
    Invoice: { InvoiceID: invoiceId },
    Account: { AccountID: accountId(CHECKING) },
    Date: date,
    Amount: amount.toNumber(),
    Reference: reference,
    IsReconciled: true,
    UpdatedDateUTC: momentOn(date, name),
  };
}
