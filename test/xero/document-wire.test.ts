import { describe, expect, it } from '@jest/globals';
import type { PurchaseOrder } from '../../lib/core/documents.ts';
import { parseJson } from '../../lib/http/json.ts';
import { isBill, readBill } from '../../lib/xero/bill-wire.ts';
import { readPurchaseOrder } from '../../lib/xero/purchase-order-wire.ts';
import type { Wire } from '../support/xero-wire.ts';
import { billWire, lineWire, orderWire } from '../support/xero-wire.ts';

const over = (record: Wire) => parseJson(JSON.stringify(record));
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

  it('is told from sales invoices and other relatives', () => {
    expect(isBill(billWire())).toBe(true);
    for (const Type of ['ACCREC', 'ACCPAYCREDIT', 'APPREPAYMENT'])
      expect(isBill(billWire({ Type }))).toBe(false);
  });
});
