/**
 * Holds the Xero sandbox against Xero's own OpenAPI files: every body that it sends must fit.
 * Run: node test/contract/xero-openapi.ts PATH/TO/xero_accounting.yaml
 * (xero-identity.yaml and xero-webhooks.yaml are expected beside it).
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { startXeroSandbox } from '../../lib/sandbox/xero/server.ts';
import { openApiFile } from './openapi-schemas.ts';
import { DATA, IDS, TENANT } from './xero-data.ts';

const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error('Usage: node test/contract/xero-openapi.ts PATH/TO/xero_accounting.yaml');
  process.exit(2);
}

const ENVELOPE = ['Id', 'Status', 'ProviderName', 'DateTimeUTC'];
const ENVELOPES =
  `PurchaseOrders Invoices CreditNotes Prepayments Overpayments Payments Attachments Contacts Accounts Items
  TrackingCategories Organisations ManualJournals`.split(/\s+/);
/** In the official examples, absent from the official schemas. */
const SEEN_IN_EXAMPLES = {
  ...Object.fromEntries(ENVELOPES.map((name) => [name, ENVELOPE])),
  PurchaseOrder: [
    'Type',
    'DateString',
    'DeliveryDateString',
    'ExpectedArrivalDateString',
    'HasErrors',
    'IsDiscounted',
  ],
  Invoice: ['DateString', 'DueDateString'],
  CreditNote: ['ID', 'DateString'],
  Prepayment: ['ID', 'DateString'],
  Overpayment: ['ID', 'DateString'],
};

const accounting = openApiFile(path, SEEN_IN_EXAMPLES);
const identity = openApiFile(join(dirname(path), 'xero-identity.yaml'), { AccessToken: ['scope'] });
const webhooks = openApiFile(join(dirname(path), 'xero-webhooks.yaml'), { WebhookEvent: ['*'] });

/** Path in the contract → what is asked of the sandbox. */
const READS: [string, string[]][] = [
  ['/PurchaseOrders', ['/PurchaseOrders', '/PurchaseOrders?Status=AUTHORISED&page=1&pageSize=1']],
  ['/PurchaseOrders/{PurchaseOrderID}', [`/PurchaseOrders/${IDS.order}`]],
  ['/PurchaseOrders/{PurchaseOrderNumber}', ['/PurchaseOrders/PO-0001']],
  [
    '/Invoices',
    ['/Invoices', `/Invoices?page=1&unitdp=4&IDs=${IDS.bill}`, '/Invoices?summaryOnly=true&page=1'],
  ],
  ['/Invoices/{InvoiceID}', [`/Invoices/${IDS.bill}`]],
  ['/CreditNotes', ['/CreditNotes', '/CreditNotes?page=1']],
  ['/CreditNotes/{CreditNoteID}', [`/CreditNotes/${IDS.note}`]],
  ['/Prepayments', ['/Prepayments?page=1']],
  ['/Prepayments/{PrepaymentID}', [`/Prepayments/${IDS.prepayment}`]],
  ['/Overpayments', ['/Overpayments?page=1']],
  ['/Overpayments/{OverpaymentID}', [`/Overpayments/${IDS.overpayment}`]],
  ['/Payments', ['/Payments?page=1']],
  ['/Payments/{PaymentID}', [`/Payments/${IDS.payment}`]],
  ['/Contacts', ['/Contacts', '/Contacts?page=1&includeArchived=true', '/Contacts?summaryOnly=true']],
  ['/Contacts/{ContactID}', [`/Contacts/${IDS.merged}`]],
  ['/Accounts', ['/Accounts']],
  ['/Accounts/{AccountID}', [`/Accounts/${IDS.account}`]],
  ['/Items', ['/Items?unitdp=4']],
  ['/Items/{ItemID}', [`/Items/${IDS.item}`]],
  ['/TrackingCategories', ['/TrackingCategories?includeArchived=true']],
  ['/TrackingCategories/{TrackingCategoryID}', [`/TrackingCategories/${IDS.category}`]],
  ['/Organisation', ['/Organisation']],
  ['/ManualJournals', ['/ManualJournals?page=1']],
  ['/ManualJournals/{ManualJournalID}', [`/ManualJournals/${IDS.journal}`]],
  ['/Invoices/{InvoiceID}/Attachments', [`/Invoices/${IDS.bill}/Attachments`]],
  ['/PurchaseOrders/{PurchaseOrderID}/Attachments', [`/PurchaseOrders/${IDS.order}/Attachments`]],
  ['/CreditNotes/{CreditNoteID}/Attachments', [`/CreditNotes/${IDS.note}/Attachments`]],
  ['/ManualJournals/{ManualJournalID}/Attachments', [`/ManualJournals/${IDS.journal}/Attachments`]],
];

