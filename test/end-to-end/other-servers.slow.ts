import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { differences, expectedOf } from '../../bin/local/judge.ts';
import { procoreContent } from '../../bin/local/procore-content.ts';
import type { DocumentRecord } from '../../lib/core/links.ts';
import type { DemoVendors } from '../../lib/sandbox/demo-vendors.ts';
import { startDemoVendors } from '../../lib/sandbox/demo-vendors.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../lib/sandbox/seed/contractor.ts';
import { openBrowser } from './browser.ts';
import type { LocalProcess } from './local-process.ts';
import { runCli, startLocal } from './local-process.ts';

const { clientId } = DEMO_CREDENTIALS.xero;

let vendors: DemoVendors;
let local: LocalProcess;
let ready: Record<string, unknown>;
let port: string;
const folder = mkdtempSync(join(tmpdir(), 'ml-connector-'));

beforeAll(async () => {
  const unlimited = { xero: { limits: { minute: 1e6 } }, procore: { limits: { hourly: 1e6, spike: 1e6 } } };
  vendors = await startDemoVendors(unlimited);
  const { xero, procore } = vendors;
  local = startLocal(
    ...['--port', '0', '--xero-api-url', xero.url, '--xero-identity-url', xero.url],
    ...['--xero-login-url', xero.loginUrl],
    ...['--procore-api-url', procore.url, '--procore-login-url', procore.url],
  );
  ready = (await local.nextJson()) ?? { failed: local.said() };
  port = new URL(String(ready.api)).port;
});

afterAll(async () => {
  local.child.kill('SIGKILL');
  await local.ended;
  await vendors.close();
  rmSync(folder, { recursive: true });
});

