import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openBooks } from '../../../lib/flows/clients.ts';
import { historyOfConnection } from '../../../lib/flows/connections/connection-trail.ts';
import { awaitConsent } from '../../../lib/flows/consent/await-consent.ts';
import { beginConsent } from '../../../lib/flows/consent/begin-consent.ts';
import { refreshTokens } from '../../../lib/flows/tokens/refresh-tokens.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import type { ConsentScene } from '../../support/consent.ts';
import {
  CONNECT_URL,
  formOf,
  HARBOR,
  openBrowser,
  openConsentScene,
  pageOf,
  redirectOf,
  saidBy,
} from '../../support/consent.ts';
import type { TestCloud } from '../../support/world.ts';
import { startTestCloud } from '../../support/world.ts';

let cloud: TestCloud;
let scene: ConsentScene;

beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());
beforeEach(async () => {
  scene = await openConsentScene(cloud);
});
afterEach(() => scene.demo.close());

const begin = (file: object = scene.file) => beginConsent(file, scene.deployment, { by: 'dana' });
const connections = () => scene.deployment.connections.list();

async function everythingStored(): Promise<string> {
  const { Items = [] } = await cloud.dynamodb.send(new ScanCommand({ TableName: scene.tableName }));
  const texts = Items.flatMap((item) => Object.values(item)).flatMap(({ B, ...rest }) => [
    JSON.stringify(rest),
    ...(B ? [Buffer.from(B).toString('utf8')] : []),
  ]);
  return texts.join('\n');
}

