import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from '../../../lib/flows/connect/connect.ts';
import { connectionIdOf } from '../../../lib/flows/connect/partners.ts';
import { beginConsent } from '../../../lib/flows/consent/begin-consent.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import type { ConsentScene } from '../../support/consent.ts';
import {
  atTheSameTime,
  CONNECT_URL,
  formOf,
  guessed,
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
let link: string;
let attemptId: string;

beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());
beforeEach(async () => {
  scene = await openConsentScene(cloud);
  ({ link, attemptId } = await begin());
});
afterEach(async () => {
  await scene.demo.close();
});

const begin = (file: object = scene.file) => beginConsent(file, scene.deployment, { by: 'dana' });
const ours = [CONTRACTOR.tenantId];
const tokenCalls = () => scene.demo.xero.calls.count('POST /connect/token');

/** No connection, no directory entry, no secret outside of the attempt. */
async function nothingStored(): Promise<void> {
  const { connections, directory, secrets } = scene.deployment;
  expect(await connections.list()).toEqual([]);
  expect(await directory.read()).toBeUndefined();
  for (const purpose of [
    'xero-refresh-token',
    'xero-new-refresh-token',
    'xero-tenant',
    'xero-client-secret',
  ]) {
    expect(await secrets.get(connectionIdOf(scene.file.name), purpose)).toBeUndefined();
  }
}

async function refused(answer: Parameters<typeof saidBy>[0], code: string): Promise<void> {
  expect(answer).toMatchObject({ status: expect.any(Number) });
  expect((answer as { status: number }).status).toBeGreaterThanOrEqual(400);
  expect(saidBy(answer)).toContain(`Code: ${code}`);
  await nothingStored();
}

describe('before anybody walks to a browser', () => {
  const withProcore = (changes: object) => ({
    ...scene.file,
    procore: { ...scene.file.procore, ...changes },
  });

  it.each([
    ['a wrong Procore secret', () => withProcore({ clientSecret: 'wrong' }), 'procore-client-refused'],
    ['another Procore company', () => withProcore({ companyId: '4' }), 'procore-wrong-company'],
    [
      'a refresh token that nobody needs',
      () => ({ ...scene.file, xero: { ...scene.file.xero, refreshToken: 'r' } }),
      'connection-file-invalid',
    ],
  ])('it is said that this cannot work: %s', async (_case, wrong, code) => {
    await expect(begin(wrong())).rejects.toMatchObject({ code });
  });

  it('it is said that the organisation which the file names is connected already', async () => {
    await connectHarlan();
    const other = { ...scene.file, name: 'Other', xero: { ...scene.file.xero, ...tenant(ours[0]!) } };
    await expect(begin(other)).rejects.toMatchObject({
      code: 'connection-exists',
      facts: { connection: scene.file.name },
    });
  });

  it('it is said that the name belongs to other partners', async () => {
    await connectHarlan();
    const elsewhere = { ...scene.file, xero: { ...scene.file.xero, ...tenant(HARBOR.tenantId) } };
    for (const file of [elsewhere, withProcore({ companyId: '4' })]) {
      await expect(begin(file)).rejects.toMatchObject({ code: 'connection-name-taken' });
    }
  });

  const tenant = (tenantId: string) => ({ tenantId });
  async function connectHarlan(): Promise<void> {
    const refreshToken = scene.demo.xero.authorise(DEMO_CREDENTIALS.xero.clientId, ours);
    const xero = { ...scene.demo.connectionFile.xero, refreshToken };
    await connect({ ...scene.demo.connectionFile, xero }, scene.deployment);
  }
});

