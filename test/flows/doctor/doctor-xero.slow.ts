import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { noteActivity } from '../../../lib/flows/poll/note-activity.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import { about, checksOf, consentTo } from '../../support/examined.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes } from '../../support/scene.ts';

const openScene = scenes();
let scene: Scene;
const newScene = async () => {
  scene = await openScene();
};

const [INVOICES, CONTACTS, SETTINGS, PAYMENTS] = ['invoices', 'contacts', 'settings', 'payments'].map(
  (area) => `accounting.${area}.read`,
) as [string, string, string, string];

describe('Xero', () => {
  beforeEach(newScene);

  it('that disconnected the app is told by organisation and tenant; Procore is looked at all the same', async () => {
    scene.demo.xero.disconnect(DEMO_CREDENTIALS.xero.clientId, CONTRACTOR.tenantId);
    for (const check of ['xero organisation', 'xero tenant']) {
      expect(await about(scene, check)).toMatchObject({ ok: false, code: 'xero-disconnected' });
    }
    expect(await about(scene, 'procore company')).toMatchObject({ ok: true });
    const checks = await checksOf(scene);
    for (const pointless of ['xero scopes', 'xero webhook', 'mapping coverage']) {
      expect(checks).not.toContain(pointless);
    }
  });

  it('whose consent is gone is told once, and asked nothing further', async () => {
    scene.demo.xero.revokeConsent(DEMO_CREDENTIALS.xero.clientId);
    scene.clock.advance(40 * 60_000);
    expect(await about(scene, 'xero token')).toMatchObject({ ok: false, code: 'xero-consent-lost' });
    expect(await checksOf(scene)).not.toContain('xero organisation');
  });

  it('that answers in another currency than was connected is worth a warning', async () => {
    const { connections } = scene.deployment;
    const live = (await connections.get(scene.connectionId))!;
    await connections.update({ ...live, xero: { ...live.xero, currency: 'NZD' } });
    expect(await about(scene, 'xero organisation')).toMatchObject({
      level: 'warning',
      says: 'The books are in USD, the connection says NZD.',
    });
  });
});

describe('the scopes of the consent', () => {
  beforeAll(newScene);
  afterEach(() => scene.demo.xero.faults.clear());

  it('are named by what they let the connector read', async () => {
    await consentTo(scene, [INVOICES, CONTACTS, SETTINGS, PAYMENTS]);
    expect(await about(scene, 'xero scopes')).toMatchObject({
      level: 'ok',
      says: 'The consent covers purchase orders and bills, contacts, tracking, items and the organisation and payments.',
    });
  });

  it.each([
    [INVOICES, [CONTACTS, SETTINGS, PAYMENTS], 'purchase orders and bills'],
    [CONTACTS, [INVOICES, SETTINGS, PAYMENTS], 'contacts'],
    [SETTINGS, [INVOICES, CONTACTS, PAYMENTS], 'tracking, items and the organisation'],
    [PAYMENTS, [INVOICES, CONTACTS, SETTINGS], 'payments'],
  ])('lack %s, which is told with the way back', async (lacking, scopes, covers) => {
    await consentTo(scene, scopes);
    expect(await about(scene, 'xero scopes')).toMatchObject({
      ok: false,
      code: 'xero-scope-missing',
      says: `The consent lacks ${lacking} (${covers}).`,
      fix: expect.stringContaining('connections reconnect'),
    });
  });

  it('that lack altogether are all named', async () => {
    await consentTo(scene, ['accounting.attachments.read']);
    const { says } = await about(scene, 'xero scopes');
    for (const scope of [INVOICES, CONTACTS, SETTINGS, PAYMENTS]) expect(says).toContain(scope);
  });

  it('count as lacking whatever words Xero refuses with, as long as another one is there', async () => {
    await consentTo(scene, [INVOICES, CONTACTS, SETTINGS, PAYMENTS]);
    const { faults } = scene.demo.xero;
    faults.add({
      do: 'answer',
      when: 'before',
      path: '/Payments',
      status: 403,
      body: '{"Detail":"Forbidden"}',
    });
    expect(await about(scene, 'xero scopes')).toMatchObject({
      says: `The consent lacks ${PAYMENTS} (payments).`,
    });
  });

  it('are not blamed for an outage, which is told as what it is', async () => {
    await consentTo(scene, [INVOICES, CONTACTS, SETTINGS, PAYMENTS]);
    scene.demo.xero.faults.add({ do: 'answer', when: 'before', path: '/Contacts', status: 503 });
    expect(await about(scene, 'xero scopes')).toMatchObject({ level: 'warning', code: 'xero-unavailable' });
  });
});

describe("Xero's webhook", () => {
  beforeEach(newScene);

  const editBill = () => {
    const { invoices } = scene.demo.xero.organisations.get(CONTRACTOR.tenantId)!;
    const bill = [...invoices.values()].find(({ Type, Status }) => Type === 'ACCPAY' && Status === 'DRAFT')!;
    scene.demo.xero.saveInvoice(CONTRACTOR.tenantId, { InvoiceID: bill.InvoiceID, Reference: 'touched' });
  };
  const heard = async () => noteActivity(scene.deployment, await connectionOf(scene));
  const minutes = (count: number) => scene.clock.advance(count * 60_000);

  it('that never came is unknown: what to look at in the developer portal is told', async () => {
    expect(await about(scene, 'xero webhook')).toMatchObject({
      level: 'warning',
      ok: true,
      says: 'No webhook of Xero ever came; whether it is set up right shows when somebody changes a bill.',
      fix: expect.stringMatching(/developer portal.*XeroWebhookUrl.*signing key/),
    });
  });

  it('that never came although a bill changed is not set up right', async () => {
    minutes(60);
    editBill();
    minutes(60);
    expect(await about(scene, 'xero webhook')).toMatchObject({
      level: 'warning',
      says: 'No webhook of Xero ever came, although a bill changed 60 minutes ago.',
    });
  });

  it('that came is fine, however long nothing changed since', async () => {
    editBill();
    await heard();
    minutes(3 * 24 * 60);
    expect(await about(scene, 'xero webhook')).toMatchObject({
      level: 'ok',
      says: "Xero's last webhook came 3 days ago.",
    });
  });

  it('that stopped while bills went on changing was switched off', async () => {
    await heard();
    minutes(2 * 24 * 60);
    editBill();
    minutes(20);
    // It may still be on its way.
    expect(await about(scene, 'xero webhook')).toMatchObject({ level: 'ok' });
    minutes(40);
    expect(await about(scene, 'xero webhook')).toMatchObject({
      level: 'warning',
      says: "Xero's last webhook came 2 days ago, although a bill changed 60 minutes ago.",
      fix: expect.stringContaining('switches off what fails for a day'),
    });
  });

  it('is not judged while the connection waits', async () => {
    const { connections } = scene.deployment;
    const live = (await connections.get(scene.connectionId))!;
    await connections.update({ ...live, pausedSince: '2026-11-22T08:00:00.000Z' });
    expect(await about(scene, 'xero webhook')).toMatchObject({
      level: 'ok',
      says: 'No webhook of Xero ever came; those that come now wait with the connection.',
    });
  });
});
