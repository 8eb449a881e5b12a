import type { DocumentKind } from '../../lib/core/documents.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import { accountId } from '../../lib/sandbox/seed/xero-reference.ts';
import type {
  CreditNote,
  CreditNoteDraft,
  Invoice,
  InvoiceDraft,
  ManualJournal,
  PurchaseOrder,
  PurchaseOrderDraft,
} from '../../lib/sandbox/xero/documents.ts';
import type { LineItemDraft } from '../../lib/sandbox/xero/lines.ts';
import { supplier } from './orders.ts';
import type { Scene } from './scene.ts';
import { messageAbout } from './scene.ts';
import { drain } from './world.ts';

const TENANT = CONTRACTOR.tenantId;

/** What people in the office do in Xero, one thing after the other, each a minute after the last. */
export function office(scene: Scene) {
  const { clock, demo, deployment, cloud } = scene;
  const { xero } = demo;
  const later = () => clock.advance(60_000);
  const books = () => xero.organisations.get(TENANT)!;

  /** Tells the connector of the documents as polls and webhooks would, and lets it work until nothing is left to do. */
  async function carry(...documents: Paper[]): Promise<void> {
    const changes = documents.map((document) => JSON.parse(messageAbout(scene, ...nameOf(document)).body));
    await deployment.queue.send(changes);
    await drain(cloud, deployment);
  }

  return {
    carry,
    order(draft: Partial<PurchaseOrderDraft> & { LineItems: LineItemDraft[] }): PurchaseOrder {
      later();
      return xero.savePurchaseOrder(TENANT, {
        Contact: supplier('lonestar'),
        Status: 'AUTHORISED',
        ...draft,
      });
    },
    editOrder({ PurchaseOrderID }: PurchaseOrder, changes: Partial<PurchaseOrderDraft>): PurchaseOrder {
      later();
      return xero.savePurchaseOrder(TENANT, { PurchaseOrderID, ...changes });
    },
    bill(draft: Partial<InvoiceDraft> & { LineItems: LineItemDraft[] }): Invoice {
      later();
      return xero.saveInvoice(TENANT, {
        Type: 'ACCPAY',
        Contact: supplier('lonestar'),
        Status: 'AUTHORISED',
        ...draft,
      });
    },
    /** The order copied to a bill, as Xero's button does it. */
    billOf(order: PurchaseOrder, changes: Partial<InvoiceDraft> = {}): Invoice {
      later();
      return xero.saveInvoice(TENANT, {
        Type: 'ACCPAY',
        Contact: order.Contact,
        Status: 'AUTHORISED',
        InvoiceNumber: order.PurchaseOrderNumber,
        LineItems: order.LineItems.map(({ LineItemID: _own, ...line }) => line),
        ...changes,
      });
    },
    editBill({ InvoiceID }: Invoice, changes: Partial<InvoiceDraft>): Invoice {
      later();
      return xero.saveInvoice(TENANT, { InvoiceID, ...changes });
    },
    credit(draft: Partial<CreditNoteDraft> & { LineItems: LineItemDraft[] }): CreditNote {
      later();
      return xero.saveCreditNote(TENANT, {
        Type: 'ACCPAYCREDIT',
        Contact: supplier('lonestar'),
        Status: 'AUTHORISED',
        ...draft,
      });
    },
    editCredit({ CreditNoteID }: CreditNote, changes: Partial<CreditNoteDraft>): CreditNote {
      later();
      return xero.saveCreditNote(TENANT, { CreditNoteID, ...changes });
    },
    /** Posts a journal of these lines, or another version of it; what they come to is taken from another account. */
    journal(lines: LineItemDraft[], changes: Partial<ManualJournal> = {}): ManualJournal {
      later();
      const debits = lines.map(({ Description, AccountCode, UnitAmount = 0, Tracking }) => ({
        LineAmount: UnitAmount,
        AccountCode: AccountCode!,
        ...(Description !== undefined && { Description }),
        ...(Tracking && { Tracking }),
      }));
      const total = debits.reduce((sum, { LineAmount }) => sum + LineAmount, 0);
      return xero.saveManualJournal(TENANT, {
        Narration: 'Costs between jobs',
        Status: 'POSTED',
        JournalLines: [...debits, { LineAmount: -total, AccountCode: '6200', Description: 'Taken over' }],
        ...changes,
      });
    },
    /** Puts a file to a document. */
    attach(document: Paper, FileName: string, text: string): void {
      later();
      const content = new TextEncoder().encode(text);
      xero.attach(TENANT, nameOf(document)[0], { FileName, MimeType: 'text/plain', content });
    },
    /** Pays a bill, all of it or so much. */
    pay(bill: Invoice, amount: number = bill.AmountDue, date = '2026-11-25') {
      later();
      return xero.savePayment(TENANT, {
        Invoice: { InvoiceID: bill.InvoiceID },
        Account: { AccountID: accountId('090') },
        Amount: amount,
        Date: date,
      });
    },
    /** Pays these bills in full with one batch. Returns its id. */
    payBatch(bills: Invoice[], date = '2026-11-25'): string {
      later();
      return xero.saveBatchPayment(TENANT, {
        Account: { AccountID: accountId('090') },
        Date: date,
        Payments: bills.map(({ InvoiceID, AmountDue }) => ({ Invoice: { InvoiceID }, Amount: AmountDue })),
      });
    },
    unpayBatch(batchPaymentId: string): void {
      later();
      xero.removeBatchPayment(TENANT, batchPaymentId);
    },
    unpay({ PaymentID }: { PaymentID: string }): void {
      later();
      xero.removePayment(TENANT, PaymentID);
    },
    /** The bill as it stands now. */
    again: ({ InvoiceID }: Invoice): Invoice => books().invoices.get(InvoiceID)!,
  };
}

export type Paper = PurchaseOrder | Invoice | CreditNote | ManualJournal;

/** Its id and what kind of document it is. */
export function nameOf(document: Paper): [string, DocumentKind] {
  if ('ManualJournalID' in document) return [document.ManualJournalID, 'journal'];
  if ('PurchaseOrderID' in document) return [document.PurchaseOrderID, 'purchase-order'];
  return 'InvoiceID' in document ? [document.InvoiceID, 'bill'] : [document.CreditNoteID, 'credit-note'];
}