let fitting = 0;
const misfits: string[] = [];
function note(what: string, wrong: string[]): void {
  if (wrong.length === 0) fitting += 1;
  misfits.push(...wrong.map((reason) => `${what}: ${reason}`));
}

const sandbox = await startXeroSandbox();
sandbox.addOrganisation(DATA);
for (const id of [IDS.bill, IDS.order, IDS.note, IDS.journal])
  sandbox.attach(TENANT, id, {
    FileName: 'HC 5512.pdf',
    MimeType: 'application/pdf',
    content: Buffer.from('%PDF'),
  });
const app = { clientId: 'app', clientSecret: 'secret', webhookKey: 'key', grant: 'refresh_token' } as const;
sandbox.registerApp(app);

const answer = await fetch(`${sandbox.url}/connect/token`, {
  method: 'POST',
  body: new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: sandbox.authorise('app', TENANT),
    client_id: app.clientId,
    client_secret: app.clientSecret,
  }),
});
const token = (await answer.json()) as { access_token: string };
note('POST /connect/token', identity.misfits('#/components/schemas/AccessToken', token));
const headers = {
  authorization: `Bearer ${token.access_token}`,
  'xero-tenant-id': TENANT,
  accept: 'application/json',
};
const read = async (address: string): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(sandbox.url + address, { headers });
  const text = await response.text();
  try {
    return { status: response.status, body: JSON.parse(text) };
  } catch {
    return { status: response.status, body: text };
  }
};

const connections = await read('/connections');
note('GET /connections', identity.misfits(identity.answerTo('/Connections'), connections.body));

for (const [endpoint, addresses] of READS) {
  for (const address of addresses) {
    const { status, body } = await read(`/api.xro/2.0${address}`);
    const [rows] = Object.values(body as object).filter(Array.isArray);
    const empty = status !== 200 || rows?.length === 0;
    note(
      `GET ${address}`,
      empty
        ? [`answered ${status} without a record`]
        : accounting.misfits(accounting.answerTo(endpoint), body),
    );
  }
}

const refused = await read('/api.xro/2.0/PurchaseOrders?page=0');
note('GET /PurchaseOrders?page=0', [
  ...(refused.status === 400 ? [] : [`answered ${refused.status}`]),
  ...accounting.misfits('#/components/schemas/Error', refused.body),
]);

const bodies = await heard();
if (bodies.length !== 3) note('webhooks', [`${bodies.length} bodies came instead of 3`]);
for (const [index, body] of bodies.entries()) {
  const schema = index === 2 ? 'CreditNoteWebhookEvent' : 'WebhookEvent';
  note(`webhook ${index + 1}`, webhooks.misfits(`#/components/schemas/${schema}`, body));
}
await sandbox.close();

for (const misfit of misfits) console.error(misfit);
console.log(`${fitting} responses fit the official contract`);
if (misfits.length > 0) process.exitCode = 1;

/** The bodies of three webhooks: of a bill, of a contact, of a credit note. */
async function heard(): Promise<unknown[]> {
  const received: { events: unknown[] }[] = [];
  const receiver = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    received.push(JSON.parse(text));
    response.writeHead(received.length === 2 || received.length === 4 ? 401 : 200).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  sandbox.setWebhookUrl(app.clientId, `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`);
  await sandbox.sendIntentToReceive(app.clientId);
  const edits = [
    () => sandbox.saveInvoice(TENANT, { InvoiceID: IDS.bill, Url: 'https://bills.example/2' }),
    () => sandbox.saveContact(TENANT, { ContactID: IDS.supplier, Name: 'Liffey Timber Ltd' }),
    () => sandbox.saveCreditNote(TENANT, { CreditNoteID: IDS.note, Reference: 'Returned' }),
  ];
  for (const edit of edits) {
    edit();
    await sandbox.deliverWebhooks();
  }
  receiver.closeAllConnections();
  receiver.close();
  return received.filter(({ events }) => events.length > 0);
}
