import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Desk } from './support.ts';
import { BANK, guid, openDesk, SUPPLIER, TENANT, TIMBER, withDesk } from './support.ts';

const bill = (number: number, rest = {}) => ({
  InvoiceID: guid(number),
  Type: 'ACCPAY' as const,
  Contact: { ContactID: SUPPLIER },
  InvoiceNumber: 'INV 77',
  Status: 'AUTHORISED' as const,
  LineItems: [TIMBER],
  ...rest,
});

describe('bills and payments of the Xero sandbox', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
  });
  afterEach(() => desk.sandbox.close());

  const idsOf = async (query: string) => {
    const { body } = await desk.get(`/Invoices?${query}`);
    return body.Invoices.map((invoice: { InvoiceID: string }) => invoice.InvoiceID);
  };
  const read = async (number: number) => (await desk.get(`/Invoices/${guid(number)}`)).body.Invoices[0];
  const pay = (number: number, Amount: number) =>
    desk.sandbox.savePayment(TENANT, {
      Invoice: { InvoiceID: guid(number) },
      Account: { AccountID: BANK },
      Date: '2026-11-30',
      Amount,
    });

  it('shows no lines in a list without a page, and lines with one', async () => {
    desk.sandbox.saveInvoice(TENANT, bill(1));
    const summary = (await desk.get('/Invoices')).body;
    expect(summary.Invoices[0].LineItems).toEqual([]);
    expect(summary).not.toHaveProperty('pagination');
    const paged = (await desk.get(`/Invoices?page=1&IDs=${guid(1)}`)).body;
    expect(paged.Invoices[0].LineItems).toHaveLength(1);
    expect(paged.pagination).toEqual({ page: 1, pageSize: 100, pageCount: 1, itemCount: 1 });
  });

  it('rounds unit prices to the cent unless four decimals are asked for', async () => {
    desk.sandbox.saveInvoice(TENANT, bill(1));
    const price = async (query: string) =>
      (await desk.get(`/Invoices?page=1${query}`)).body.Invoices[0].LineItems[0].UnitAmount;
    expect(await price('')).toBe(12.35);
    expect(await price('&unitdp=4')).toBe(12.3456);
    expect((await desk.get(`/Invoices/${guid(1)}?unitdp=4`)).body.Invoices[0].LineItems[0].UnitAmount).toBe(
      12.3456,
    );
  });

  it('finds several bills by id, number, contact or status in one call', async () => {
    desk.sandbox.saveInvoice(TENANT, bill(1));
    desk.sandbox.saveInvoice(TENANT, bill(2, { InvoiceNumber: 'B', Status: 'DRAFT' }));
    desk.sandbox.saveInvoice(TENANT, bill(3, { Contact: { ContactID: guid(90) }, Status: 'DRAFT' }));
    expect(await idsOf(`IDs=${guid(1)},${guid(3)},${guid(99)}`)).toEqual([guid(1), guid(3)]);
    expect(await idsOf('InvoiceNumbers=B')).toEqual([guid(2)]);
    expect(await idsOf(`ContactIDs=${guid(90)}`)).toEqual([guid(3)]);
    expect(await idsOf('Statuses=DRAFT,VOIDED')).toEqual([guid(2), guid(3)]);
    expect((await desk.get('/Invoices?IDs=nonsense')).status).toBe(400);
  });

  it.each([
    ['Type=="ACCPAY"', [1, 2]],
    ['Type=="ACCPAY" AND Status=="AUTHORISED"', [1]],
    ['Date>=DateTime(2026,2,1)', [2, 3]],
    [`Contact.ContactID==Guid("${SUPPLIER}") && AmountDue>50`, [1, 2, 3]],
    ['Type!="ACCPAY"', [3]],
  ])('reads where %s', async (where, numbers) => {
    desk.sandbox.saveInvoice(TENANT, bill(1, { Date: '2026-01-31' }));
    desk.sandbox.saveInvoice(TENANT, bill(2, { Date: '2026-02-01', Status: 'DRAFT' }));
    desk.sandbox.saveInvoice(TENANT, bill(3, { Date: '2026-02-02', Type: 'ACCREC' }));
    expect(await idsOf(new URLSearchParams({ where }).toString())).toEqual(numbers.map(guid));
  });

  it('refuses a where that it cannot read instead of listing everything', async () => {
    const { status, body } = await desk.get('/Invoices?where=Type.Contains("ACC")');
    expect(status).toBe(400);
    expect(body).toMatchObject({ ErrorNumber: 16, Type: 'QueryParseException' });
  });

  it('carries a bill from approved over part payment to paid, and back when a payment is removed', async () => {
    desk.sandbox.saveInvoice(TENANT, bill(1));
    pay(1, 6.79);
    expect(await read(1)).toMatchObject({ Status: 'AUTHORISED', AmountPaid: 6.79, AmountDue: 50 });
    desk.clock.advance(60);
    const { PaymentID } = pay(1, 50);
    const paid = await read(1);
    expect(paid).toMatchObject({
      Status: 'PAID',
      AmountDue: 0,
      FullyPaidOnDate: `/Date(${Date.UTC(2026, 10, 30)}+0000)/`,
      UpdatedDateUTCString: '2026-11-22T03:05:05Z',
    });
    expect(paid.Payments.map(({ Amount }: { Amount: number }) => Amount)).toEqual([6.79, 50]);
    desk.sandbox.removePayment(TENANT, PaymentID);
    const reopened = await read(1);
    expect(reopened).toMatchObject({ Status: 'AUTHORISED', AmountDue: 50 });
    expect(reopened.Payments).toHaveLength(1);
    expect(reopened).not.toHaveProperty('FullyPaidOnDate');
  });

  it('sets a credit note off against a bill and keeps what remains of it', async () => {
    desk.sandbox.saveInvoice(TENANT, bill(1));
    const note = desk.sandbox.saveCreditNote(TENANT, {
      Type: 'ACCPAYCREDIT',
      Contact: { ContactID: SUPPLIER },
      Status: 'AUTHORISED',
      LineItems: [{ Quantity: 1, UnitAmount: 60 }],
      Allocations: [{ Invoice: { InvoiceID: guid(1) }, Amount: 56.79 }],
    });
    expect(await read(1)).toMatchObject({ Status: 'PAID', AmountCredited: 56.79, AmountDue: 0 });
    const { body } = await desk.get(`/CreditNotes/${note.CreditNoteID}`);
    expect(body.CreditNotes[0]).toMatchObject({ RemainingCredit: 3.21, Total: 60 });
    expect(body.CreditNotes[0].Allocations[0].Invoice.InvoiceID).toBe(guid(1));
  });

  it('shows a voided bill with its total and nothing due, and lets nobody edit it again', async () => {
    desk.sandbox.saveInvoice(TENANT, bill(1));
    desk.sandbox.saveInvoice(TENANT, { InvoiceID: guid(1), Status: 'VOIDED' });
    expect(await read(1)).toMatchObject({ Status: 'VOIDED', Total: 56.79, AmountDue: 0 });
    expect(() => desk.sandbox.saveInvoice(TENANT, { InvoiceID: guid(1), Url: 'x' })).toThrow('VOIDED');
  });

  it('refuses what Xero refuses: a discount on a bill, voiding a paid one, paying a draft, paying too much', () => {
    const discounted = [{ UnitAmount: 1, DiscountRate: 5 }];
    expect(() => desk.sandbox.saveInvoice(TENANT, bill(3, { LineItems: discounted }))).toThrow('discounts');
    desk.sandbox.saveInvoice(TENANT, bill(1));
    desk.sandbox.saveInvoice(TENANT, bill(2, { Status: 'DRAFT' }));
    expect(() => pay(1, 100)).toThrow('56.79');
    expect(() => pay(2, 1)).toThrow('approved');
    pay(1, 1);
    expect(() => desk.sandbox.saveInvoice(TENANT, { InvoiceID: guid(1), Status: 'VOIDED' })).toThrow(
      'payments',
    );
  });

  it('does not move the time of change where only the due date of a part-paid bill moves', () => {
    desk.sandbox.saveInvoice(TENANT, bill(1));
    pay(1, 1);
    const before = desk.sandbox.organisations.get(TENANT)?.invoices.get(guid(1))?.UpdatedDateUTC;
    desk.clock.advance(60);
    const dueDate = desk.sandbox.saveInvoice(TENANT, { InvoiceID: guid(1), DueDate: '2027-01-31' });
    expect(dueDate.UpdatedDateUTC).toBe(before);
  });

  it('lists payments with the bill they paid, and removed ones as deleted', async () => {
    desk.sandbox.saveInvoice(TENANT, bill(1));
    const { PaymentID } = pay(1, 5);
    desk.clock.advance(60);
    desk.sandbox.removePayment(TENANT, PaymentID);
    const { body } = await desk.get('/Payments?page=1', { 'if-modified-since': '2026-11-22T03:05:00' });
    expect(body.Payments).toHaveLength(1);
    expect(body.Payments[0]).toMatchObject({
      Status: 'DELETED',
      PaymentType: 'ACCPAYPAYMENT',
      Amount: 5,
      Invoice: { InvoiceID: guid(1), Type: 'ACCPAY', InvoiceNumber: 'INV 77' },
    });
  });

  it('leaves removed payments out where that is how Xero turns out to be', async () => {
    await withDesk({ unverified: { removedPaymentsAreListed: false } }, async (other) => {
      other.sandbox.saveInvoice(TENANT, bill(1));
      const { PaymentID } = other.sandbox.savePayment(TENANT, {
        Invoice: { InvoiceID: guid(1) },
        Account: { AccountID: BANK },
        Amount: 5,
      });
      other.sandbox.removePayment(TENANT, PaymentID);
      expect((await other.get('/Payments?page=1')).body.Payments).toEqual([]);
    });
  });
});
