import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Desk } from './support.ts';
import {
  APP,
  BANK,
  consented,
  guid,
  ORGANISATION,
  OTHER_TENANT,
  openDesk,
  SUPPLIER,
  TENANT,
  withDesk,
} from './support.ts';

interface Reply {
  status: number;
  body?: string;
  headers?: Record<string, string>;
}

/** A receiver that verifies as it should, unless it is told to answer something else. */
async function openReceiver() {
  const received: string[] = [];
  const told: { reply?: Reply | 'silence'; patience?: AbortController } = {};
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const expected = createHmac('sha256', APP.webhookKey).update(body).digest('base64');
    const genuine = request.headers['x-xero-signature'] === expected;
    if (genuine) received.push(body);
    const reply = told.reply ?? { status: genuine ? 200 : 401 };
    if (reply === 'silence') told.patience?.abort();
    else response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhooks/xero`,
    received,
    told,
    events: () => received.flatMap((body) => JSON.parse(body).events),
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

const MINUTE = 60;

describe('webhooks of the Xero sandbox', () => {
  let desk: Desk;
  let receiver: Awaited<ReturnType<typeof openReceiver>>;
  beforeEach(async () => {
    receiver = await openReceiver();
    desk = await openDesk({
      unverified: { webhookBatchSize: 2 },
      webhookDeadline() {
        receiver.told.patience = new AbortController();
        return receiver.told.patience.signal;
      },
    });
    desk.sandbox.setWebhookUrl(APP.clientId, receiver.url);
    await desk.sandbox.sendIntentToReceive(APP.clientId);
    receiver.received.length = 0;
  });
  afterEach(() => Promise.all([desk.sandbox.close(), receiver.close()]));

  const saveBill = (number: number, rest = {}) =>
    desk.sandbox.saveInvoice(TENANT, {
      InvoiceID: guid(number),
      Type: 'ACCPAY',
      Contact: { ContactID: SUPPLIER },
      Status: 'AUTHORISED',
      LineItems: [{ UnitAmount: 10 }],
      ...rest,
    });
  const categories = () =>
    receiver
      .events()
      .map(({ eventCategory, eventType }: Record<string, string>) => `${eventCategory} ${eventType}`);

  it('tells an app of a thing once, though two people let it into the organisation', async () => {
    desk.sandbox.addPerson({ id: guid(801), name: 'Mika Lund' });
    await consented(desk.sandbox, { as: guid(801) });
    saveBill(1);
    await desk.sandbox.deliverWebhooks();
    expect(receiver.events()).toHaveLength(1);
  });

  it('tells of a new bill in a signed body with spaces that nobody could guess', async () => {
    saveBill(1);
    expect(await desk.sandbox.deliverWebhooks()).toEqual({ delivered: 1, failed: 0 });
    const [body = ''] = receiver.received;
    expect(body).not.toBe(JSON.stringify(JSON.parse(body)));
    expect(JSON.parse(body)).toEqual({
      events: [
        {
          resourceUrl: `https://api.xero.com/api.xro/2.0/Invoices/${guid(1)}`,
          resourceId: guid(1),
          tenantId: TENANT,
          tenantType: 'ORGANISATION',
          eventCategory: 'INVOICE',
          eventType: 'CREATE',
          eventDateUtc: '2026-11-22T03:04:05.600',
        },
      ],
      firstEventSequence: 1,
      lastEventSequence: 1,
      entropy: expect.stringMatching(/^[A-Z]{20}$/),
    });
  });

  it('numbers events on from batch to batch', async () => {
    for (const number of [1, 2, 3]) saveBill(number);
    await desk.sandbox.deliverWebhooks();
    const sequences = receiver.received.map((body) => {
      const { firstEventSequence, lastEventSequence } = JSON.parse(body);
      return [firstEventSequence, lastEventSequence];
    });
    expect(sequences).toEqual([
      [1, 2],
      [3, 3],
    ]);
  });

  it('tells of bills, contacts, credits and payments; never of orders, journals or accounts', async () => {
    saveBill(1);
    desk.sandbox.savePayment(TENANT, {
      Invoice: { InvoiceID: guid(1) },
      Account: { AccountID: BANK },
      Amount: 1,
    });
    desk.sandbox.saveContact(TENANT, { ContactID: SUPPLIER, Name: 'Liffey' });
    const credit = { Contact: { ContactID: SUPPLIER }, LineItems: [{ UnitAmount: 3 }] };
    desk.sandbox.saveCreditNote(TENANT, { ...credit, Type: 'ACCPAYCREDIT' });
    desk.sandbox.savePrepayment(TENANT, { ...credit, Type: 'SPEND-PREPAYMENT' });
    desk.sandbox.savePurchaseOrder(TENANT, { Contact: { ContactID: SUPPLIER } });
    desk.sandbox.saveManualJournal(TENANT, { Narration: 'x', JournalLines: [] });
    desk.sandbox.saveAccount(TENANT, { Name: 'New', Type: 'EXPENSE' });
    await desk.sandbox.deliverWebhooks();
    expect(categories()).toEqual([
      'INVOICE CREATE',
      'PAYMENT CREATE',
      'INVOICE UPDATE',
      'CONTACT UPDATE',
      'CREDITNOTE CREATE',
      'PREPAYMENT CREATE',
    ]);
    expect(receiver.events()[4].data).toEqual({ Type: 'ACCPAYCREDIT', Status: 'DRAFT' });
  });

  it('says nothing of silent edits, nor of categories that the app does not want', async () => {
    desk.sandbox.setWebhookUrl(APP.clientId, receiver.url, ['CONTACT']);
    await desk.sandbox.sendIntentToReceive(APP.clientId);
    receiver.received.length = 0;
    saveBill(1);
    desk.sandbox.saveContact(TENANT, { ContactID: SUPPLIER, Name: 'Quiet' }, { silent: true });
    desk.sandbox.saveContact(TENANT, { ContactID: SUPPLIER, Name: 'Loud' });
    await desk.sandbox.deliverWebhooks();
    expect(categories()).toEqual(['CONTACT UPDATE']);
  });

  it('tells every app that is connected to the organisation, and no other', async () => {
    desk.sandbox.addOrganisation({ ...ORGANISATION, tenantId: OTHER_TENANT });
    desk.sandbox.saveContact(OTHER_TENANT, { Name: 'Nobody hears of me' });
    desk.sandbox.authorise(APP.clientId, OTHER_TENANT);
    desk.sandbox.saveContact(OTHER_TENANT, { ContactID: guid(9), Name: 'Heard' });
    await desk.sandbox.deliverWebhooks();
    expect(receiver.events()).toMatchObject([{ tenantId: OTHER_TENANT, resourceId: guid(9) }]);
  });

  it('repeats a batch when told to, as delivery is at least once', async () => {
    saveBill(1);
    await desk.sandbox.deliverWebhooks(2);
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received[0]).toBe(receiver.received[1]);
    expect(await desk.sandbox.deliverWebhooks()).toEqual({ delivered: 0, failed: 0 });
  });

  it.each<[string, Reply | 'silence']>([
    ['a status other than 200', { status: 202 }],
    ['a body', { status: 200, body: 'ok' }],
    ['a cookie', { status: 200, headers: { 'set-cookie': 'a=b' } }],
    ['silence until the time is up', 'silence'],
  ])('counts %s as a failure and tries again later', async (_what, reply) => {
    receiver.told.reply = reply;
    saveBill(1);
    expect(await desk.sandbox.deliverWebhooks()).toEqual({ delivered: 0, failed: 1 });
    delete receiver.told.reply;
    expect(await desk.sandbox.deliverWebhooks()).toEqual({ delivered: 0, failed: 0 });
    desk.clock.advance(MINUTE);
    expect(await desk.sandbox.deliverWebhooks()).toEqual({ delivered: 1, failed: 0 });
  });

  it('tries less and less often, disables the webhook after a day and never replays what was lost', async () => {
    receiver.told.reply = { status: 500 };
    saveBill(1);
    const waits: number[] = [];
    let waited = 0;
    for (let minute = 0; desk.sandbox.webhookState(APP.clientId) === 'enabled' && minute < 2000; minute++) {
      const { failed } = await desk.sandbox.deliverWebhooks();
      if (failed === 1) waits.push(waited);
      waited = failed === 1 ? 1 : waited + 1;
      desk.clock.advance(MINUTE);
    }
    expect(waits.slice(0, 10)).toEqual([0, 1, 2, 4, 8, 16, 32, 64, 128, 240]);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(24 * 60);
    expect(desk.sandbox.webhookState(APP.clientId)).toBe('disabled');
    delete receiver.told.reply;
    receiver.received.length = 0;
    saveBill(2);
    expect(await desk.sandbox.sendIntentToReceive(APP.clientId)).toBe(true);
    saveBill(3);
    await desk.sandbox.deliverWebhooks();
    expect(receiver.events()).toMatchObject([{ resourceId: guid(3) }]);
  });

  it('enables a webhook only where signed and mis-signed intents are both answered right', async () => {
    for (const status of [200, 401]) {
      receiver.told.reply = { status };
      desk.sandbox.setWebhookUrl(APP.clientId, receiver.url);
      expect(await desk.sandbox.sendIntentToReceive(APP.clientId)).toBe(false);
      expect(desk.sandbox.webhookState(APP.clientId)).toBe('new');
    }
    delete receiver.told.reply;
    expect(await desk.sandbox.sendIntentToReceive(APP.clientId)).toBe(true);
    expect(JSON.parse(receiver.received.at(-1) ?? '')).toMatchObject({
      events: [],
      firstEventSequence: 0,
      lastEventSequence: 0,
    });
  });

  it('delivers by itself where it was started to', async () => {
    await withDesk({ webhooksEveryMilliseconds: 5 }, async (own) => {
      own.sandbox.setWebhookUrl(APP.clientId, receiver.url);
      await own.sandbox.sendIntentToReceive(APP.clientId);
      receiver.received.length = 0;
      own.sandbox.saveContact(TENANT, { Name: 'New supplier' });
      for (let tries = 0; receiver.received.length === 0 && tries < 200; tries++)
        await new Promise((resolve) => setTimeout(resolve, 5));
      expect(categories()).toEqual(['CONTACT CREATE']);
    });
  });
});
