import { describe, expect, it } from '@jest/globals';
import { Big } from 'big.js';
import { seedXero } from '../../../lib/sandbox/seed/seed-xero.ts';
import type { LineItemDraft } from '../../../lib/sandbox/xero/lines.ts';
import { openBooks } from '../../../lib/sandbox/xero/open-books.ts';

const TODAY = '2026-11-22';
const {
  contacts = [],
  accounts = [],
  items = [],
  trackingCategories = [],
  purchaseOrders = [],
  invoices = [],
  creditNotes = [],
  payments = [],
  taxRates = {},
} = seedXero(TODAY);
const bills = invoices.filter(({ Type }) => Type === 'ACCPAY');
const documents = [...purchaseOrders, ...invoices, ...creditNotes];
const counts = (values: (string | undefined)[]) =>
  Object.fromEntries([...Map.groupBy(values, String)].map(([value, all]) => [value, all.length]));

describe('the seeded books', () => {
  it('hold 12 suppliers, 40 orders, 60 bills, 4 supplier credit notes, part and full payments, and sales as noise', () => {
    expect(contacts.filter(({ IsSupplier }) => IsSupplier)).toHaveLength(12);
    expect(purchaseOrders).toHaveLength(40);
    expect(bills).toHaveLength(60);
    expect(creditNotes.filter(({ Type }) => Type === 'ACCPAYCREDIT')).toHaveLength(4);
    expect(payments.length).toBeGreaterThan(30);
    expect(invoices.length - bills.length).toBe(6);
    expect(trackingCategories.map(({ Name }) => Name)).toEqual(['Project', 'Cost Area']);
  });

  it('hold orders of every status, mostly authorised', () => {
    expect(counts(purchaseOrders.map(({ Status }) => Status))).toEqual({
      DRAFT: 3,
      SUBMITTED: 4,
      AUTHORISED: 28,
      BILLED: 4,
      DELETED: 1,
    });
  });

  it('hold the awkward orders: discounts, zero, negative and remark lines, 1 to 12 lines, every kind of tax', () => {
    const lines = purchaseOrders.flatMap(({ LineItems = [] }) => LineItems);
    expect(lines.filter(({ DiscountRate }) => DiscountRate).length).toBeGreaterThanOrEqual(4);
    expect(lines.filter(({ LineAmount }) => LineAmount === 0)).toHaveLength(1);
    expect(lines.filter(({ LineAmount = 0 }) => LineAmount < 0)).toHaveLength(1);
    expect(lines.some(({ LineAmount }) => LineAmount === undefined)).toBe(true);
    expect(lines.some(({ UnitAmount = 0 }) => !new Big(UnitAmount).times(1000).mod(1).eq(0))).toBe(true);
    const lengths = purchaseOrders.map(({ LineItems = [] }) => LineItems.length);
    expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([1, 12]);
    expect(new Set(purchaseOrders.map((order) => order.LineAmountTypes))).toEqual(
      new Set(['Exclusive', 'Inclusive', 'NoTax']),
    );
    expect(counts(purchaseOrders.map((order) => order.CurrencyCode))).toEqual({ USD: 39, CAD: 1 });
  });

  it('are the same whenever they are asked for', () => {
    expect(seedXero(TODAY)).toEqual(seedXero(TODAY));
  });

  it('move with the day: nothing is dated or changed after it, nothing is older than 104 days', () => {
    for (const today of ['2026-11-22', '2027-01-01', '2028-03-01']) {
      const books = seedXero(today);
      const moved = [
        ...(books.purchaseOrders ?? []),
        ...(books.invoices ?? []),
        ...(books.creditNotes ?? []),
      ];
      const oldest = new Date(`${today}T00:00:00Z`).getTime() - 104 * 86_400_000;
      for (const { Date: date = '', UpdatedDateUTC: updated = '' } of moved) {
        expect(date < today && updated < `${today}T00:00:00Z`).toBe(true);
        expect(new Date(date).getTime()).toBeGreaterThanOrEqual(oldest);
      }
      for (const { Date: date = '' } of books.payments ?? []) expect(date < today).toBe(true);
    }
  });

  it('give every record and line its own GUID', () => {
    const ids = [
      ...contacts.map(({ ContactID }) => ContactID),
      ...accounts.map(({ AccountID }) => AccountID),
      ...items.map(({ ItemID }) => ItemID),
      ...trackingCategories.flatMap((one) => [
        one.TrackingCategoryID,
        ...one.Options.map((option) => option.TrackingOptionID),
      ]),
      ...purchaseOrders.map(({ PurchaseOrderID }) => PurchaseOrderID),
      ...invoices.map(({ InvoiceID }) => InvoiceID),
      ...creditNotes.map(({ CreditNoteID }) => CreditNoteID),
      ...creditNotes.flatMap(({ Allocations = [] }) => Allocations.map((one) => one.AllocationID)),
      ...payments.map(({ PaymentID }) => PaymentID),
      ...documents.flatMap(({ LineItems = [] }) => LineItems.map(({ LineItemID }) => LineItemID)),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it('name only contacts, accounts, items and tracking options that exist', () => {
    const contactIds = new Set(contacts.map(({ ContactID }) => ContactID));
    const codes = new Set(accounts.map(({ Code }) => Code));
    const itemCodes = new Set(items.map(({ Code }) => Code));
    const options = new Set(
      trackingCategories.flatMap(({ TrackingCategoryID, Options }) =>
        Options.map(({ TrackingOptionID }) => `${TrackingCategoryID}/${TrackingOptionID}`),
      ),
    );
    for (const { Contact, LineItems = [] } of documents) {
      expect(contactIds).toContain(Contact.ContactID);
      for (const { AccountCode, ItemCode, LineAmount, Tracking = [] } of LineItems) {
        if (LineAmount !== undefined) expect(codes).toContain(AccountCode);
        if (ItemCode !== undefined) expect(itemCodes).toContain(ItemCode);
        for (const one of Tracking) {
          expect(options).toContain(`${one.TrackingCategoryID}/${one.TrackingOptionID}`);
        }
        expect(Tracking.length).toBeLessThanOrEqual(2);
      }
    }
  });
});

describe('the amounts of every document', () => {
  it.each(documents.map((one) => [nameOf(one), one] as const))('add up on %s', (_name, document) => {
    const lines = (document.LineItems ?? []).filter(({ LineAmount }) => LineAmount !== undefined);
    for (const line of lines) expectLineAmount(line, document.LineAmountTypes);
    const tax = lines.reduce((sum, line) => sum.plus(line.TaxAmount ?? 0), new Big(0));
    const gross = lines.reduce((sum, line) => sum.plus(line.LineAmount ?? 0), new Big(0));
    const net = document.LineAmountTypes === 'Inclusive' ? gross.minus(tax) : gross;
    expect(document.SubTotal).toBe(net.toNumber());
    expect(document.TotalTax).toBe(tax.toNumber());
    expect(document.Total).toBe(net.plus(tax).toNumber());
  });

  it("agree with what Xero's stand-in computes of the same lines, which has no id to make up", () => {
    const books = openBooks(structuredClone(seedXero(TODAY)), {
      now: () => new Date(`${TODAY}T12:00:00Z`),
      newId: () => 'made up',
    });
    const computed = [
      ...books.purchaseOrders.values(),
      ...books.invoices.values(),
      ...books.creditNotes.values(),
    ];
    expect(computed.map(amountsOf)).toEqual(documents.map(amountsOf));
    expect(
      JSON.stringify([computed, [...books.contacts.values(), ...books.payments.values()]]),
    ).not.toContain('made up');
  });
});

function expectLineAmount(line: LineItemDraft, kind: string | undefined): void {
  const { Quantity = 0, UnitAmount = 0, DiscountRate = 0, LineAmount = 0 } = line;
  const amount = new Big(Quantity).times(UnitAmount).times(new Big(100).minus(DiscountRate)).div(100);
  expect(LineAmount).toBe(amount.round(2, Big.roundHalfUp).toNumber());
  const rate = new Big(taxRates[line.TaxType ?? ''] ?? 0).div(100);
  const tax =
    kind === 'Inclusive'
      ? new Big(LineAmount).minus(new Big(LineAmount).div(rate.plus(1)))
      : new Big(LineAmount).times(rate);
  expect(line.TaxAmount).toBe(tax.round(2, Big.roundHalfUp).toNumber());
  if (kind === 'NoTax') expect(line.TaxAmount).toBe(0);
}

type Document = (typeof documents)[number];

function amountsOf({ SubTotal, TotalTax, Total, LineItems = [] }: Document) {
  const lines = LineItems.map(({ LineAmount, TaxAmount }) => [LineAmount, TaxAmount]);
  return { SubTotal, TotalTax, Total, lines };
}

function nameOf(document: Document): string {
  if ('PurchaseOrderNumber' in document) return `order ${document.PurchaseOrderNumber}`;
  if ('CreditNoteNumber' in document) return `credit note ${document.CreditNoteNumber}`;
  const { InvoiceNumber, Date: date } = document as (typeof invoices)[number];
  return `invoice ${InvoiceNumber} of ${date}`;
}