describe('a consent from link to connection', () => {
  it('leads through Xero to the chosen organisation, and the connection works', async () => {
    const { link, redirectUri, expiresAt } = await begin();
    expect(redirectUri).toBe(`${CONNECT_URL}/xero/callback`);
    expect(expiresAt).toBe('2026-11-22T10:00:00.000Z');
    const browser = openBrowser(scene);
    const choice = await browser.consented(link, [CONTRACTOR.tenantId, HARBOR.tenantId]);
    expect(saidBy(choice)).toContain('Harlan & Reyes Builders Allowed just now');
    expect(await connections()).toEqual([]);

    const done = await browser.choose(choice, 'Harlan & Reyes Builders');
    expect(saidBy(done)).toMatch(/^Connected Xero organisation Harlan & Reyes Builders \(USD\)/);
    expect(saidBy(done)).toContain('598134325510147');
    expect(saidBy(done)).toContain('1047 Oak Street Apartments');
    expect(saidBy(done)).toContain('A project that is made later is not included by itself');
    const [connection, ...others] = await connections();
    expect(others).toEqual([]);
    expect(connection).toMatchObject({
      name: scene.file.name,
      state: 'live',
      xero: { grant: 'refresh_token', organisation: 'Harlan & Reyes Builders', currency: 'USD' },
    });

    // Its tokens renew themselves as long as it lives.
    for (let hours = 0; hours < 3; hours += 1) {
      scene.clock.advance(3_600_000);
      await refreshTokens(scene.deployment);
    }
    const organisation = await (await openBooks(scene.deployment, connection!)).organisation();
    expect(organisation.name).toBe('Harlan & Reyes Builders');
  });

  it('tells its trail from the first word, and the queue of reference lists', async () => {
    const { link } = await begin();
    const browser = openBrowser(scene);
    await browser.choose(await browser.consented(link, [CONTRACTOR.tenantId]), 'Harlan');
    const [connection] = await connections();
    const history = await historyOfConnection(scene.deployment, connection!.id);
    expect(history.map(({ event }) => event)).toEqual(['consent-asked', 'consented', 'connected']);
    expect(history[2]!.detail).toMatchObject({
      by: 'consent page, asked for by dana',
      organisation: 'Harlan & Reyes Builders',
      company: '598134325510147',
    });
    const receivedAt = '2026-11-22T09:00:00.000Z';
    expect(scene.told).toEqual([{ connectionId: connection!.id, what: 'connected', receivedAt }]);
    expect(await scene.deployment.cursors.get(connection!.id)).toMatchObject({ nextPollAt: receivedAt });
  });

  it('asks for reading alone, with state and PKCE', async () => {
    const { link } = await begin();
    const { origin, pathname, searchParams } = new URL(redirectOf(await openBrowser(scene).get(link)));
    expect(`${origin}${pathname}`).toBe(`${scene.demo.xero.loginUrl}/connect/authorize`);
    expect(searchParams.get('scope')?.split(' ')).toEqual([
      'offline_access',
      'accounting.invoices.read',
      'accounting.payments.read',
      'accounting.contacts.read',
      'accounting.settings.read',
      'accounting.attachments.read',
      'accounting.manualjournals.read',
    ]);
    expect(searchParams.get('redirect_uri')).toBe(`${CONNECT_URL}/xero/callback`);
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    expect(searchParams.get('state')!.length).toBeGreaterThan(43);
  });

  it('stores nothing in the clear on the way, neither secrets nor tokens of link, state, cookie and form', async () => {
    const { link } = await begin();
    const browser = openBrowser(scene);
    const to = await browser.consent(link, [CONTRACTOR.tenantId]);
    const page = await browser.get(to);
    const form = formOf(pageOf(page), 'Harlan');
    const before = await everythingStored();
    await browser.submit(form);
    const hidden = [
      new URL(link).searchParams.get('attempt')!,
      to.searchParams.get('state')!,
      to.searchParams.get('code')!,
      browser.cookies()[0]!.split('=')[1]!,
      form.get('token')!.split('.')[1]!,
      scene.file.xero.clientSecret,
      scene.file.xero.webhookKey,
      scene.file.procore.clientSecret,
      CONTRACTOR.tenantId,
    ];
    for (const everything of [before, await everythingStored()]) {
      expect(everything).toContain('consent#');
      for (const secret of hidden) expect(everything).not.toContain(secret);
    }
  });

  it('shows no tenant id to the browser', async () => {
    const { link } = await begin();
    const page = await openBrowser(scene).consented(link, [CONTRACTOR.tenantId]);
    expect(pageOf(page).toLowerCase()).not.toContain(CONTRACTOR.tenantId.toLowerCase());
  });

  it('leaves no secret in the attempt once the connection stands', async () => {
    const { link, attemptId } = await begin();
    const browser = openBrowser(scene);
    await browser.choose(await browser.consented(link, [CONTRACTOR.tenantId]), 'Harlan');
    const stored = (await scene.deployment.consents.attempt(attemptId))!;
    const opened = await scene.deployment.vault.open(stored.sealed, {
      connection: attemptId,
      purpose: 'consent',
    });
    expect(opened.reveal()).toContain('"step":"finished"');
    expect(opened.reveal()).not.toMatch(/secret|accessToken|refreshToken|webhookKey/i);
  });

  it('is waited for: how far people are, and what came of it', async () => {
    const { link, attemptId } = await begin();
    const browser = openBrowser(scene);
    const steps: string[] = [];
    let page: Awaited<ReturnType<typeof browser.get>> | undefined;
    const clock = {
      ...scene.clock,
      async sleep(milliseconds: number) {
        scene.clock.advance(milliseconds);
        if (page) await browser.choose(page, 'Harlan');
        else page = await browser.consented(link, [CONTRACTOR.tenantId]);
      },
    };
    const connected = await awaitConsent(
      attemptId,
      { ...scene.deployment, clock },
      { timeoutSeconds: 60, onStep: (step) => steps.push(step) },
    );
    expect(steps).toEqual(['asked', 'consented']);
    expect(connected).toMatchObject({ created: true, organisation: 'Harlan & Reyes Builders' });
  });

  it('is not waited for longer than was said', async () => {
    const { attemptId } = await begin();
    const wait = { timeoutSeconds: 60, onStep: () => {} };
    await expect(awaitConsent(attemptId, scene.deployment, wait)).rejects.toMatchObject({
      code: 'consent-expired',
    });
    expect(scene.clock.now()).toEqual(new Date('2026-11-22T09:01:00.000Z'));
  });
});

