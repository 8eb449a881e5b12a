import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../lib/core/connection.ts';
import { openBooks } from '../../../lib/flows/clients.ts';
import { connect } from '../../../lib/flows/connect/connect.ts';
import type { Connected } from '../../../lib/flows/connect/connected.ts';
import { historyOfConnection } from '../../../lib/flows/connections/connection-trail.ts';
import { beginConsent } from '../../../lib/flows/consent/begin-consent.ts';
import { reconnect } from '../../../lib/flows/consent/reconnect.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import type { ConsentScene } from '../../support/consent.ts';
import { HARBOR, openBrowser, openConsentScene, saidBy } from '../../support/consent.ts';
import type { TestCloud } from '../../support/world.ts';
import { startTestCloud } from '../../support/world.ts';

let cloud: TestCloud;
let scene: ConsentScene;
let connectionId: string;
const { clientId } = DEMO_CREDENTIALS.xero;

beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());
beforeEach(async () => {
  scene = await openConsentScene(cloud);
  const { link } = await beginConsent(scene.file, scene.deployment, { by: 'dana' });
  const browser = openBrowser(scene);
  await browser.choose(await browser.consented(link, [CONTRACTOR.tenantId]), 'Harlan');
  connectionId = (await scene.deployment.connections.list())[0]!.id;
});
afterEach(() => scene.demo.close());

const stored = async () => (await scene.deployment.connections.get(connectionId))!;

async function change(changes: Partial<Connection>): Promise<void> {
  await scene.deployment.connections.update({ ...(await stored()), ...changes });
}

const brokenWith = (code: string) =>
  change({ state: 'broken', code, brokenSince: scene.clock.now().toISOString() });

async function linkOf(): Promise<string> {
  const outcome = await reconnect(await stored(), scene.deployment, { by: 'dana' });
  if (!('consent' in outcome)) throw new Error('it was reconnected without consent');
  return outcome.consent.link;
}

async function verified(): Promise<Connected> {
  const outcome = await reconnect(await stored(), scene.deployment, { by: 'dana' });
  if (!('connected' in outcome)) throw new Error('it asks for consent');
  return outcome.connected;
}

describe('a web app whose consent has ended', () => {
  beforeEach(async () => {
    scene.demo.xero.revokeConsent(clientId);
    await brokenWith('xero-consent-lost');
    await scene.deployment.tables.replace(connectionId, 'projects', [
      { category: 'a', option: 'b', project: 'c' },
    ]);
    scene.clock.advance(3_600_000);
  });

  it('comes back with a new consent and nothing else: no secret is typed, mappings and settings stay', async () => {
    const before = await stored();
    const done = await openBrowser(scene).consented(await linkOf(), [CONTRACTOR.tenantId]);
    expect(saidBy(done)).toMatch(/^Connected again Xero organisation Harlan & Reyes Builders/);
    const now = await stored();
    expect(now).toMatchObject({ state: 'live', settings: before.settings, createdAt: before.createdAt });
    expect(now).not.toHaveProperty('code');
    expect(now).not.toHaveProperty('brokenSince');
    expect((await scene.deployment.tables.read(connectionId, 'projects')).rows).toHaveLength(1);
    expect((await (await openBooks(scene.deployment, now)).organisation()).name).toBe(now.xero.organisation);
  });

  it('says in its trail how it came back, looks for what waited at once, and tells the world', async () => {
    const before = cloud.bus.events().length;
    await openBrowser(scene).consented(await linkOf(), [CONTRACTOR.tenantId]);
    const history = await historyOfConnection(scene.deployment, connectionId);
    expect(history.map(({ event }) => event).slice(3)).toEqual([
      'consent-asked',
      'consented',
      'reconnected',
      'restored',
    ]);
    const at = scene.clock.now().toISOString();
    expect(await scene.deployment.cursors.get(connectionId)).toMatchObject({ nextPollAt: at });
    const events = cloud.bus.events().slice(before);
    expect(events.map(({ event }) => [event['detail-type'], event.detail])).toMatchObject([
      ['ConnectionRestored', { connectionId, code: 'xero-consent-lost' }],
    ]);
  });

  it('stays with its organisation: a consent for another is refused', async () => {
    scene.demo.xero.disconnect(clientId, CONTRACTOR.tenantId);
    const refused = await openBrowser(scene).consented(await linkOf(), [HARBOR.tenantId]);
    expect(saidBy(refused)).toContain('Code: xero-tenant-unknown');
    expect(await stored()).toMatchObject({ state: 'broken', code: 'xero-consent-lost' });
  });

  it('stays as it was while nobody consents', async () => {
    const before = await stored();
    await linkOf();
    expect(await stored()).toEqual(before);
  });

  it('stays paused where a person had paused it', async () => {
    await change({ pausedSince: '2026-11-22T09:30:00.000Z' });
    await openBrowser(scene).consented(await linkOf(), [CONTRACTOR.tenantId]);
    expect(await stored()).toMatchObject({ state: 'live', pausedSince: '2026-11-22T09:30:00.000Z' });
  });

  it('comes back by its connection file, too, pinned to its organisation', async () => {
    const { link } = await beginConsent(scene.file, scene.deployment, { by: 'dana' });
    const done = await openBrowser(scene).consented(link, [CONTRACTOR.tenantId, HARBOR.tenantId]);
    expect(saidBy(done)).toMatch(/^Connected again Xero organisation Harlan & Reyes Builders/);
  });
});

describe('a connection whose trouble was in Procore', () => {
  it('is verified on both sides and set live, without anybody going to a browser', async () => {
    await brokenWith('procore-client-refused');
    expect(await verified()).toMatchObject({ connectionId, created: false });
    expect(await stored()).toMatchObject({ state: 'live' });
    scene.clock.advance(40 * 60_000);
    expect(await (await openBooks(scene.deployment, await stored())).organisation()).toBeDefined();
  });

  it('stays broken while Procore still refuses', async () => {
    await brokenWith('procore-client-refused');
    scene.demo.procore.registerServiceAccount({
      ...DEMO_CREDENTIALS.procore,
      clientSecret: 'another',
      companyId: CONTRACTOR.procoreCompanyId,
      permittedProjectIds: 'all',
    });
    await expect(verified()).rejects.toMatchObject({ code: 'procore-client-refused' });
    expect(await stored()).toMatchObject({ state: 'broken' });
  });

  it('is asked for consent where that was lost meanwhile', async () => {
    await brokenWith('procore-client-refused');
    scene.demo.xero.revokeConsent(clientId);
    expect(await linkOf()).toContain('/connect/xero?attempt=');
  });
});

describe('a custom connection', () => {
  it('is verified again with what is stored once it is authorised again', async () => {
    const xero = { clientId: 'custom', clientSecret: 'custom-secret' };
    scene.demo.xero.registerApp({ ...xero, grant: 'client_credentials' });
    scene.demo.xero.authoriseCustomConnection('custom', HARBOR.tenantId);
    const file = {
      ...scene.file,
      name: 'Harbor',
      xero: { ...xero, grant: 'client_credentials', webhookKey: 'k' },
    };
    ({ connectionId } = await connect(file, scene.deployment));
    scene.demo.xero.editCustomConnection('custom');
    await brokenWith('xero-custom-connection-inactive');
    await expect(verified()).rejects.toMatchObject({ code: 'xero-custom-connection-inactive' });
    scene.demo.xero.authoriseCustomConnection('custom', HARBOR.tenantId);
    expect(await verified()).toMatchObject({ connectionId, organisation: 'Harbor Homes' });
    expect(await stored()).toMatchObject({ state: 'live' });
  });
});