describe('a link', () => {
  it.each([
    ['guessed', () => `${CONNECT_URL}/xero?attempt=${guessed()}`],
    ['cut', () => link.slice(0, -1)],
    ['without its token', () => `${CONNECT_URL}/xero?`],
    ['with the id in place of the token', () => `${CONNECT_URL}/xero?attempt=${attemptId}`],
  ])('that was %s leads nowhere', async (_case, wrong) => {
    await refused(await openBrowser(scene).get(wrong()), 'consent-unknown');
  });

  it('ends after an hour, at every step', async () => {
    const [before, after] = [openBrowser(scene), openBrowser(scene)];
    const early = await before.consented(link, ours);
    const to = await after.consent(link, ours);
    scene.clock.advance(60 * 60_000 + 1);
    const calls = tokenCalls();
    await refused(await openBrowser(scene).get(link), 'consent-expired');
    await refused(await after.get(to), 'consent-expired');
    await refused(await before.choose(early, 'Harlan'), 'consent-expired');
    expect(tokenCalls()).toBe(calls);
  });
});

describe('an answer that is not from the consent that was asked for', () => {
  it.each<[string, (to: URL) => void, string]>([
    ['no state', (to) => to.searchParams.delete('state'), 'consent-unknown'],
    ['a forged state', (to) => to.searchParams.set('state', `${guessed()}.${guessed()}`), 'consent-unknown'],
    [
      'a forged state of a real attempt',
      (to) => to.searchParams.set('state', `${attemptId}.${guessed()}`),
      'consent-unknown',
    ],
    ['a state twice', (to) => to.searchParams.append('state', 'x'), 'consent-unknown'],
    ['no code', (to) => to.searchParams.delete('code'), 'consent-unknown'],
    [
      'an issuer that is not Xero',
      (to) => to.searchParams.set('iss', 'https://evil.example'),
      'consent-unknown',
    ],
    ['a made-up code', (to) => to.searchParams.set('code', guessed()), 'consent-expired'],
  ])('is turned away: %s', async (_case, change, code) => {
    const browser = openBrowser(scene);
    const to = await browser.consent(link, ours);
    change(to);
    await refused(await browser.get(to), code);
  });

  it('is turned away in another browser, and costs the right one nothing', async () => {
    const browser = openBrowser(scene);
    const to = await browser.consent(link, ours);
    const other = openBrowser(scene);
    await refused(await other.get(to), 'consent-other-browser');
    await other.get(link);
    await refused(await other.get(to), 'consent-other-browser');
    expect(tokenCalls()).toBe(0);
    expect(saidBy(await browser.choose(await browser.get(to), 'Harlan'))).toMatch(/^Connected /);
  });

  it('is turned away when it was used: another code with the same state is not looked at', async () => {
    const browser = openBrowser(scene);
    const to = await browser.consent(link, ours);
    const foreign = await openBrowser(scene).consent((await begin()).link, [HARBOR.tenantId]);
    const first = await browser.get(to);
    const calls = tokenCalls();
    to.searchParams.set('code', foreign.searchParams.get('code')!);
    expect(await browser.get(to)).toEqual(first);
    expect(tokenCalls()).toBe(calls);
    await nothingStored();
  });

  it('is turned away when its state was used for a consent that was declined', async () => {
    const browser = openBrowser(scene);
    const declined = await browser.consent(link, [], { allow: false });
    await refused(await browser.get(declined), 'consent-declined');
    await refused(await browser.get(declined), 'consent-used');
  });

  it('works once where it comes twice at the same moment from two places', async () => {
    const browser = openBrowser(atTheSameTime(scene));
    const to = await browser.consent(link, ours);
    const answers = await Promise.all([browser.get(to), browser.get(to)]);
    for (const answer of answers) expect(pageOf(answer)).toContain('<form');
    expect(tokenCalls()).toBe(1);
  });

  it('does not go with the code of another attempt, whose verifier it lacks', async () => {
    const [mine, theirs] = [openBrowser(scene), openBrowser(scene)];
    const to = await mine.consent(link, ours);
    const stolen = await theirs.consent((await begin({ ...scene.file, name: 'Other' })).link, ours);
    to.searchParams.set('code', stolen.searchParams.get('code')!);
    await refused(await mine.get(to), 'consent-expired');
  });
});

