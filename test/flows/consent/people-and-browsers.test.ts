import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { historyOfConnection } from '../../../lib/flows/connections/connection-trail.ts';
import { beginConsent } from '../../../lib/flows/consent/begin-consent.ts';
import { chooseOrganisation } from '../../../lib/flows/consent/choose-organisation.ts';
import { refreshTokens } from '../../../lib/flows/tokens/refresh-tokens.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import type { ConsentScene } from '../../support/consent.ts';
import {
  atTheSameTime,
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

describe('people and browsers being as they are', () => {
  it('a link that is looked at in advance, opened twice or reloaded still works, with any of the visits', async () => {
    const { link } = await begin();
    await openBrowser(scene).get(link);
    const browser = openBrowser(scene);
    const early = redirectOf(await browser.get(link));
    await browser.get(link);
    await openBrowser(scene).get(link);
    const back = await scene.demo.xero.consent(early, { organisations: [CONTRACTOR.tenantId] });
    expect(saidBy(await browser.choose(await browser.get(back), 'Harlan'))).toMatch(/^Connected /);
  });

  it('a double click makes one connection and shows it twice', async () => {
    const { link } = await begin();
    const browser = openBrowser(atTheSameTime(scene));
    const page = await browser.consented(link, [CONTRACTOR.tenantId]);
    const answers = await Promise.all([1, 2, 3].map(() => browser.choose(page, 'Harlan')));
    for (const answer of answers) expect(saidBy(answer)).toMatch(/^Connected Xero organisation/);
    const [connection, ...others] = await connections();
    expect(others).toEqual([]);
    const history = await historyOfConnection(scene.deployment, connection!.id);
    expect(history.filter(({ event }) => /connected/.test(event))).toHaveLength(1);
  });

  it('going back and choosing another shows the connection that was made', async () => {
    const { link } = await begin();
    const browser = openBrowser(scene);
    const page = await browser.consented(link, [CONTRACTOR.tenantId, HARBOR.tenantId]);
    await browser.choose(page, 'Harlan');
    expect(saidBy(await browser.choose(page, 'Harbor'))).toContain('Harlan & Reyes Builders (USD)');
    expect(await connections()).toHaveLength(1);
  });

  it('reloading the page that Xero led to shows how things stand, and asks Xero nothing', async () => {
    const { link } = await begin();
    const browser = openBrowser(scene);
    const to = await browser.consent(link, [CONTRACTOR.tenantId]);
    const page = await browser.get(to);
    const calls = scene.demo.xero.calls.total();
    expect(saidBy(await browser.get(to))).toBe(saidBy(page));
    await browser.choose(page, 'Harlan');
    expect(saidBy(await browser.get(to))).toMatch(/^Connected /);
    expect(saidBy(await browser.get(link))).toMatch(/^Connected /);
    expect(scene.demo.xero.calls.count('POST /connect/token')).toBe(2);
    expect(calls).toBeGreaterThan(0);
  });

  it('two people with the same link make one connection: who consents last chooses', async () => {
    const { link } = await begin();
    const [first, second] = [openBrowser(scene), openBrowser(scene)];
    const early = await first.consented(link, [CONTRACTOR.tenantId]);
    const late = await second.consented(link, [CONTRACTOR.tenantId]);
    expect(saidBy(await first.choose(early, 'Harlan'))).toContain('Code: consent-other-browser');
    expect(saidBy(await second.choose(late, 'Harlan'))).toMatch(/^Connected /);
    expect(await connections()).toHaveLength(1);
  });

  it('of two people who connect the same organisation at once, the second is told which connection has it', async () => {
    const [one, two] = await Promise.all([begin(), begin({ ...scene.file, name: 'Other' })]);
    const together = atTheSameTime(scene);
    const [first, second] = [openBrowser(together), openBrowser(together)];
    const early = await first.consented(one.link, [CONTRACTOR.tenantId]);
    const late = await second.consented(two.link, [CONTRACTOR.tenantId]);
    const words = (await Promise.all([first.choose(early, 'Harlan'), second.choose(late, 'Harlan')])).map(
      saidBy,
    );
    expect(words.filter((word) => /^Connected /.test(word))).toHaveLength(1);
    expect(words.filter((word) => word.includes('Code: connection-exists'))).toHaveLength(1);
    const [connection, ...others] = await connections();
    expect(others).toEqual([]);
    expect(words.join()).toContain(`(connection: ${connection!.name})`);
  });

  it('a process that dies right after it connected costs nothing: pressing again later shows the connection', async () => {
    const { link } = await begin();
    const browser = openBrowser(scene);
    const page = await browser.consented(link, [CONTRACTOR.tenantId]);
    const dying = {
      ...scene.deployment,
      cursors: { ...scene.deployment.cursors, put: () => Promise.reject(new Error('killed')) },
    };
    const form = formOf(pageOf(page), 'Harlan');
    expect(saidBy(await chooseOrganisation(form, browser.cookies(), dying))).toContain('Code: unexpected');
    expect(await connections()).toHaveLength(1);

    // Meanwhile the connection lives on: the refresh token that the attempt holds is replaced, and then dead.
    for (let minutes = 0; minutes < 40; minutes += 20) {
      scene.clock.advance(20 * 60_000);
      await refreshTokens(scene.deployment);
    }
    scene.clock.advance(15 * 60_000);
    expect(saidBy(await browser.choose(page, 'Harlan'))).toMatch(/^Connected again /);
    for (let hours = 0; hours < 3; hours += 1) {
      scene.clock.advance(3_600_000);
      await refreshTokens(scene.deployment);
    }
    expect(await connections()).toMatchObject([{ state: 'live' }]);
  });
});
