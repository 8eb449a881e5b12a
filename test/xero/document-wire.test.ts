import { describe, expect, it } from '@jest/globals';
import type { Bill, PurchaseOrder } from '../../lib/core/documents.ts';
import { parseJson } from '../../lib/http/json.ts';
import { isBill, readBill } from '../../lib/xero/bill-wire.ts';
import { readPurchaseOrder } from '../../lib/xero/purchase-order-wire.ts';
import type { Wire } from '../support/xero-wire.ts';
import { billWire, lineWire, orderWire } from '../support/xero-wire.ts';

const over = (record: Wire) => parseJson(JSON.stringify(record));
const bill = (fields: Wire = {}) => readBill(over(billWire(fields))) as Bill;
const order = (fields: Wire = {}) => readPurchaseOrder(over(orderWire(fields))) as PurchaseOrder;

describe('a purchase order of Xero', () => {
  it('is read into the words of the domain', () => {
    expect(order({ Reference: 'Pour 3', DeliveryDate: '/Date(1780272000000+0000)/' })).toMatchObject({
      kind: 'purchase-order',
      number: 'PO-0107',
      reference: 'Pour 3',
      status: 'AUTHORISED',
      contact: { id: '430fa14a-f945-44d3-9f97-5df5e28441b8', name: 'Hudson Concrete' },
      date: '2026-11-02',
      deliveryDate: '2026-06-01',
      currency: 'USD',
      version: '2026-11-20T10:11:12.345Z',
    });
    expect(order().total.toFixed(2)).toBe('2178.00');
    expect(order().lines[0]?.net.toFixed(2)).toBe('1980.00');
  });

  it('has no empty fields', () => {
    for (const field of ['deliveryAddress', 'reference', 'deliveryDate'])
      expect(order()).not.toHaveProperty(field);
  });

  it('is read with a status that Xero has not invented yet, and with fields that nobody knows', () => {
    expect(order({ Status: 'PARTBILLED', Novelty: { deep: [1] } }).status).toBe('PARTBILLED');
  });

  it('leaves out lines that are only text', () => {
    const text = { LineItemID: 'b', Description: 'Deliver to gate 4' };
    expect(order({ LineItems: [lineWire(), text] }).lines).toHaveLength(1);
  });

  it('may have no supplier yet', () => {
    expect(order({ Contact: {} })).not.toHaveProperty('contact');
    expect(order({ Contact: null })).not.toHaveProperty('contact');
  });

  it.each([
    { SubTotal: 'twelve' },
    { UpdatedDateUTC: 'yesterday' },
    { CurrencyCode: null },
    { LineItems: undefined },
    { LineItems: [{ ...lineWire(), LineAmount: {} }] },
  ])('that breaks its contract is unreadable, by its id and with the field: %j', (fields) => {
    expect(order(fields)).toMatchObject({
      kind: 'unreadable',
      id: '6afa2e02-c514-4964-ab89-b5c0179b8c50',
      why: expect.stringContaining(Object.keys(fields)[0]!),
    });
  });

  it('keeps its version where it is unreadable for another reason', () => {
    expect(order({ Total: null }).version).toBe('2026-11-20T10:11:12.345Z');
  });

  it('is nothing without an id', () => {
    expect(readPurchaseOrder(over(orderWire({ PurchaseOrderID: '' })))).toBeUndefined();
    expect(readPurchaseOrder('text')).toBeUndefined();
  });
});

describe('a bill of Xero', () => {
  it('is read whole, with the lines that carry money', () => {
    const read = readBill(
      over(billWire({ LineItems: [lineWire(), { LineItemID: 'text', Description: 'Thanks' }] })),
    );
    expect(read).toMatchObject({ kind: 'bill', number: 'HC-5512', date: '2026-11-15' });
    expect(read).toMatchObject({ lines: [{ account: '310', description: 'Ready-mix concrete, 32 MPa' }] });
  });

  it('may lack a number', () => {
    expect(readBill(over(billWire({ InvoiceNumber: '' })))).toMatchObject({ number: '' });
  });

  it('tells when it is due and when it was paid, its rate, and whether files hang on it', () => {
    const fields = {
      DueDate: '/Date(1797465600000+0000)/',
      FullyPaidOnDate: '/Date(1797811200000+0000)/',
      CurrencyRate: 0.67123,
      HasAttachments: true,
    };
    const read = bill(fields);
    expect(read).toMatchObject({ dueDate: '2026-12-17', fullyPaidOn: '2026-12-21', hasAttachments: true });
    expect(read.currencyRate?.toFixed()).toBe('0.67123');
    for (const field of ['dueDate', 'fullyPaidOn', 'currencyRate']) expect(bill()).not.toHaveProperty(field);
    expect(bill()).toMatchObject({ hasAttachments: false, settlements: [], credits: [] });
  });

  it('is settled by payments, prepayments and overpayments; removed payments do not count', () => {
    const when = { Date: '/Date(1797465600000+0000)/' };
    const read = bill({
      Payments: [
        { PaymentID: 'p1', Amount: 100.1, Reference: 'Run 7', ...when },
        { PaymentID: 'p2', Amount: 5, Status: 'DELETED', ...when },
      ],
      Prepayments: [{ PrepaymentID: 'pre', AppliedAmount: 20, Total: 500, ...when }],
      Overpayments: [{ OverpaymentID: 'over', AppliedAmount: 3, ...when }],
    });
    expect(read.settlements.map((one) => ({ ...one, amount: one.amount.toFixed(2) }))).toEqual([
      { id: 'p1', kind: 'payment', date: '2026-12-17', amount: '100.10', reference: 'Run 7' },
      { id: 'pre', kind: 'prepayment', date: '2026-12-17', amount: '20.00' },
      { id: 'over', kind: 'overpayment', date: '2026-12-17', amount: '3.00' },
    ]);
  });

  it('adds up what one prepayment or credit note took off it in several steps', () => {
    const when = { Date: '/Date(1797465600000+0000)/' };
    const read = bill({
      Prepayments: [20, 5].map((AppliedAmount) => ({ PrepaymentID: 'pre', AppliedAmount, ...when })),
      CreditNotes: [1, 2].map((AppliedAmount) => ({ CreditNoteID: 'cn', AppliedAmount })),
    });
    expect(read.settlements.map(({ id, amount }) => [id, String(amount)])).toEqual([['pre', '25']]);
    expect(read.credits.map(({ creditNoteId, amount }) => [creditNoteId, String(amount)])).toEqual([
      ['cn', '3'],
    ]);
  });

  it('passes over credits that do not say what they took off it, and over nothing else', () => {
    const read = bill({
      Prepayments: [{ PrepaymentID: 'pre', Total: 500 }],
      Overpayments: null,
      CreditNotes: [{ CreditNoteID: 'cn', Total: 60 }],
    });
    expect(read).toMatchObject({ settlements: [], credits: [] });
    expect(bill({ Payments: [{ PaymentID: 'p1', Amount: 5 }] })).toMatchObject({
      kind: 'unreadable',
      why: expect.stringContaining('Payments.0.Date'),
    });
  });

  it('is told from sales invoices and other relatives', () => {
    expect(isBill(billWire())).toBe(true);
    for (const Type of ['ACCREC', 'ACCPAYCREDIT', 'APPREPAYMENT'])
      expect(isBill(billWire({ Type }))).toBe(false);
  });
});