describe('the choice of the organisation', () => {
  it('is made by a person, even where there is only one', async () => {
    const { link } = await begin();
    const page = await openBrowser(scene).consented(link, [CONTRACTOR.tenantId]);
    expect(pageOf(page).match(/type="radio"/g)).toHaveLength(1);
    expect(pageOf(page)).not.toContain('checked>');
    expect(await connections()).toEqual([]);
  });

  it('is asked for again where none was made', async () => {
    const { link } = await begin();
    const browser = openBrowser(scene);
    const page = await browser.consented(link, [CONTRACTOR.tenantId]);
    const again = await browser.choose(page, 'Nobody');
    expect(again).toMatchObject({ status: 400 });
    expect(saidBy(again)).toContain('Please choose one organisation.');
    expect(saidBy(await browser.choose(again, 'Harlan'))).toMatch(/^Connected /);
  });

  it('tells what was allowed now from what was allowed by earlier consents', async () => {
    const browser = openBrowser(scene);
    await browser.consented((await begin()).link, [HARBOR.tenantId]);
    const page = await browser.consented((await begin()).link, [CONTRACTOR.tenantId]);
    expect(saidBy(page)).toContain('Harbor Homes Allowed earlier');
    expect(saidBy(page)).toContain('Harlan & Reyes Builders Allowed just now');
  });

  it('is not possible for an organisation that is connected already, and says as what', async () => {
    const browser = openBrowser(scene);
    const first = await browser.consented((await begin()).link, [CONTRACTOR.tenantId]);
    await browser.choose(first, 'Harlan');
    const other = await begin({ ...scene.file, name: 'Other' });
    const page = await browser.consented(other.link, [CONTRACTOR.tenantId, HARBOR.tenantId]);
    expect(saidBy(page)).toContain(`Connected already, as “${scene.file.name}”`);
    expect(pageOf(page).match(/ disabled>/g)).toHaveLength(1);

    // Somebody who sends it all the same is told which connection has it.
    const form = formOf(pageOf(page), 'Harbor');
    form.set('organisation', form.get('organisation') === '0' ? '1' : '0');
    expect(saidBy(await browser.submit(form))).toContain('Code: connection-exists');
    expect(await connections()).toHaveLength(1);
    const done = await browser.choose(page, 'Harbor');
    expect(saidBy(done)).toContain('Harbor Homes (AUD)');
    expect(saidBy(done)).toContain(
      `This Procore company is also joined to another organisation: ${scene.file.name}.`,
    );
  });

  it('is not asked for where the file names the organisation', async () => {
    const { link } = await begin({
      ...scene.file,
      xero: { ...scene.file.xero, tenantId: HARBOR.tenantId.toUpperCase() },
    });
    const done = await openBrowser(scene).consented(link, [CONTRACTOR.tenantId, HARBOR.tenantId]);
    expect(saidBy(done)).toMatch(/^Connected Xero organisation Harbor Homes/);
  });

  it('is made anew with the same link where the organisation that is wanted was not allowed', async () => {
    const xero = { ...scene.file.xero, tenantId: HARBOR.tenantId };
    const { link } = await begin({ ...scene.file, xero });
    const browser = openBrowser(scene);
    const refused = await browser.consented(link, [CONTRACTOR.tenantId]);
    expect(saidBy(refused)).toContain('Code: xero-tenant-unknown');
    expect(saidBy(refused)).toContain('Harlan & Reyes Builders');
    expect(await connections()).toEqual([]);
    expect(saidBy(await browser.consented(link, [HARBOR.tenantId]))).toMatch(/^Connected /);
  });

  it('can still be made when the first access token has ended', async () => {
    const { link } = await begin();
    const browser = openBrowser(scene);
    const page = await browser.consented(link, [CONTRACTOR.tenantId]);
    scene.clock.advance(45 * 60_000);
    expect(saidBy(await browser.choose(page, 'Harlan'))).toMatch(/^Connected /);
  });
});