describe('what Xero refuses', () => {
  it('declined: said plainly, and the same link works when somebody allows it', async () => {
    const browser = openBrowser(scene);
    const answer = await browser.consented(link, [], { allow: false });
    await refused(answer, 'consent-declined');
    expect(saidBy(answer)).toContain('The consent was declined in Xero');
    expect(saidBy(await browser.choose(await browser.consented(link, ours), 'Harlan'))).toMatch(
      /^Connected /,
    );
  });

  it.each([
    ['invalid_scope', 'xero-scope-missing'],
    ['temporarily_unavailable', 'xero-unavailable'],
    ['unauthorized_client', 'xero-client-refused'],
  ])('%s at the consent page', async (error, code) => {
    const browser = openBrowser(scene);
    const state = new URL(redirectOf(await browser.get(link))).searchParams.get('state')!;
    const to = new URL(`${CONNECT_URL}/xero/callback`);
    to.search = new URLSearchParams({ error, state }).toString();
    await refused(await browser.get(to), code);
  });

  it('words of an error that are no words are shown as text', async () => {
    const browser = openBrowser(scene);
    const state = new URL(redirectOf(await browser.get(link))).searchParams.get('state')!;
    const to = new URL(`${CONNECT_URL}/xero/callback`);
    to.search = new URLSearchParams({ error: '<script>alert(1)</script>', state }).toString();
    const page = pageOf(await browser.get(to));
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
  });

  it('a wrong client secret', async () => {
    const file = { ...scene.file, xero: { ...scene.file.xero, clientSecret: 'wrong' } };
    const wrong = await begin(file);
    await refused(await openBrowser(scene).consented(wrong.link, ours), 'xero-client-refused');
  });

  it('a code that is older than five minutes', async () => {
    const browser = openBrowser(scene);
    const to = await browser.consent(link, ours);
    scene.clock.advance(6 * 60_000);
    await refused(await browser.get(to), 'consent-expired');
  });

  it('a consent that is revoked before the organisation is chosen', async () => {
    const browser = openBrowser(scene);
    const page = await browser.consented(link, ours);
    scene.demo.xero.revokeConsent(DEMO_CREDENTIALS.xero.clientId);
    await refused(await browser.choose(page, 'Harlan'), 'xero-consent-lost');
  });

  it('an organisation that disconnects the app before it is chosen', async () => {
    const browser = openBrowser(scene);
    const page = await browser.consented(link, ours);
    scene.demo.xero.disconnect(DEMO_CREDENTIALS.xero.clientId, ours[0]!);
    await refused(await browser.choose(page, 'Harlan'), 'xero-tenant-unknown');
  });

  it('Xero being out for a while: the same page goes on afterwards, with no token lost', async () => {
    const browser = openBrowser(scene);
    const to = await browser.consent(link, ours);
    scene.demo.xero.faults.add({ path: /connections/, do: 'answer', when: 'before', status: 503, times: 9 });
    await refused(await browser.get(to), 'xero-unavailable');
    scene.demo.xero.faults.clear();
    scene.clock.advance(50 * 60_000);
    expect(saidBy(await browser.choose(await browser.get(to), 'Harlan'))).toMatch(/^Connected /);
  });
});

describe('a form that is not from our page', () => {
  it.each<[string, (form: URLSearchParams) => void, string]>([
    ['no token', (form) => form.delete('token'), 'consent-unknown'],
    ['a forged token', (form) => form.set('token', `${guessed()}.${guessed()}`), 'consent-unknown'],
    [
      'a forged token of a real attempt',
      (form) => form.set('token', `${attemptId}.${guessed()}`),
      'consent-used',
    ],
  ])('is turned away: %s', async (_case, change, code) => {
    const browser = openBrowser(scene);
    const form = formOf(pageOf(await browser.consented(link, ours)), 'Harlan');
    change(form);
    await refused(await browser.submit(form), code);
  });

  it('is turned away from another browser', async () => {
    const browser = openBrowser(scene);
    const form = formOf(pageOf(await browser.consented(link, ours)), 'Harlan');
    browser.forgetCookies();
    await refused(await browser.submit(form), 'consent-other-browser');
  });
});
