import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Desk } from './support.ts';
import { APP, guid, openDesk, refresh, SUPPLIER, TENANT, withDesk } from './support.ts';

const BILL = guid(1);
const SCAN = { FileName: 'HC 5512.pdf', MimeType: 'application/pdf', content: Buffer.from([37, 80, 0, 255]) };

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  enter(desk);
});
afterEach(() => desk.sandbox.close());

function enter({ sandbox }: Desk) {
  const contact = { Contact: { ContactID: SUPPLIER } };
  return sandbox.saveInvoice(TENANT, { InvoiceID: BILL, Type: 'ACCPAY', ...contact });
}

const shown = async () => (await desk.get(`/Invoices/${BILL}`)).body.Invoices[0];

describe('a file at a document', () => {
  it('is listed with its size, and given by id or name to whoever asks for its type', async () => {
    expect((await shown()).HasAttachments).toBe(false);
    const { AttachmentID } = desk.sandbox.attach(TENANT, BILL, SCAN);
    expect((await shown()).HasAttachments).toBe(true);
    const files = `/Invoices/${BILL}/Attachments`;
    expect((await desk.get(files)).body.Attachments).toMatchObject([
      { AttachmentID, FileName: 'HC 5512.pdf', MimeType: 'application/pdf', ContentLength: 4 },
    ]);
    for (const key of [AttachmentID, 'HC%205512.pdf']) {
      const { status, headers } = await desk.get(`${files}/${key}`, { accept: 'application/pdf' });
      expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf']);
    }
    expect((await desk.get(`${files}/${AttachmentID}`)).status).toBe(406);
    expect((await desk.get(`${files}/${guid(9)}`)).status).toBe(404);
    desk.sandbox.detach(TENANT, BILL, AttachmentID);
    expect((await shown()).HasAttachments).toBe(false);
    expect((await desk.get(files)).body.Attachments).toEqual([]);
  });

  it('belongs to one of the kinds of documents that take files, ten at most', async () => {
    const order = desk.sandbox.savePurchaseOrder(TENANT, { Contact: { ContactID: SUPPLIER } });
    const lines = { Narration: 'Accrual', JournalLines: [{ LineAmount: 1, AccountCode: '310' }] };
    const journal = desk.sandbox.saveManualJournal(TENANT, lines);
    for (const [endpoint, id] of [
      ['PurchaseOrders', order.PurchaseOrderID],
      ['ManualJournals', journal.ManualJournalID],
    ] as const) {
      desk.sandbox.attach(TENANT, id, SCAN);
      expect((await desk.get(`/${endpoint}/${id}/Attachments`)).body.Attachments).toHaveLength(1);
    }
    expect((await desk.get(`/Invoices/${order.PurchaseOrderID}/Attachments`)).status).toBe(404);
    expect(() => desk.sandbox.attach(TENANT, guid(9), SCAN)).toThrow('no document');
    for (let number = 0; number < 10; number += 1) desk.sandbox.attach(TENANT, BILL, SCAN);
    expect(() => desk.sandbox.attach(TENANT, BILL, SCAN)).toThrow('10 files');
  });

  it('moves no stamp, unless Xero turns out to be so', async () => {
    for (const attachmentsTouchDocuments of [false, true]) {
      await withDesk({ unverified: { attachmentsTouchDocuments } }, async (other) => {
        const { UpdatedDateUTC } = enter(other);
        other.clock.advance(60);
        other.sandbox.attach(TENANT, BILL, SCAN);
        const after = other.sandbox.organisations.get(TENANT)?.invoices.get(BILL)?.UpdatedDateUTC;
        expect(after !== UpdatedDateUTC).toBe(attachmentsTouchDocuments);
      });
    }
  });

  it('needs a scope of its own', async () => {
    const scopes = ['offline_access', 'accounting.invoices.read'];
    const granted = await refresh(desk.sandbox, desk.sandbox.authorise(APP.clientId, TENANT, scopes));
    const authorization = `Bearer ${granted.body.access_token}`;
    expect((await desk.get(`/Invoices/${BILL}`, { authorization })).status).toBe(200);
    expect((await desk.get(`/Invoices/${BILL}/Attachments`, { authorization })).status).toBe(401);
  });
});