const cli = (...argv: string[]) => runCli(port, ...argv);
const documents = async () => (await cli('documents')) as DocumentRecord[];
const content = () => procoreContent(vendors.procore.companies.get(CONTRACTOR.procoreCompanyId)!);

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('the local run against other servers that speak the APIs', () => {
  it('says when it is ready and where it answers, and seeds nothing', async () => {
    expect(ready).toEqual({
      ready: true,
      api: `http://127.0.0.1:${port}`,
      xeroRedirectUri: `http://127.0.0.1:${port}/connect/xero/callback`,
      xeroWebhook: `http://127.0.0.1:${port}/webhooks/xero`,
      procoreWebhook: `http://127.0.0.1:${port}/webhooks/procore`,
    });
    await expect(documents()).rejects.toThrow('Nothing is connected yet');
  });

  it('connects by a consent in a browser, in which the organisation is chosen', async () => {
    const { clientSecret, webhookKey } = vendors.connectionFile.xero;
    const xero = { grant: 'authorization_code', clientId, clientSecret, webhookKey };
    const path = file('connection.json', JSON.stringify({ ...vendors.connectionFile, xero }));
    const { consent } = (await cli('connect', '--file', path, '--no-wait')) as { consent: string };
    vendors.xero.registerRedirectUri(clientId, String(ready.xeroRedirectUri));

    const browser = openBrowser();
    const toXero = await browser.redirected(consent);
    expect(toXero.split('?')[0]).toBe(`${vendors.xero.loginUrl}/connect/authorize`);
    const back = await vendors.xero.consent(toXero, { organisations: [CONTRACTOR.tenantId] });
    const page = await browser.page(back);
    expect(page).toContain('Harlan &amp; Reyes Builders');
    expect(await openBrowser().page(back)).toContain('consent-other-browser');

    await expect(cli('connections', 'list')).resolves.toEqual([]);
    await browser.submit(back, page, { organisation: '0' });
    expect(await cli('connections', 'list')).toMatchObject([{ name: vendors.connectionFile.name }]);
  });

  it('carries the books over once somebody maps and polls', async () => {
    await cli('projects', 'import', file('projects.csv', PROJECTS_CSV));
    await cli('mappings', 'import', file('rules.csv', RULES_CSV));
    await cli('poll');
    expect(differences(expectedOf(vendors.today), await documents(), content())).toEqual([]);
  });

  it('has registered its webhook in Procore, which tells it of what people change there', async () => {
    const { hooks, vendors: suppliers } = vendors.procore.companies.get(CONTRACTOR.procoreCompanyId)!;
    expect([...hooks.values()].map(({ destinationUrl }) => destinationUrl)).toContain(ready.procoreWebhook);
    const [supplier] = suppliers.values();
    vendors.procore
      .people(CONTRACTOR.procoreCompanyId)
      .renameVendor(supplier!.id, `${supplier!.name} & Sons`);
    await vendors.procore.webhooks.settle();
    const deliveries = [...hooks.values()].flatMap((hook) => hook.deliveries);
    expect(deliveries.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
    expect(
      deliveries.filter(({ event }) => event.resourceId === supplier!.id && event.applicationId === null),
    ).not.toEqual([]);
  });

  it('sends Procore no field or parameter that Procore would ignore', () => {
    expect([...vendors.procore.unread]).toEqual([]);
  });

  it('changes nothing in Procore when every message comes again', async () => {
    const writes = () =>
      [...vendors.procore.calls].filter(([endpoint]) => !/^(GET|POST \/oauth)/.test(endpoint)).toSorted();
    const before = writes();
    await cli('poll', '--full');
    expect(writes()).toEqual(before);
  });

  it('follows an order that is changed in Xero', async () => {
    const books = vendors.xero.organisations.get(CONTRACTOR.tenantId)!;
    const order = [...books.purchaseOrders.values()].find((it) => it.PurchaseOrderNumber === 'PO-1228')!;
    const [first, ...others] = order.LineItems!;
    vendors.xero.savePurchaseOrder(CONTRACTOR.tenantId, {
      ...order,
      LineItems: [
        { ...first!, Description: 'Changed by the office', Quantity: 2 * Number(first!.Quantity) },
        ...others,
      ],
    });
    const before = content().commitments.find(({ number }) => number === 'PO-1228')!;
    await cli('poll');
    const after = content().commitments.find(({ number }) => number === 'PO-1228')!;
    expect(Number(after.total)).toBeGreaterThan(Number(before.total));
    // What was billed on it stays.
    expect({ status: after.status, billed: after.billed }).toEqual({
      status: 'Approved',
      billed: before.billed,
    });
  });

  it('takes part in the intent to receive and in signed deliveries of the webhook', async () => {
    vendors.xero.setWebhookUrl(clientId, String(ready.xeroWebhook));
    expect(await vendors.xero.sendIntentToReceive(clientId)).toBe(true);
    const books = vendors.xero.organisations.get(CONTRACTOR.tenantId)!;
    const [contact] = books.contacts.values();
    vendors.xero.saveInvoice(CONTRACTOR.tenantId, {
      Type: 'ACCPAY',
      InvoiceNumber: 'HOOKED-1',
      Contact: { ContactID: contact!.ContactID },
      Date: vendors.today,
      DueDate: vendors.today,
      Status: 'AUTHORISED',
      LineItems: [{ Description: 'Delivered by webhook', Quantity: 1, UnitAmount: 10, AccountCode: '5100' }],
    } as Parameters<typeof vendors.xero.saveInvoice>[1]);
    expect(await vendors.xero.deliverWebhooks(3)).toMatchObject({ failed: 0 });
    await cli('poll');
    const bill = (await documents()).find(({ number }) => number === 'HOOKED-1');
    expect(bill).toMatchObject({ kind: 'bill', state: 'parked' });
    const trail = (await cli('audit', 'HOOKED-1')) as { event: string; detail: { by?: string } }[];
    expect(trail[0]).toMatchObject({ event: 'received', detail: { by: 'webhook' } });
  });

  it.each([
    [
      'forged',
      '{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"X"}',
      'bm90IGEgc2lnbmF0dXJl',
      401,
    ],
    ['unsigned', '{}', undefined, 401],
    ['oversized', 'x'.repeat(2_000_000), 'bm90IGEgc2lnbmF0dXJl', 400],
  ])('answers a %s delivery with an empty body and no cookie', async (_name, body, signature, status) => {
    const headers = {
      'content-type': 'application/json',
      ...(signature && { 'x-xero-signature': signature }),
    };
    const answer = await fetch(String(ready.xeroWebhook), { method: 'POST', headers, body });
    expect({ status: answer.status, body: await answer.text() }).toEqual({ status, body: '' });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('shuts down cleanly on Ctrl-C', async () => {
    local.child.kill('SIGINT');
    expect(await local.ended).toBe(0);
  });
});
