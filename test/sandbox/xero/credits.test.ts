import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { XeroSandboxOptions } from '../../../lib/sandbox/xero/server.ts';
import type { Desk } from './support.ts';
import { guid, openDesk, SUPPLIER, TENANT } from './support.ts';

const BILL = guid(1);
/** A credit of 60, of which 25 is set off against the bill. */
const setOff = () => ({
  Contact: { ContactID: SUPPLIER },
  LineAmountTypes: 'NoTax' as const,
  LineItems: [{ UnitAmount: 60 }],
  Allocations: [{ Invoice: { InvoiceID: BILL }, Amount: 25 }],
});

let desk: Desk;
const open = async (options?: XeroSandboxOptions) => {
  desk = await openDesk(options);
  desk.sandbox.saveInvoice(TENANT, {
    InvoiceID: BILL,
    Type: 'ACCPAY',
    Contact: { ContactID: SUPPLIER },
    Status: 'AUTHORISED',
    LineAmountTypes: 'NoTax',
    LineItems: [{ UnitAmount: 100 }],
  });
};
beforeEach(() => open());
afterEach(() => desk.sandbox.close());

const bill = async () => (await desk.get(`/Invoices/${BILL}`)).body.Invoices[0];
const note = async (id: string) => (await desk.get(`/CreditNotes/${id}`)).body.CreditNotes[0];
const credit = () =>
  desk.sandbox.saveCreditNote(TENANT, { ...setOff(), Type: 'ACCPAYCREDIT', Status: 'AUTHORISED' });

describe('an overpayment', () => {
  it('settles bills like a prepayment, and keeps what remains of it', async () => {
    const { OverpaymentID } = desk.sandbox.saveOverpayment(TENANT, {
      ...setOff(),
      Type: 'SPEND-OVERPAYMENT',
    });
    expect(await bill()).toMatchObject({
      AmountCredited: 25,
      AmountDue: 75,
      Overpayments: [{ OverpaymentID, AppliedAmount: 25, Total: 60 }],
      Prepayments: [],
    });
    const { body } = await desk.get(`/Overpayments/${OverpaymentID}`);
    expect(body.Overpayments[0]).toMatchObject({ RemainingCredit: 35, Type: 'SPEND-OVERPAYMENT' });
    expect((await desk.get('/Overpayments?page=1')).body.Overpayments).toHaveLength(1);
  });
});

describe('an allocation that is taken back', () => {
  it('counts no more, and bill and credit note are updated', async () => {
    const { CreditNoteID, Allocations } = credit();
    expect(await bill()).toMatchObject({ AmountDue: 75 });
    desk.clock.advance(60);
    desk.sandbox.removeAllocation(TENANT, Allocations[0]!.AllocationID);
    expect(await bill()).toMatchObject({ AmountDue: 100, AmountCredited: 0, CreditNotes: [] });
    expect(await note(CreditNoteID)).toMatchObject({ RemainingCredit: 60, Allocations: [] });
    const since = { 'if-modified-since': '2026-11-22T03:05:00' };
    expect((await desk.get('/CreditNotes?page=1', since)).body.CreditNotes).toHaveLength(1);
    expect((await desk.get('/Invoices?page=1', since)).body.Invoices).toHaveLength(1);
    expect(() => desk.sandbox.removeAllocation(TENANT, guid(99))).toThrow('no allocation');
  });

  it('is still listed as deleted and moves no stamp, where Xero turns out to be so', async () => {
    await desk.sandbox.close();
    await open({ unverified: { removedAllocationsAreListed: true, allocationRemovalsTouch: false } });
    const { CreditNoteID, Allocations, UpdatedDateUTC } = credit();
    desk.clock.advance(60);
    desk.sandbox.removeAllocation(TENANT, Allocations[0]!.AllocationID);
    expect(await bill()).toMatchObject({ AmountDue: 100, CreditNotes: [] });
    expect(await note(CreditNoteID)).toMatchObject({
      RemainingCredit: 60,
      Allocations: [{ Amount: 25, IsDeleted: true }],
    });
    const stored = desk.sandbox.organisations.get(TENANT)?.creditNotes.get(CreditNoteID);
    expect(stored?.UpdatedDateUTC).toBe(UpdatedDateUTC);
  });
});
