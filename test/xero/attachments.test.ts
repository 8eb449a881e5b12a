import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { XeroOffice } from './office.ts';
import { openOffice, TENANT } from './office.ts';

/** Bytes that are no text in any encoding. */
const content = Uint8Array.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff, 0xfe, 0x80]);
const SCAN = { FileName: 'HC 5512.pdf', MimeType: 'application/pdf', content };

let office: XeroOffice;

beforeEach(async () => {
  office = await openOffice();
});

afterEach(() => office.sandbox.close());

describe('the files of a document', () => {
  it('are listed, and fetched byte by byte as they are', async () => {
    const { connector, bill, sandbox } = office;
    const { InvoiceID } = bill();
    const { AttachmentID } = sandbox.attach(TENANT, InvoiceID, SCAN);
    const books = connector();
    const files = await books.attachments('bill', InvoiceID);
    expect(files).toEqual([
      { id: AttachmentID, fileName: 'HC 5512.pdf', mimeType: 'application/pdf', size: 8 },
    ]);
    expect(await books.attachment('bill', InvoiceID, files[0]!)).toEqual(content);
    expect((await books.bills([InvoiceID])).get(InvoiceID)).toMatchObject({ hasAttachments: true });
    expect([...sandbox.calls.counts.keys()]).toEqual(
      expect.arrayContaining(['GET /Invoices/{id}/Attachments', 'GET /Invoices/{id}/Attachments/{id}']),
    );
  });

  it('are none where the document is unknown or the file is gone', async () => {
    const { connector, order, sandbox } = office;
    const { PurchaseOrderID: id } = order();
    const { AttachmentID } = sandbox.attach(TENANT, id, SCAN);
    const books = connector();
    const [file] = await books.attachments('purchase-order', id);
    sandbox.detach(TENANT, id, AttachmentID);
    expect(await books.attachments('purchase-order', id)).toEqual([]);
    expect(await books.attachment('purchase-order', id, file!)).toBeUndefined();
    expect(await books.attachments('bill', '00000000-0000-4000-8000-000000000000')).toEqual([]);
  });

  it('stop the connection where their scope is missing, and are asked for again after an outage', async () => {
    const { connector, bill, sandbox } = office;
    const { InvoiceID } = bill();
    sandbox.attach(TENANT, InvoiceID, SCAN);
    const [file] = await connector().attachments('bill', InvoiceID);
    sandbox.faults.add({
      path: /Attachments/,
      do: 'answer',
      when: 'before',
      status: 401,
      body: '{"detail":"AuthorizationUnsuccessful"}',
      times: 2,
    });
    await expect(connector().attachment('bill', InvoiceID, file!)).rejects.toMatchObject({
      name: 'Stop',
      code: 'xero-scope-missing',
    });
    sandbox.faults.add({ path: /Attachments/, do: 'answer', when: 'before', status: 503, times: 1 });
    expect(await connector().attachment('bill', InvoiceID, file!)).toEqual(content);
  });
});
