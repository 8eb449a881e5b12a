import { afterEach, describe, expect, it } from '@jest/globals';
import type { Bill, CreditNote } from '../../lib/core/documents.ts';
import { readCreditNote } from '../../lib/xero/credit-note-wire.ts';
import { all, openOffice, SUPPLIER, TENANT } from './office.ts';

type Office = Awaited<ReturnType<typeof openOffice>>;
let office: Office;

const open = async (options?: Parameters<typeof openOffice>[0]) => {
  office = await openOffice(options);
  return office;
};

afterEach(() => office?.sandbox.close());

/** Somebody enters a credit note in Xero; a second passes. */
function credit(fields: object = {}) {
  office.clock.advance(1000);
  return office.sandbox.saveCreditNote(TENANT, {
    Type: 'ACCPAYCREDIT',
    Contact: { ContactID: SUPPLIER },
    CreditNoteNumber: 'CN-7',
    Status: 'AUTHORISED',
    LineItems: [{ Description: 'Returned', Quantity: 3, UnitAmount: 10.1234, AccountCode: '310' }],
    ...fields,
  });
}

const sightingOf = (note: { CreditNoteID: string; UpdatedDateUTC: string }) => ({
  id: note.CreditNoteID,
  version: note.UpdatedDateUTC,
});

describe('credit notes', () => {
  it('are read whole, with positive figures and the bills that they were set off against', async () => {
    const { connector, bill } = await open();
    const { InvoiceID } = bill();
    const { CreditNoteID } = credit({ Allocations: [{ Invoice: { InvoiceID }, Amount: 12.5 }] });
    const found = await connector().creditNotes([{ id: CreditNoteID }]);
    const note = found.get(CreditNoteID) as CreditNote;
    expect(note).toMatchObject({
      kind: 'credit-note',
      number: 'CN-7',
      status: 'AUTHORISED',
      contact: { id: SUPPLIER, name: 'Hudson Concrete' },
      date: '2026-11-22',
      currency: 'USD',
      hasAttachments: false,
      allocations: [{ billId: InvoiceID, date: '2026-11-22' }],
    });
    expect([note.subTotal, note.lines[0]?.unitAmount, note.allocations[0]?.amount].map(String)).toEqual([
      '30.37',
      '10.1234',
      '12.5',
    ]);
    const read = (await connector().bills([InvoiceID])).get(InvoiceID) as Bill;
    expect(read.credits.map(({ creditNoteId, amount }) => [creditNoteId, String(amount)])).toEqual([
      [CreditNoteID, '12.5'],
    ]);
  });

  it.each([true, false])('show no allocation that was taken back (still listed: %p)', async (listed) => {
    const { connector, bill, sandbox } = await open({ unverified: { removedAllocationsAreListed: listed } });
    const { InvoiceID } = bill();
    const { CreditNoteID, Allocations } = credit({ Allocations: [{ Invoice: { InvoiceID }, Amount: 12.5 }] });
    sandbox.removeAllocation(TENANT, Allocations[0]!.AllocationID);
    const found = await connector().creditNotes([{ id: CreditNoteID }]);
    expect(found.get(CreditNoteID)).toMatchObject({ allocations: [] });
  });

  it('that changed come without those to customers', async () => {
    const { connector, clock } = await open();
    credit();
    clock.advance(60_000);
    const since = clock.now();
    const changed = credit({ CreditNoteNumber: 'CN-8' });
    credit({ Type: 'ACCRECCREDIT' });
    const [page] = await all(connector().creditNotesSince(since));
    expect(page).toMatchObject({ creditNotes: [{ id: changed.CreditNoteID }], unreadable: [] });
    expect(page?.creditNotes).toHaveLength(1);
    expect(page?.creditNotes[0]?.lines[0]?.unitAmount?.toFixed()).toBe('10.1234');
  });

  it('cost one call for many that changed about the same time, and are absent where they are unknown', async () => {
    const { connector, sandbox } = await open();
    const wanted = [credit(), credit(), credit()];
    const toCustomer = credit({ Type: 'ACCRECCREDIT' });
    sandbox.calls.reset();
    const books = connector();
    expect((await books.creditNotes(wanted.map(sightingOf))).size).toBe(3);
    expect([...sandbox.calls.counts]).toEqual([['GET /CreditNotes', 1]]);
    const unknown = { id: '00000000-0000-4000-8000-000000000000' };
    expect((await books.creditNotes([unknown])).size).toBe(0);
    expect((await books.creditNotes([sightingOf(toCustomer)])).size).toBe(0);
  });

  it('that break their contract are unreadable, by their id', () => {
    const wire = { CreditNoteID: 'cn', Type: 'ACCPAYCREDIT', Status: 'PAID', LineItems: [], Total: 'ten' };
    expect(readCreditNote(wire)).toMatchObject({ kind: 'unreadable', id: 'cn' });
    expect(readCreditNote({ ...wire, CreditNoteID: '' })).toBeUndefined();
  });
});
